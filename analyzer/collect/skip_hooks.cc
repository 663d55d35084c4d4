#include "analyzer/collect/skip_hooks.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

constexpr int max_nesting = 16;
constexpr std::size_t max_sources = 32;  // values that a condition comes from

Truth from(bool holds) { return holds ? Truth::yes : Truth::no; }

/// `config.getoption("--runslow")`, `item.config.option.slow`.
bool asks_for_option(std::string_view dotted) {
  return dotted.ends_with(".getoption") || dotted.ends_with(".getvalue") || dotted.find(".option.") != dotted.npos;
}

bool is_of_every_test(std::string_view attribute) {
  constexpr std::string_view names[] = {"fixturenames", "function", "funcargs", "keywords", "module", "cls", "obj"};
  return std::ranges::find(names, attribute) != std::end(names);
}

/// The value that a local name was bound to last, as the code is written; else the expression itself.
ExprId local_value(const Literals& literals, FunctionRef function, ExprId expr) {
  const FileModel& file = literals.model(function.file);
  const Expr& row = file.exprs[expr];
  if (row.kind != ExprKind::name) return expr;
  ExprId value = expr;
  for (const NameBinding& binding :
       literals.names().namespaces(function.file).bindings(ScopeKey::of(function.id), row.word())) {
    if (binding.by != BoundBy::value || !binding.value) return expr;
    if (file.exprs[binding.value].range.begin < row.range.begin) value = binding.value;
  }
  return value;
}

}  // namespace

/// Which way a hook's conditions go for one test.
class SkipHooks::Conditions {
 public:
  Conditions(const Literals& literals, const Hook& hook, const Test& test, const std::vector<Mark>& marks)
      : literals_(literals), file_(literals.model(hook.function.file)), hook_(hook), test_(test), marks_(marks) {}

  /// Unknown for tests that have a mark or a fixture the conditions ask for; what asks for nothing we read skips
  /// nothing.
  [[nodiscard]] Truth skips() const {
    const Truth reached = reach();
    return reached == Truth::unknown && !has_what_is_asked_ ? Truth::no : reached;
  }

 private:
  [[nodiscard]] Truth reach() const {
    Truth reached = is_entered(hook_.block);
    const std::uint32_t at = file_.exprs[hook_.call].range.begin;
    for (StatementId statement : file_.blocks[file_.functions[hook_.function.id].body].statements) {
      const Statement& row = file_.statements[statement];
      if (reached == Truth::no || row.range.begin > at) break;
      const bool leaves = row.kind == StatementKind::return_ || row.kind == StatementKind::raise ||
                          row.kind == StatementKind::continue_;
      if (!leaves) continue;
      const Truth left = is_entered(row.block);
      if (left == Truth::yes) return Truth::no;
      if (left == Truth::unknown) reached = Truth::unknown;
    }
    return reached;
  }

  [[nodiscard]] Truth is_entered(BlockId block) const {
    Truth entered = Truth::yes;
    const BlockId body = file_.functions[hook_.function.id].body;
    for (; block && block != body && entered != Truth::no; block = file_.blocks[block].parent) {
      const Block& row = file_.blocks[block];
      if (row.kind == BlockKind::with_ || row.kind == BlockKind::for_ || row.kind == BlockKind::try_) continue;
      const bool is_choice = row.kind == BlockKind::if_ || row.kind == BlockKind::else_;
      const Truth met = is_choice ? evaluate(file_.statements[row.header].value, 0) : Truth::unknown;
      const Truth here = row.kind == BlockKind::else_ ? opposite(met) : met;
      if (here != Truth::yes) entered = here;
    }
    return entered;
  }

  [[nodiscard]] Truth evaluate(ExprId expr, int nesting) const {
    if (!expr || nesting > max_nesting) return Truth::unknown;
    const Expr& row = file_.exprs[expr];
    const ExprId first = file_.first_child(expr);
    if (row.kind == ExprKind::unary && row.op == Operator::not_) return opposite(evaluate(first, nesting + 1));
    if (row.kind == ExprKind::boolean) {
      const Truth decisive = row.op == Operator::and_ ? Truth::no : Truth::yes;
      const Truth left = evaluate(first, nesting + 1), right = evaluate(file_.child(expr, 1), nesting + 1);
      if (left == decisive || right == decisive) return decisive;
      return left == Truth::unknown ? left : right;
    }
    if (row.kind == ExprKind::compare && file_.child_count(expr) == 2) return compare(expr, nesting);
    if (row.kind == ExprKind::name) {
      const ExprId value = local_value(literals_, hook_.function, expr);
      if (value != expr) return evaluate(value, nesting + 1);
    }
    const Truth told = literals_.condition({hook_.function.file, hook_.block, expr});
    return told != Truth::unknown ? told : atom(expr);
  }

