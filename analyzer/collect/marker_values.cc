#include "analyzer/collect/marker_values.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "analyzer/names/namespaces.h"

namespace hasten {
namespace {

/// How one `append` fills the list.
struct Filling {
  std::string_view mark;         // whose values they are
  bool is_per_argument = false;  // else one for each mark
};

class ListReader {
 public:
  ListReader(const Literals& literals, const HookVariable& variable)
      : literals_(literals),
        hook_(variable.hook),
        metafunc_(variable.metafunc),
        file_(literals.model(variable.hook.file)),
        name_(file_.word(variable.name)) {}

  /// Nothing when the list is made or filled in some other way.
  std::optional<std::vector<Filling>> fillings() const {
    if (!begins_empty()) return std::nullopt;
    std::vector<Filling> found;
    for (const Call& call : file_.calls) {
      if (file_.function_of(call.block) != hook_.id) continue;
      const ExprId callee = file_.first_child(call.expr);
      const bool is_method = callee && file_.exprs[callee].kind == ExprKind::attribute;
      if (is_method && is_list(file_.first_child(callee))) {
        const auto filling = file_.word(callee) == "append" ? filled_by(call) : std::nullopt;
        if (!filling) return std::nullopt;
        found.push_back(*filling);
      } else if (!(is_method && file_.word(callee) == "parametrize") && is_given_to(call)) {
        return std::nullopt;
      }
    }
    return found;
  }

  /// `pytest.param(value, marks=marks)` in the hook: then some of the values may be skipped.
  bool may_mark_values() const {
    return std::ranges::any_of(file_.calls, [&](const Call& call) {
      return file_.function_of(call.block) == hook_.id && file_.keyword(call.expr, "marks");
    });
  }

 private:
  bool is_list(ExprId expr) const {
    return expr && file_.exprs[expr].kind == ExprKind::name && file_.word(expr) == name_;
  }

  bool is_given_to(const Call& call) const {
    for (ExprId at = file_.next(file_.first_child(call.expr)); at; at = file_.next(at)) {
      const ExprKind kind = file_.exprs[at].kind;
      if (is_list(kind == ExprKind::keyword || kind == ExprKind::starred ? file_.first_child(at) : at)) return true;
    }
    return false;
  }

  /// What the one assignment to a local variable gives it; none when there are several, or a loop binds it.
  ExprId only_value(std::string_view name) const {
    const Namespaces& namespaces = literals_.names().namespaces(hook_.file);
    const auto bindings = namespaces.bindings(ScopeKey::of(hook_.id), namespaces.word(name));
    return bindings.size() == 1 && bindings[0].by == BoundBy::value ? bindings[0].value : ExprId();
  }

  bool begins_empty() const {
    const ExprId value = only_value(name_);
    return value && file_.exprs[value].kind == ExprKind::list && file_.child_count(value) == 0;
  }

  /// The loops around it, and nothing else, say how often it runs.
  std::optional<Filling> filled_by(const Call& call) const {
    const BlockId body = file_.functions[hook_.id].body;
    std::vector<const Statement*> loops;  // from the innermost out
    for (BlockId block = call.block; block != body; block = file_.blocks[block].parent) {
      if (file_.blocks[block].kind != BlockKind::for_ || loops.size() == 2) return std::nullopt;
      loops.push_back(&file_.statements[file_.blocks[block].header]);
    }
    if (loops.empty()) return std::nullopt;
    const Statement& outer = *loops.back();
    const auto mark = iterated_mark(outer.value);
    if (!mark || !outer.target || file_.exprs[outer.target].kind != ExprKind::name) return std::nullopt;
    if (loops.size() == 1) return Filling{*mark, false};
    if (!is_arguments_of(loops.front()->value, file_.word(outer.target))) return std::nullopt;
    return Filling{*mark, true};
  }

  /// `metafunc.definition.iter_markers("browser")`
  std::optional<std::string_view> iterated_mark(ExprId iterable) const {
    if (!iterable || file_.exprs[iterable].kind != ExprKind::call) return std::nullopt;
    if (file_.dotted(file_.first_child(iterable)) != fmt::format("{}.definition.iter_markers", metafunc_)) {
      return std::nullopt;
    }
    ExprId name = file_.keyword(iterable, "name");
    if (!name) name = file_.positional(iterable, 0);
    return name ? literals_.text({hook_.file, file_.functions[hook_.id].body, name}) : std::nullopt;
  }

  /// `marker.args`, or a name for it.
  bool is_arguments_of(ExprId iterable, std::string_view marker) const {
    if (iterable && file_.exprs[iterable].kind == ExprKind::name) iterable = only_value(file_.word(iterable));
    return iterable && file_.dotted(iterable) == fmt::format("{}.args", marker);
  }

  const Literals& literals_;
  FunctionRef hook_;
  std::string_view metafunc_;
  const FileModel& file_;
  std::string_view name_;
};

/// Positional arguments of the mark; nothing when some are unpacked.
std::optional<std::int32_t> argument_count(const FileModel& file, const Mark& mark) {
  std::int32_t count = 0;
  for (ExprId at = mark.call ? file.next(file.first_child(mark.call)) : ExprId(); at; at = file.next(at)) {
    const ExprKind kind = file.exprs[at].kind;
    if (kind == ExprKind::starred || kind == ExprKind::double_starred) return std::nullopt;
    count += kind == ExprKind::keyword ? 0 : 1;
  }
  return count;
}

}  // namespace

std::optional<std::int32_t> values_from_marks(const Literals& literals, const HookVariable& variable,
                                              const std::vector<Mark>& marks) {
  const ListReader reader(literals, variable);
  const auto fillings = reader.fillings();
  if (!fillings || fillings->empty()) return std::nullopt;
  const bool may_mark_values = reader.may_mark_values();
  std::int32_t count = 0;
  for (const Filling& filling : *fillings) {
    for (const Mark& mark : marks) {
      if (mark.name != filling.mark) continue;
      const FileModel& file = literals.model(mark.file);
      const auto arguments = argument_count(file, mark);
      const bool is_marked = may_mark_values && mark.call && file.keyword(mark.call, "marks");
      if (!arguments || mark.is_conditional || is_marked) return std::nullopt;
      count += filling.is_per_argument ? *arguments : 1;
    }
  }
  return count;
}

}  // namespace hasten
