#include "analyzer/config/toml_file.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "analyzer/config/toml_depth.h"

namespace hasten {
namespace {

/// repr() of a Python float: the shortest digits, always with a point or an exponent.
std::string python_float(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

template <class Printed>
std::string printed(const Printed& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

TomlValue scalar(const toml::node& node) {
  using Kind = TomlValue::Kind;
  TomlValue value;
  const toml::source_region& source = node.source();
  value.line = source.begin.line;
  value.column = source.begin.column;
  const auto set = [&](Kind kind, std::string text) {
    value.kind = kind;
    value.text = std::move(text);
  };
  if (const auto* string = node.as_string()) {
    set(Kind::string, string->get());
  } else if (const auto* boolean = node.as_boolean()) {
    set(Kind::boolean, boolean->get() ? "True" : "False");
  } else if (const auto* integer = node.as_integer()) {
    set(Kind::integer, std::to_string(integer->get()));
  } else if (const auto* real = node.as_floating_point()) {
    set(Kind::real, python_float(real->get()));
  } else if (const auto* date = node.as_date()) {
    set(Kind::date_time, printed(date->get()));
  } else if (const auto* time = node.as_time()) {
    set(Kind::date_time, printed(time->get()));
  } else if (const auto* date_time = node.as_date_time()) {
    set(Kind::date_time, printed(date_time->get()));
  } else {
    value.kind = node.is_array() ? Kind::array : Kind::table;
  }
  return value;
}

struct Pending {
  const toml::node* node;
  TomlValue* value;
};

/// Adds the children of `pending`; those that have children themselves are put on `stack`.
void convert_children(const Pending& pending, std::vector<Pending>& stack) {
  std::vector<std::pair<TomlValue, const toml::node*>> children;
  if (const toml::table* table = pending.node->as_table()) {
    for (auto&& [key, node] : *table) {
      TomlValue child = scalar(node);
      child.key = std::string(key.str());
      if (key.source().begin.line != 0) {
        child.line = key.source().begin.line;
        child.column = key.source().begin.column;
      }
      children.emplace_back(std::move(child), &node);
    }
    // toml++ keeps tables sorted by key.
    std::ranges::stable_sort(children, {},
                             [](const auto& child) { return std::pair(child.first.line, child.first.column); });
  } else if (const toml::array* array = pending.node->as_array()) {
    for (const toml::node& node : *array) children.emplace_back(scalar(node), &node);
  }
  pending.value->children.reserve(children.size());
  for (auto& [child, node] : children) {
    pending.value->children.push_back(std::move(child));
    if (!node->is_value()) stack.push_back({node, &pending.value->children.back()});
  }
}

TomlValue converted(const toml::table& root) {
  TomlValue value;
  std::vector<Pending> stack{{&root, &value}};
  while (!stack.empty()) {
    const Pending pending = stack.back();
    stack.pop_back();
    convert_children(pending, stack);
  }
  return value;
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view name) const {
  if (kind != Kind::table) return nullptr;
  const auto found = std::ranges::find(children, name, &TomlValue::key);
  return found == children.end() ? nullptr : &*found;
}

const TomlValue* TomlValue::find_path(std::initializer_list<std::string_view> names) const {
  const TomlValue* value = this;
  for (std::string_view name : names) {
    value = value->find(name);
    if (value == nullptr) break;
  }
  return value;
}

std::string_view to_string(TomlValue::Kind kind) {
  switch (kind) {
    case TomlValue::Kind::string: return "a string";
    case TomlValue::Kind::boolean: return "a boolean";
    case TomlValue::Kind::integer: return "an integer";
    case TomlValue::Kind::real: return "a float";
    case TomlValue::Kind::date_time: return "a date or time";
    case TomlValue::Kind::array: return "an array";
    case TomlValue::Kind::table: return "a table";
  }
  return {};
}

Result<TomlValue, TomlError> parse_toml(std::string_view bytes) {
  if (const std::uint32_t line = line_of_excessive_keys(bytes)) {
    return TomlError{line, 1, "keys of more dots than any configuration has"};
  }
  try {
    return converted(toml::parse(bytes));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    return TomlError{at.line, at.column, std::string(error.description())};
  } catch (const std::exception& error) {
    return TomlError{0, 0, error.what()};
  }
}

}  // namespace hasten