  [[nodiscard]] Truth compare(ExprId expr, int nesting) const {
    const Operator op = file_.exprs[expr].op;
    const ExprId left = file_.first_child(expr), right = file_.child(expr, 1);
    if (file_.exprs[right].kind == ExprKind::none_literal && (op == Operator::is || op == Operator::is_not)) {
      const Truth there = evaluate(left, nesting + 1);
      return op == Operator::is ? opposite(there) : there;
    }
    const std::string dotted = file_.dotted(right);
    const bool is_keyword = dotted.ends_with(".keywords") && file_.exprs[left].kind == ExprKind::string;
    if (is_keyword && op == Operator::in) return keyword(file_.word(left));
    if (is_keyword && op == Operator::not_in) return opposite(keyword(file_.word(left)));
    const bool is_fixture = dotted.ends_with(".fixturenames") && file_.exprs[left].kind == ExprKind::string;
    if (is_fixture && op == Operator::in) return fixture(file_.word(left));
    if (is_fixture && op == Operator::not_in) return opposite(fixture(file_.word(left)));
    const bool is_negated = op == Operator::not_equal || op == Operator::not_in;
    const Truth found = atom(expr);
    return is_negated ? opposite(found) : found;
  }

  /// Marks, and the names of the test and what it stands in.
  [[nodiscard]] Truth keyword(std::string_view name) const {
    if (is_marked(name)) return Truth::yes;
    return mentions(name) ? Truth::unknown : Truth::no;
  }

  [[nodiscard]] Truth fixture(std::string_view name) const {
    if (uses(name)) has_what_is_asked_ = true;
    return uses(name) ? Truth::yes : test_.has_unknown_closure != 0 ? Truth::unknown : Truth::no;
  }

  [[nodiscard]] bool uses(std::string_view name) const {
    return std::ranges::any_of(test_.closure,
                               [&](const ClosureEntry& entry) { return literals_.tables().names[entry.name] == name; });
  }

  /// What is asked of the item by texts: by its marks, or by a part of its name or path.
  [[nodiscard]] Truth atom(ExprId expr) const {
    if (file_.exprs[expr].kind == ExprKind::call && file_.word(file_.first_child(expr)) == "hasattr") {
      const ExprId attribute = file_.positional(expr, 1);
      return attribute && is_of_every_test(file_.word(attribute)) ? Truth::yes : Truth::unknown;
    }
    if (const Sources sources = sources_of(expr); sources.has_fixtures) {
      has_what_is_asked_ = has_what_is_asked_ || concerns(sources);
      return Truth::unknown;
    }
    bool is_asked = false, may_hold = false, has_local = false;
    for (ExprId at : file_.subtree(expr)) {
      const ExprKind kind = file_.exprs[at].kind;
      if (kind == ExprKind::call) {
        const ExprId callee = file_.first_child(at);
        const std::string_view method = file_.word(callee);
        if (asks_for_option(file_.dotted(callee))) return Truth::no;
        if (method == "isinstance" && asks_for_doctest(at)) return Truth::no;
        const bool asks_for_mark = method == "get_closest_marker" || method == "iter_markers" || method == "get_marker";
        ExprId name = asks_for_mark ? file_.positional(at, 0) : ExprId();
        if (asks_for_mark && !name) name = file_.keyword(at, "name");
        if (name && file_.exprs[name].kind == ExprKind::string) return from(is_marked(file_.word(name)));
      }
      if (kind == ExprKind::attribute && asks_for_option(file_.dotted(at))) return Truth::no;
      if (kind == ExprKind::name) {
        const Denotation named = literals_.names().denote(hook_.function.file, hook_.block, at);
        has_local = has_local || named.kind == Denotation::Kind::parameter || named.kind == Denotation::Kind::local;
      }
      if (kind != ExprKind::string) continue;
      is_asked = true;
      may_hold = may_hold || is_marked(file_.word(at)) || mentions(file_.word(at));
    }
    // `os.environ["CI"] == "1"` asks nothing of the item.
    return is_asked && has_local && !may_hold ? Truth::no : Truth::unknown;
  }

  /// What the names in a condition come from.
  struct Sources {
    bool has_fixtures = false;  // `item.fixturenames`
    bool is_open = false;       // there are values that are not read
    std::vector<std::string_view> texts;
  };

  [[nodiscard]] Sources sources_of(ExprId condition) const {
    Sources out;
    std::vector<Site> sites = {{hook_.function.file, hook_.block, condition}};
    for (std::size_t next = 0; next < sites.size(); ++next) {
      const Site site = sites[next];
      const FileModel& file = literals_.model(site.file);
      out.is_open = out.is_open || file.exprs[site.expr].is_collapsed || sites.size() > max_sources;
      if (sites.size() > max_sources) break;
      for (ExprId at : file.subtree(site.expr)) {
        const Expr& row = file.exprs[at];
        if (row.kind == ExprKind::string) out.texts.push_back(file.word(at));
        if (row.kind == ExprKind::attribute || row.kind == ExprKind::string) {
          out.has_fixtures = out.has_fixtures || file.word(at) == "fixturenames";
        }
        if (row.kind != ExprKind::name) continue;
        const bool is_local = site.file == hook_.function.file;
        const ExprId local = is_local ? local_value(literals_, hook_.function, at) : at;
        const Site held =
            local != at ? Site{site.file, site.block, local} : literals_.value({site.file, site.block, at});
        const bool is_known = held.file != site.file || held.expr != at;
        if (is_known) sites.push_back(held);
        out.is_open = out.is_open || (!is_known && !holds_no_texts({site.file, site.block, at}));
      }
    }
    return out;
  }

