#include "analyzer/check/value_uses.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace hasten {
namespace {

using std::string_view;

/// A function and the name of one of its parameters: looked at once, however many calls lead there.
using Parameter = std::pair<FunctionRef, string_view>;

constexpr int max_calls_deep = 3;
constexpr std::size_t max_uses = 64;  // of one parameter; nobody needs more

template <std::size_t size>
constexpr bool holds(const std::array<string_view, size>& sorted, string_view name) {
  return std::ranges::binary_search(sorted, name);
}

constexpr auto changing_methods = std::to_array<string_view>(
    {"__delattr__", "__delitem__", "__setattr__", "__setitem__", "add", "append", "appendleft", "clear", "discard",
     "extend", "insert", "pop", "popitem", "popleft", "remove", "reverse", "setdefault", "sort", "update"});
static_assert(std::ranges::is_sorted(changing_methods));

/// Methods of texts, numbers, containers and paths that leave them as they are. What they give may be a part of it.
constexpr auto reading_methods = std::to_array<string_view>({"absolute",   "as_posix",
                                                             "capitalize", "casefold",
                                                             "copy",       "count",
                                                             "decode",     "difference",
                                                             "encode",     "endswith",
                                                             "exists",     "find",
                                                             "format",     "get",
                                                             "index",      "intersection",
                                                             "is_dir",     "is_file",
                                                             "isdigit",    "isdisjoint",
                                                             "isoformat",  "issubset",
                                                             "issuperset", "items",
                                                             "join",       "joinpath",
                                                             "keys",       "lower",
                                                             "lstrip",     "most_common",
                                                             "partition",  "read_bytes",
                                                             "read_text",  "relative_to",
                                                             "replace",    "resolve",
                                                             "rfind",      "rpartition",
                                                             "rsplit",     "rstrip",
                                                             "split",      "splitlines",
                                                             "startswith", "stat",
                                                             "strip",      "symmetric_difference",
                                                             "title",      "union",
                                                             "upper",      "values",
                                                             "with_name",  "with_suffix"});
static_assert(std::ranges::is_sorted(reading_methods));

constexpr auto reading_functions =
    std::to_array<string_view>({"abs",       "all",     "any",     "bool", "bytes", "dict",  "enumerate",  "float",
                                "frozenset", "getattr", "hasattr", "hash", "id",    "int",   "isinstance", "issubclass",
                                "len",       "list",    "max",     "min",  "print", "range", "repr",       "reversed",
                                "round",     "set",     "sorted",  "str",  "sum",   "tuple", "type",       "zip"});
static_assert(std::ranges::is_sorted(reading_functions));

/// Give something of their own, not a part of what they are given.
constexpr auto detached_functions = std::to_array<string_view>(
    {"abs",        "all",        "any", "bool",  "bytes", "float", "hasattr", "hash", "id",  "int",
     "isinstance", "issubclass", "len", "print", "range", "repr",  "round",   "str",  "sum", "type"});
static_assert(std::ranges::is_sorted(detached_functions));

/// The same for functions of modules, and what takes its change back by itself.
constexpr auto detached_calls = std::to_array<string_view>(
    {"copy.deepcopy", "json.dumps", "mock.patch.object", "mocker.patch.object", "monkeypatch.delattr",
     "monkeypatch.delitem", "monkeypatch.setattr", "monkeypatch.setitem", "os.fspath", "os.path.basename",
     "os.path.dirname", "os.path.exists", "os.path.isdir", "os.path.isfile", "os.path.join", "patch.object"});
static_assert(std::ranges::is_sorted(detached_calls));

/// Whether the name is still about the value when an expression is left upwards.
enum class Standing : std::uint8_t { value, other };

class FunctionUses {
 public:
  /// Where the search stands, and what it has seen.
  struct Trail {
    int depth = 0;
    std::set<Parameter> seen;
  };

