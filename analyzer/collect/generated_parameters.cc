#include "analyzer/collect/generated_parameters.h"

#include <algorithm>

#include "analyzer/text/folder.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

constexpr int max_nesting = 16;
constexpr std::size_t max_hops = 4;  // functions that hand metafunc on

Truth truth_if(bool holds) { return holds ? Truth::yes : Truth::no; }

bool is_names_of(const FileModel& file, ExprId expr, std::string_view metafunc) {
  const std::string name = file.dotted(expr);
  return name == std::string(metafunc) + ".fixturenames" || name == std::string(metafunc) + ".definition.fixturenames";
}

}  // namespace

/// Whether a statement of a hook is reached for one test.
class GeneratedParameters::Conditions {
 public:
  Conditions(const Literals& literals, const Hook& hook, const Subject& subject)
      : literals_(literals),
        file_(literals.model(hook.function.file)),
        hook_(hook),
        test_(subject.test),
        names_(subject.names),
        marks_(subject.marks) {}

  [[nodiscard]] Truth reaches(const Mark& call) const {
    Truth reached = is_entered(call.block);
    const std::uint32_t at = file_.exprs[call.call].range.begin;
    for (StatementId statement : file_.blocks[file_.functions[hook_.function.id].body].statements) {
      const Statement& row = file_.statements[statement];
      const bool leaves = row.kind == StatementKind::return_ || row.kind == StatementKind::raise;
      if (reached == Truth::no || row.range.begin > at) break;
      if (!leaves || file_.function_of(row.block) != hook_.function.id) continue;
      const Truth left = is_entered(row.block);
      if (left == Truth::yes) return Truth::no;
      if (left == Truth::unknown) reached = Truth::unknown;
    }
    return reached;
  }

  /// Of values that the hook takes from the test's marks; unknown for others.
  [[nodiscard]] Count size_of(ExprId values) const {
    if (!values || file_.exprs[values].kind != ExprKind::name) return {};
    const auto size = values_from_marks(literals_, {hook_.function, hook_.metafunc, values}, marks_);
    return size ? Count{*size} : Count();
  }

 private:
  [[nodiscard]] Truth is_entered(BlockId block) const {
    Truth entered = Truth::yes;
    const BlockId body = file_.functions[hook_.function.id].body;
    for (; block && block != body && entered != Truth::no; block = file_.blocks[block].parent) {
      const Block& row = file_.blocks[block];
      if (row.kind == BlockKind::with_) continue;
      const bool is_choice = row.kind == BlockKind::if_ || row.kind == BlockKind::else_;
      const Truth met = is_choice ? evaluate(row.parent, file_.statements[row.header].value, 0) : Truth::unknown;
      const Truth here = row.kind == BlockKind::else_ ? opposite(met) : met;
      if (here != Truth::yes) entered = here;
    }
    return entered;
  }

  [[nodiscard]] Truth evaluate(BlockId block, ExprId expr, int nesting) const {
    if (!expr || nesting > max_nesting) return Truth::unknown;
    const Expr& row = file_.exprs[expr];
    if (row.kind == ExprKind::unary && row.op == Operator::not_) {
      return opposite(evaluate(block, file_.first_child(expr), nesting + 1));
    }
    if (row.kind == ExprKind::boolean) {
      const Truth decisive = row.op == Operator::and_ ? Truth::no : Truth::yes;
      const Truth left = evaluate(block, file_.child(expr, 0), nesting + 1);
      if (left == decisive) return decisive;
      const Truth right = evaluate(block, file_.child(expr, 1), nesting + 1);
      if (right == decisive) return decisive;
      return left == Truth::unknown || right == Truth::unknown ? Truth::unknown : opposite(decisive);
    }
    if (row.kind == ExprKind::compare && file_.child_count(expr) == 2) return compare(block, expr);
    if (const Count size = size_of(expr); size.known()) return truth_if(size.value > 0);
    return literals_.condition({hook_.function.file, block, expr});
  }

  [[nodiscard]] Truth compare(BlockId block, ExprId expr) const {
    const Operator op = file_.exprs[expr].op;
    const ExprId left = file_.child(expr, 0), right = file_.child(expr, 1);
    if (op == Operator::in || op == Operator::not_in) {
      const auto name = literals_.text({hook_.function.file, block, left});
      if (!name || !is_names_of(file_, right, hook_.metafunc)) return Truth::unknown;
      return op == Operator::in ? truth_if(uses(*name)) : truth_if(!uses(*name));
    }
    const bool is_class = file_.dotted(left) == std::string(hook_.metafunc) + ".cls";
    if (is_class && file_.exprs[right].kind == ExprKind::none_literal) {
      if (op == Operator::is) return truth_if(test_.classes.empty());
      if (op == Operator::is_not) return truth_if(!test_.classes.empty());
    }
    const bool is_name = file_.dotted(left) == std::string(hook_.metafunc) + ".function.__name__";
    const auto text = literals_.text({hook_.function.file, block, right});
    if (!is_name || !text || !test_.function) return Truth::unknown;
    const FileModel& code = literals_.model(test_.function.file);
    const bool is_same = code.word(code.functions[test_.function.id].name) == *text;
    if (op == Operator::equal) return truth_if(is_same);
    return op == Operator::not_equal ? truth_if(!is_same) : Truth::unknown;
  }

  [[nodiscard]] bool uses(std::string_view name) const {
    return std::ranges::any_of(names_,
                               [&](const ClosureEntry& entry) { return literals_.tables().names[entry.name] == name; });
  }

  const Literals& literals_;
  const FileModel& file_;
  const Hook& hook_;
  const Test& test_;
  const std::vector<ClosureEntry>& names_;
  const std::vector<Mark>& marks_;
};

