#include "analyzer/config/entry_values.h"

#include <algorithm>
#include <charconv>

namespace hasten {
namespace {

facts::Where where_is(const TomlValue& value) { return {0, value.line, value.column}; }

facts::Scalar scalar_of(const TomlValue& value) {
  facts::Scalar scalar{where_is(value), {}};
  if (value.kind == TomlValue::Kind::string) scalar.value = value.text;
  if (value.kind == TomlValue::Kind::boolean) scalar.value = value.text == "True";
  if (value.kind == TomlValue::Kind::integer) {
    std::int64_t number = 0;
    std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
    scalar.value = number;
  }
  return scalar;
}

facts::Key key_of(const TomlValue& value) {
  facts::Key key{value.key, where_is(value), value.kind == TomlValue::Kind::array, {}};
  if (key.is_list) {
    for (const TomlValue& item : value.children) key.values.push_back(scalar_of(item));
  } else {
    key.values.push_back(scalar_of(value));
  }
  return key;
}

}  // namespace

std::optional<std::vector<facts::Entry>> entries_of(const TomlValue& value) {
  const bool is_array_of_tables =
      value.kind == TomlValue::Kind::array &&
      std::ranges::all_of(value.children, [](const TomlValue& child) { return child.kind == TomlValue::Kind::table; });
  if (!is_array_of_tables) return std::nullopt;
  std::vector<facts::Entry> found;
  for (const TomlValue& table : value.children) {
    facts::Entry entry{value.key, where_is(table), {}};
    for (const TomlValue& child : table.children) entry.keys.push_back(key_of(child));
    found.push_back(std::move(entry));
  }
  return found;
}

}  // namespace hasten