  FunctionUses(const Project& project, FunctionRef function, Trail& trail, std::vector<ValueUse>& uses)
      : project_(project), ref_(function), model_(project.model(function.file)), trail_(trail), uses_(uses) {}

  void run(string_view parameter) {
    names_.insert(parameter);
    for (std::size_t known = 0; known != names_.size();) {
      known = names_.size();
      for_statements([&](StatementId id) { read_aliases(id); });
    }
    for_statements([&](StatementId id) { read_statement(id); });
  }

 private:
  template <class Visit>
  void for_statements(Visit visit) const {
    const BlockId body = model_.functions[ref_.id].body;
    if (!body) return;
    for (StatementId id : model_.blocks[body].statements) visit(id);
  }

  void read_aliases(StatementId id);
  void read_statement(StatementId id);
  void read_expression(StatementId id, ExprId root);
  void read_name(StatementId id, const std::vector<ExprId>& path);
  Standing climb(const std::vector<ExprId>& path, std::size_t at);
  Standing climb_call(ExprId call, ExprId part);
  void read_method(ExprId call, ExprId callee);
  void pass_to(ExprId call, ExprId argument);
  bool follow(ExprId call, ExprId argument);
  void note(ValueUse::Kind kind, ExprId at, ExprId target);

  [[nodiscard]] bool is_part_of_value(ExprId expr) const;
  [[nodiscard]] CallId call_at(ExprId expr) const;