  /// A function, a class, or the item itself, whose attribute is asked for.
  [[nodiscard]] bool holds_no_texts(Site name) const {
    const FileModel& file = literals_.model(name.file);
    const std::uint32_t index = name.expr.index();
    if (index > 0 && file.exprs[ExprId(index - 1)].kind == ExprKind::attribute) return true;
    const Denotation named = literals_.names().denote(name.file, name.block, name.expr);
    if (!named.rest.empty()) return false;
    return named.kind == Denotation::Kind::function || named.kind == Denotation::Kind::class_ ||
           (named.kind == Denotation::Kind::external && named.dotted.starts_with("builtins."));
  }

  [[nodiscard]] bool concerns(const Sources& sources) const {
    const ProjectTables& tables = literals_.tables();
    return std::ranges::any_of(test_.closure, [&](const ClosureEntry& entry) {
      const bool is_ours = entry.fixture && tables.fixtures[entry.fixture].origin == FixtureOrigin::definition;
      return (sources.is_open && is_ours) ||
             std::ranges::find(sources.texts, tables.names[entry.name]) != sources.texts.end();
    });
  }

  [[nodiscard]] bool asks_for_doctest(ExprId call) const {
    const std::string type = file_.dotted(file_.positional(call, 1));
    return type.find("octest") != std::string::npos;
  }

  [[nodiscard]] bool is_marked(std::string_view name) const {
    const bool is_there = std::ranges::find(marks_, name, &Mark::name) != marks_.end();
    has_what_is_asked_ = has_what_is_asked_ || is_there;
    return is_there;
  }

  [[nodiscard]] bool mentions(std::string_view text) const {
    return literals_.tables().names[test_.qualified_name].find(text) != std::string_view::npos;
  }

  const Literals& literals_;
  const FileModel& file_;
  const Hook& hook_;
  const Test& test_;
  const std::vector<Mark>& marks_;
  mutable bool has_what_is_asked_ = false;
};

SkipHooks::SkipHooks(const Literals& literals, const Marks& marks, const std::vector<FileId>& plugins)
    : literals_(literals), marks_(marks) {
  const auto& files = literals.tables().files;
  for (FileId file : files.ids()) {
    if (files[file].role != FileRole::conftest) continue;
    std::vector<Hook> hooks;
    read(file, hooks);
    if (!hooks.empty()) conftests_.emplace(folder_of(files[file].source.path()), std::move(hooks));
  }
  for (FileId file : plugins) read(file, plugins_);
}

void SkipHooks::read(FileId file, std::vector<Hook>& out) const {
  for (std::string_view name : {"pytest_collection_modifyitems", "pytest_runtest_setup", "pytest_itemcollected"}) {
    const Denotation hook = literals_.names().member(file, name);
    if (hook.kind == Denotation::Kind::function && hook.rest.empty()) read({hook.file, hook.function}, out);
  }
}

void SkipHooks::read(FunctionRef function, std::vector<Hook>& out) const {
  const FileModel& file = literals_.model(function.file);
  for (const Call& call : file.calls) {
    const bool is_inside = file.function_of(call.block) == function.id && call.in_lambda == 0;
    if (is_inside && is_skip(function, call)) out.push_back({function, call.block, call.expr});
  }
}

bool SkipHooks::is_skip(FunctionRef function, const Call& call) const {
  const FileModel& file = literals_.model(function.file);
  const ExprId callee = file.first_child(call.expr);
  if (!callee || file.exprs[callee].kind != ExprKind::attribute) return false;
  if (literals_.names().external(function.file, call.block, callee) == "pytest.skip") return true;
  const ExprId given = file.word(callee) == "add_marker" ? file.positional(call.expr, 0) : ExprId();
  if (!given) return false;
  const std::vector<Mark> added =
      marks_.written_at({function.file, call.block, local_value(literals_, function, given)});
  return std::ranges::any_of(added, [this](const Mark& mark) { return marks_.keeps_from_running(mark); });
}

SkipHooks::Answer SkipHooks::skips(const Test& test, const std::vector<Mark>& marks) const {
  Answer answer;
  const auto ask = [&](const std::vector<Hook>& hooks) {
    for (const Hook& hook : hooks) {
      const Truth here = Conditions(literals_, hook, test, marks).skips();
      if (here == Truth::no || (here == Truth::unknown && answer.skipped != Truth::no)) continue;
      const FileModel& file = literals_.model(hook.function.file);
      answer = {here, {hook.function.file, file.exprs[hook.call].range}};
    }
  };
  ask(plugins_);
  std::string_view folder = literals_.tables().files[test.file].source.path();
  while (!folder.empty() && !conftests_.empty() && answer.skipped != Truth::yes) {
    folder = folder_of(folder);
    const auto found = conftests_.find(folder);
    if (found != conftests_.end()) ask(found->second);
  }
  return answer;
}

}  // namespace hasten