GeneratedParameters::GeneratedParameters(const Literals& literals, const std::vector<FileId>& plugins)
    : literals_(literals) {
  const auto& files = literals.tables().files;
  for (FileId file : files.ids()) {
    if (files[file].role != FileRole::conftest || hook_in(file) == nullptr) continue;
    conftests_.emplace(folder_of(files[file].source.path()), file);
  }
  for (FileId file : plugins) {
    if (hook_in(file) != nullptr) plugins_.push_back(file);
  }
}

GeneratedParameters::Generated GeneratedParameters::of(const Subject& subject) {
  Generated out;
  struct Visit {
    const Hook* hook;
    Truth reached;
    std::size_t next = 0;
  };
  for (const Hook* first : hooks_of(subject.test)) {
    std::vector<Visit> steps = {{first, Truth::yes}};
    while (!steps.empty()) {
      const Hook& hook = *steps.back().hook;
      if (steps.back().next == hook.sources.size()) {
        steps.pop_back();
        continue;
      }
      const Source& source = hook.sources[steps.back().next++];
      const bool is_used =
          source.is_open || source.handed != nullptr ||
          std::ranges::any_of(subject.names, [&](const ClosureEntry& entry) {
            return std::ranges::find(source.names, literals_.tables().names[entry.name]) != source.names.end();
          });
      const Conditions conditions(literals_, hook, subject);
      Truth reached = is_used ? conditions.reaches(source.call) : Truth::no;
      if (reached == Truth::no) continue;
      if (reached == Truth::yes) reached = steps.back().reached;
      if (source.handed != nullptr && steps.size() < max_hops) {
        steps.push_back({source.handed, reached});
      } else if (reached == Truth::unknown || source.is_open || source.handed != nullptr) {
        out.unknown = hook.function;
      } else {
        out.calls.push_back({source.call, conditions.size_of(values_of(source.call))});
      }
    }
  }
  return out;
}

/// What the call gives; none when that is unpacked.
ExprId GeneratedParameters::values_of(const Mark& call) const {
  const FileModel& file = literals_.model(call.file);
  const ExprId named = file.keyword(call.call, "argvalues");
  return named ? named : file.positional(call.call, 1);
}

/// In the order in which they are called: the class's, the module's, those of conftests from the nearest on.
std::vector<const GeneratedParameters::Hook*> GeneratedParameters::hooks_of(const Test& test) {
  std::vector<const Hook*> hooks;
  if (!test.classes.empty()) {
    const FunctionRef method = literals_.names().method(test.classes.back(), "pytest_generate_tests");
    if (method) hooks.push_back(&read(method));
  }
  if (const Hook* hook = hook_in(test.file)) hooks.push_back(hook);
  std::string_view folder = literals_.tables().files[test.file].source.path();
  while (!folder.empty() && !conftests_.empty()) {
    folder = folder_of(folder);
    const auto found = conftests_.find(folder);
    if (found != conftests_.end()) hooks.push_back(hook_in(found->second));
  }
  for (FileId file : plugins_) hooks.push_back(hook_in(file));
  return hooks;
}

const GeneratedParameters::Hook* GeneratedParameters::hook_in(FileId file) {
  const Denotation hook = literals_.names().member(file, "pytest_generate_tests");
  if (hook.kind != Denotation::Kind::function || !hook.rest.empty()) return nullptr;
  return &read({hook.file, hook.function});
}

const GeneratedParameters::Hook& GeneratedParameters::read(FunctionRef function, std::size_t hops) {
  const auto [place, is_new] = hooks_.try_emplace(function);
  Hook& hook = place->second;
  if (!is_new) return hook;
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  hook.function = function;
  hook.metafunc = "metafunc";
  for (const ParamId param : row.params) {
    const std::string_view name = file.word(file.params[param].name);
    if (name != "self" && name != "cls") hook.metafunc = name;
  }
  for (const Call& call : file.calls) {
    if (file.function_of(call.block) != function.id) continue;
    Source source;
    source.call = {"parametrize", function.file, call.block, call.expr, {}};
    const ExprId callee = file.first_child(call.expr);
    const bool is_method = callee && file.exprs[callee].kind == ExprKind::attribute;
    if (is_method && file.word(callee) == "parametrize") {
      ExprId names = file.positional(call.expr, 0);
      if (!names) names = file.keyword(call.expr, "argnames");
      const auto texts = parameter_names(literals_, {function.file, call.block, names});
      source.is_open = !texts;
      if (texts) source.names = *texts;
    } else {
      // It may hand metafunc on to something else that parametrizes.
      ExprId given;
      for (ExprId at = callee ? file.next(callee) : ExprId(); at; at = file.next(at)) {
        if (file.exprs[at].kind == ExprKind::name && file.word(at) == hook.metafunc) given = at;
      }
      if (!given) continue;
      source.handed = handed_to(function, call, given, hops);
      source.is_open = source.handed == nullptr;
    }
    hook.sources.push_back(std::move(source));
  }
  return hook;
}

const GeneratedParameters::Hook* GeneratedParameters::handed_to(FunctionRef from, const Call& call, ExprId metafunc,
                                                                std::size_t hops) {
  const FileModel& file = literals_.model(from.file);
  const Denotation called = literals_.names().denote(from.file, call.block, file.first_child(call.expr));
  if (called.kind != Denotation::Kind::function || !called.rest.empty() || hops >= max_hops) return nullptr;
  const FileModel& rows = literals_.model(called.file);
  for (const ParamId param : rows.functions[called.function].params) {
    if (passed_for(file, call.expr, rows, called.function, param) != metafunc) continue;
    const Hook& inner = read({called.file, called.function}, hops + 1);
    return inner.metafunc == rows.word(rows.params[param].name) ? &inner : nullptr;
  }
  return nullptr;
}

}  // namespace hasten