  const Project& project_;
  FunctionRef ref_;
  const FileModel& model_;
  Trail& trail_;
  std::vector<ValueUse>& uses_;
  std::unordered_set<string_view> names_;  // the parameter and what takes its value
};

/// `name`, `name.a["b"].c`: the value or something in it.
bool FunctionUses::is_part_of_value(ExprId expr) const {
  while (expr) {
    const ExprKind kind = model_.exprs[expr].kind;
    if (kind == ExprKind::name) return names_.contains(model_.word(expr));
    if (kind != ExprKind::attribute && kind != ExprKind::subscript && kind != ExprKind::await_) return false;
    expr = model_.first_child(expr);
  }
  return false;
}

/// `rows = table.rows`, `for row in table:`, `with table as t`.
void FunctionUses::read_aliases(StatementId id) {
  const Statement& row = model_.statements[id];
  const bool binds = row.kind == StatementKind::assign || row.kind == StatementKind::ann_assign ||
                     row.kind == StatementKind::for_ || row.kind == StatementKind::with_item;
  if (!binds || !row.target || !row.value || !is_part_of_value(row.value)) return;
  const ExprKind kind = model_.exprs[row.target].kind;
  if (kind == ExprKind::name) names_.insert(model_.word(row.target));
  if (kind != ExprKind::tuple && kind != ExprKind::list) return;
  for (ExprId part = model_.first_child(row.target); part; part = model_.next(part)) {
    if (model_.exprs[part].kind == ExprKind::name) names_.insert(model_.word(part));
  }
}

void FunctionUses::read_statement(StatementId id) {
  const Statement& row = model_.statements[id];
  const bool changes = row.kind == StatementKind::assign || row.kind == StatementKind::aug_assign ||
                       row.kind == StatementKind::ann_assign || row.kind == StatementKind::delete_;
  if (row.target && changes) {
    const ExprKind kind = model_.exprs[row.target].kind;
    // A name alone is bound anew; only `names += [...]` may change what it held.
    const bool is_part = kind == ExprKind::attribute || kind == ExprKind::subscript;
    if (is_part && row.value && is_part_of_value(row.target)) note(ValueUse::Kind::assignment, row.target, row.target);
    if (is_part && row.kind == StatementKind::delete_ && is_part_of_value(row.target)) {
      note(ValueUse::Kind::assignment, row.target, row.target);
    }
    if (row.kind == StatementKind::aug_assign && kind == ExprKind::name && is_part_of_value(row.target)) {
      note(ValueUse::Kind::method, row.target, row.target);
    }
  }
  if (row.target && row.kind != StatementKind::global && row.kind != StatementKind::nonlocal) {
    read_expression(id, row.target);
  }
  if (row.value) read_expression(id, row.value);
  if (row.third && row.kind != StatementKind::ann_assign) read_expression(id, row.third);
  // Entering a context manager runs code of its own.
  if (row.kind == StatementKind::with_item && row.value && is_part_of_value(row.value)) {
    note(ValueUse::Kind::unsettled, row.value, row.value);
  }
}

/// Finds the names in an expression, each with the expressions around it.
void FunctionUses::read_expression(StatementId id, ExprId root) {
  std::vector<ExprId> path;
  for (ExprId at : model_.subtree(root)) {
    while (!path.empty() && !model_.subtree(path.back()).contains(at)) path.pop_back();
    path.push_back(at);
    if (model_.exprs[at].kind == ExprKind::name && names_.contains(model_.word(at))) read_name(id, path);
    if (uses_.size() >= max_uses) return;
  }
}

void FunctionUses::read_name(StatementId id, const std::vector<ExprId>& path) {
  if (std::ranges::any_of(path, [&](ExprId around) { return model_.exprs[around].kind == ExprKind::lambda; })) {
    // `request.addfinalizer(lambda: setattr(app, "host", before))`: runs at another time, or never.
    return note(ValueUse::Kind::unsettled, path.back(), path.back());
  }
  for (std::size_t at = path.size() - 1; at > 0; --at) {
    if (climb(path, at) == Standing::other) return;
  }
  // The value itself, or a part, is all that the statement says.
  const Statement& row = model_.statements[id];
  if (row.kind == StatementKind::return_) note(ValueUse::Kind::handed_on, path.back(), path.front());
  // Kept in an object, from where others get it.
  const bool is_kept =
      row.kind == StatementKind::assign && row.value == path.front() &&
      (model_.exprs[row.target].kind == ExprKind::attribute || model_.exprs[row.target].kind == ExprKind::subscript);
  if (is_kept) note(ValueUse::Kind::unsettled, path.back(), row.target);
}

/// From the expression at `at` to the one around it.
Standing FunctionUses::climb(const std::vector<ExprId>& path, std::size_t at) {
  const ExprId part = path[at];
  const ExprId around = path[at - 1];
  switch (model_.exprs[around].kind) {
    case ExprKind::attribute:
    case ExprKind::await_:
    case ExprKind::starred:
    case ExprKind::double_starred:
    case ExprKind::keyword:
    case ExprKind::pair:
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set:
    case ExprKind::dict:
    case ExprKind::conditional:
    case ExprKind::boolean:
    case ExprKind::named: return Standing::value;
    case ExprKind::subscript: return model_.first_child(around) == part ? Standing::value : Standing::other;
    case ExprKind::call: return climb_call(around, part);
    case ExprKind::yield_:
    case ExprKind::yield_from: note(ValueUse::Kind::handed_on, part, part); return Standing::other;
    default: return Standing::other;
  }
}

Standing FunctionUses::climb_call(ExprId call, ExprId part) {
  const ExprId callee = model_.first_child(call);
  const ExprKind kind = model_.exprs[callee].kind;
  if (part == callee) {
    if (kind == ExprKind::attribute) {
      const string_view method = model_.word(callee);
      if (holds(reading_methods, method)) return Standing::value;
      read_method(call, callee);
    } else {
      note(ValueUse::Kind::unsettled, call, callee);  // it is called itself
    }
    return Standing::other;
  }
  const string_view name = kind == ExprKind::name ? model_.word(callee) : string_view();
  if (holds(detached_functions, name) || name == "deepcopy") return Standing::other;
  if (kind == ExprKind::attribute && holds(detached_calls, model_.dotted(callee))) return Standing::other;
  if (holds(reading_functions, name)) return Standing::value;
  pass_to(call, part);
  return Standing::other;
}

void FunctionUses::read_method(ExprId call, ExprId callee) {
  const bool changes = holds(changing_methods, model_.word(callee));
  note(changes ? ValueUse::Kind::method : ValueUse::Kind::unsettled, call, callee);
}

void FunctionUses::pass_to(ExprId call, ExprId argument) {
  const ExprId callee = model_.first_child(call);
  const bool is_setattr = model_.exprs[callee].kind == ExprKind::name &&
                          (model_.word(callee) == "setattr" || model_.word(callee) == "delattr");
  if (is_setattr) return note(ValueUse::Kind::assignment, call, argument);
  if (!follow(call, argument)) note(ValueUse::Kind::unsettled, call, callee);
}

/// Into a function of the project. False when it is none, or too far away.
bool FunctionUses::follow(ExprId call, ExprId argument) {
  const CallId id = call_at(call);
  if (!id || trail_.depth >= max_calls_deep) return false;
  const FunctionRef caller{ref_.file, model_.function_of(model_.calls[id].block)};
  const auto edges = std::ranges::equal_range(project_->calls, std::tuple(caller, id), {},
                                              [](const CallEdge& edge) { return std::tuple(edge.caller, edge.call); });
  if (edges.size() != 1) return false;
  const FunctionRef callee = edges.front().callee;
  const FileModel& model = project_.model(callee.file);
  const Function& function = model.functions[callee.id];
  string_view name;
  if (model_.exprs[argument].kind == ExprKind::keyword) {
    name = model_.word(argument);
  } else {
    // A method is called on its object; a static one would only make this look at the wrong parameter's neighbour.
    std::size_t position = function.class_ ? 1 : 0;
    for (ExprId at = model_.next(model_.first_child(call)); at && at != argument; at = model_.next(at)) ++position;
    if (position >= function.params.size()) return false;
    name = model.word(model.params[function.params[position]].name);
  }
  const bool takes_it = std::ranges::any_of(function.params, [&](ParamId param) {
    const ParamKind kind = model.params[param].kind;
    return model.word(model.params[param].name) == name && kind != ParamKind::var_positional &&
           kind != ParamKind::var_keyword;
  });
  if (!takes_it) return false;
  if (!trail_.seen.emplace(callee, name).second) return true;
  std::vector<ValueUse> below;
  ++trail_.depth;
  FunctionUses(project_, callee, trail_, below).run(name);
  --trail_.depth;
  for (ValueUse& use : below) {
    if (!use.in) use.in = callee;
    // What it gives back is dealt with as if it were lost.
    if (use.kind == ValueUse::Kind::handed_on) use.kind = ValueUse::Kind::unsettled;
    uses_.push_back(std::move(use));
  }
  return true;
}

CallId FunctionUses::call_at(ExprId expr) const {
  const auto found = std::ranges::find(model_.calls, expr, &Call::expr);
  return found == model_.calls.end() ? CallId() : CallId(static_cast<std::size_t>(found - model_.calls.begin()));
}

void FunctionUses::note(ValueUse::Kind kind, ExprId at, ExprId target) {
  ExprId named = target;
  while (named && model_.exprs[named].kind == ExprKind::subscript) named = model_.first_child(named);
  uses_.push_back({kind, {ref_.file, model_.exprs[at].range}, named ? model_.dotted(named) : std::string(), {}});
}

}  // namespace

std::vector<ValueUse> uses_of_parameter(const Project& project, FunctionRef function, std::string_view parameter) {
  std::vector<ValueUse> uses;
  FunctionUses::Trail trail;
  FunctionUses(project, function, trail, uses).run(parameter);
  return uses;
}

bool is_change(const ValueUse& use) {
  return use.kind == ValueUse::Kind::method || use.kind == ValueUse::Kind::assignment;
}

}  // namespace hasten
