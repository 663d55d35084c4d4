#include "analyzer/values/path_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include <fmt/format.h>

#include "analyzer/knowledge/knowledge.h"

namespace hasten {
namespace {

using std::string_view;

// Sorted, for binary search. The result is the receiver's folder or below it.
constexpr std::array keeps_receiver = {
    string_view("pathlib.Path.__truediv__"), string_view("pathlib.Path.absolute"),
    string_view("pathlib.Path.expanduser"),  string_view("pathlib.Path.joinpath"),
    string_view("pathlib.Path.resolve"),     string_view("pathlib.Path.with_name"),
    string_view("pathlib.Path.with_stem"),   string_view("pathlib.Path.with_suffix"),
    string_view("py.path.local.dirpath"),    string_view("py.path.local.ensure"),
    string_view("py.path.local.ensure_dir"), string_view("py.path.local.join"),
    string_view("py.path.local.mkdir"),
};
// The result is the first argument, with the others below it.
constexpr std::array joins_arguments = {
    string_view("builtins.str"),      string_view("os.fspath"),          string_view("os.path.abspath"),
    string_view("os.path.dirname"),   string_view("os.path.expanduser"), string_view("os.path.join"),
    string_view("os.path.normpath"),  string_view("os.path.realpath"),   string_view("pathlib.Path"),
    string_view("pathlib.PosixPath"), string_view("pathlib.PurePath"),   string_view("pathlib.PurePosixPath"),
    string_view("py.path.local"),
};
static_assert(std::ranges::is_sorted(keeps_receiver) && std::ranges::is_sorted(joins_arguments));
constexpr std::array current_directory = {string_view("os.getcwd"), string_view("pathlib.Path.cwd")};
constexpr std::array home_directory = {string_view("pathlib.Path.home")};

template <std::size_t N>
bool is_one_of(const std::array<string_view, N>& names, string_view name) {
  return std::ranges::binary_search(names, name);
}

bool is_below(string_view path, string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Value path(PathRoot root, string_view tail, HeldBy held_by, ProjectTables& tables) {
  Value value;
  value.kind = Value::Kind::path;
  value.held_by = held_by;
  value.root = root;
  if (!tail.empty()) value.name = tables.names.intern(tail);
  return value;
}

Value as_path(const Value& value, ProjectTables& tables) {
  if (value.kind == Value::Kind::text) return path_from_text(tables.names[value.name], tables);
  return path_of(value, tables);
}

HeldBy maker(string_view name) {
  if (name.starts_with("py.")) return HeldBy::py_path;
  return name.starts_with("pathlib.") ? HeldBy::pathlib : HeldBy::text;
}

/// The arguments of a call, joined onto `base` (which may be unknown: then the first argument is the base).
Value join_arguments(Value base, bool has_base, const PathCall& call) {
  const FileModel& file = call.tables.files[call.file].model;
  for (std::size_t position = 0;; ++position) {
    const ExprId argument = file.positional(call.call, position);
    if (!argument) return base;
    const Value value = call.values.evaluate(call.file, call.block, argument);
    base = has_base ? joined(base, value, call.tables) : as_path(value, call.tables);
    has_base = true;
  }
}

}  // namespace

Value path_from_text(string_view text, ProjectTables& tables) {
  if (text.empty() || text.find("://") != string_view::npos || text.starts_with(':')) return {};
  if (is_below(text, "/dev") || is_below(text, "/proc")) return {};
  if (text.starts_with("~")) return path(PathRoot::home, text, HeldBy::text, tables);
  if (is_below(text, "/tmp") || is_below(text, "/var/tmp"))
    return path(PathRoot::shared_temporary, text, HeldBy::text, tables);
  return path(text[0] == '/' ? PathRoot::absolute : PathRoot::working_directory, text, HeldBy::text, tables);
}

Value path_of(const Value& value, ProjectTables& tables) {
  if (value.kind == Value::Kind::path) return value;
  if (value.root == PathRoot::none || value.root == PathRoot::unknown) return {};
  const bool is_py_path = value.kind == Value::Kind::instance && tables.names[value.name] == "py.path.local";
  return path(value.root, {}, is_py_path ? HeldBy::py_path : HeldBy::pathlib, tables);
}

Value joined(const Value& base, const Value& tail, ProjectTables& tables) {
  if (base.kind != Value::Kind::path) return {};
  if (tail.kind == Value::Kind::path && tail.root != PathRoot::working_directory) return tail;
  if (tail.kind == Value::Kind::text || tail.kind == Value::Kind::path) {
    const string_view text = tables.names[tail.name];
    if (text.starts_with('/')) return path_from_text(text, tables);
    const string_view folder = tables.names[base.name];
    return path(base.root, folder.empty() ? std::string(text) : fmt::format("{}/{}", folder, text), base.held_by,
                tables);
  }
  switch (base.root) {
    case PathRoot::unique_temporary:
    case PathRoot::source_tree:
    case PathRoot::home: return path(base.root, {}, base.held_by, tables);
    case PathRoot::none:
    case PathRoot::unknown:
    case PathRoot::shared_temporary:
    case PathRoot::working_directory:
    case PathRoot::absolute: return {};
  }
  return {};
}

Value path_result(const Value& callee, const PathCall& call) {
  if (!call.call) return {};  // an annotation: the object is of this class, its arguments are not known
  const string_view name = call.tables.names[callee.name];
  if (is_one_of(keeps_receiver, name)) {
    if (callee.root == PathRoot::none) return {};
    Value receiver = path(callee.root, {}, maker(name), call.tables);
    const FileModel& file = call.tables.files[call.file].model;
    const ExprId function = file.first_child(call.call);
    if (file.exprs[function].kind == ExprKind::attribute) {
      receiver = call.values.evaluate(call.file, call.block, file.first_child(function));
    }
    return name.ends_with("resolve") || name.ends_with("absolute") ? receiver : join_arguments(receiver, true, call);
  }
  const HeldBy made = maker(name);
  if (is_one_of(joins_arguments, name)) {
    Value joined_path = join_arguments({}, false, call);
    if (joined_path.known()) joined_path.held_by = made;
    return joined_path;
  }
  if (is_one_of(current_directory, name)) return path(PathRoot::working_directory, {}, made, call.tables);
  if (is_one_of(home_directory, name)) return path(PathRoot::home, {}, made, call.tables);
  const Api* api = call.values.names().knowledge().find_api(name);
  if (api == nullptr || api->root == PathRoot::none || !api->returns.empty()) return {};
  return path(api->root, {}, made, call.tables);
}

Value path_attribute(const Value& object, string_view name, ProjectTables& tables) {
  if (object.kind == Value::Kind::path) {
    if (name == "parent" && (object.root == PathRoot::source_tree || object.root == PathRoot::home)) {
      return path(object.root, {}, object.held_by, tables);
    }
    return name == "strpath" ? path(object.root, tables.names[object.name], HeldBy::text, tables) : Value();
  }
  // NamedTemporaryFile().name, TemporaryDirectory().name
  const bool has_name = object.root != PathRoot::none && name == "name";
  return has_name ? path(object.root, {}, HeldBy::text, tables) : Value();
}

Value entered_path(const Value& value, ProjectTables& tables) {
  const bool is_folder = value.root != PathRoot::none && tables.names[value.name].ends_with("TemporaryDirectory");
  return is_folder ? path(value.root, {}, HeldBy::text, tables) : value;
}

Value Values::as_path(const Value& value) { return hasten::as_path(value, tables_); }

Value Values::folded(Site site, ExprId expr, References* references) {
  const FileModel& file = model(site.file);
  const Expr& row = file.exprs[expr];
  auto text = [&](string_view content) {
    Value value;
    value.kind = Value::Kind::text;
    value.name = tables_.names.intern(content);
    return value;
  };
  auto number = [](double amount) {
    Value value;
    value.kind = Value::Kind::number;
    value.number = amount;
    return value;
  };

  if (row.kind == ExprKind::string) return row.word() ? text(file.word(expr)) : Value();
  if (row.kind == ExprKind::integer || row.kind == ExprKind::floating) {
    std::string digits(file.word(expr));
    std::erase(digits, '_');
    double amount = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
    return parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size() ? number(amount) : Value();
  }
  const Value left = evaluate(site.file, site.block, file.first_child(expr), references);
  if (row.kind == ExprKind::unary) {
    return row.op == Operator::negate && left.kind == Value::Kind::number ? number(-left.number) : Value();
  }
  if (row.kind == ExprKind::template_string) {
    // f"{tmp_path}/out" is below tmp_path whatever follows; otherwise every part must be literal.
    if (left.kind == Value::Kind::path) return joined(left, {}, tables_);
    std::string content;
    for (ExprId part = file.first_child(expr); part; part = file.next(part)) {
      const Value value = evaluate(site.file, site.block, part, references);
      if (value.kind == Value::Kind::text) {
        content += tables_.names[value.name];
      } else if (value.kind == Value::Kind::number) {
        content += fmt::format("{}", value.number);
      } else {
        return {};
      }
    }
    return text(content);
  }
  const Value right = evaluate(site.file, site.block, file.child(expr, 1), references);
  if (left.kind == Value::Kind::path && row.op == Operator::divide) return joined(left, right, tables_);
  if (left.kind == Value::Kind::path && row.op == Operator::add) {
    // `str(tmp_path) + "/out"` goes on where the text ends.
    const bool is_literal = right.kind == Value::Kind::text && left.name;
    return is_literal ? path(left.root, fmt::format("{}{}", tables_.names[left.name], tables_.names[right.name]),
                             HeldBy::text, tables_)
                      : joined(left, {}, tables_);
  }
  if (left.kind == Value::Kind::text && right.kind == Value::Kind::text && row.op == Operator::add) {
    return text(fmt::format("{}{}", tables_.names[left.name], tables_.names[right.name]));
  }
  if (left.kind != Value::Kind::number || right.kind != Value::Kind::number) return {};
  switch (row.op) {
    case Operator::add: return number(left.number + right.number);
    case Operator::subtract: return number(left.number - right.number);
    case Operator::multiply: return number(left.number * right.number);
    case Operator::divide: return right.number == 0 ? Value() : number(left.number / right.number);
    default: return {};
  }
}

}  // namespace hasten
