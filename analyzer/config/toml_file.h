#pragma once

// A TOML file as a plain tree with lines. The only place that sees toml++ (slow to compile, and it throws).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"

namespace hasten {

struct TomlValue {
  enum class Kind : std::uint8_t { string, boolean, integer, real, date_time, array, table };

  Kind kind = Kind::table;
  std::string key;                  // in its table; empty in an array
  std::string text;                 // a string's value; other scalars as Python's str() prints them
  std::vector<TomlValue> children;  // of an array or a table, in file order
  std::uint32_t line = 0;           // of the key, else of the value
  std::uint32_t column = 0;

  /// The entry of a table; a null pointer when there is none.
  [[nodiscard]] const TomlValue* find(std::string_view name) const;
  /// find() one name after the other: `{"tool", "pytest"}`.
  [[nodiscard]] const TomlValue* find_path(std::initializer_list<std::string_view> names) const;
};

[[nodiscard]] std::string_view to_string(TomlValue::Kind kind);

struct TomlError {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
};

/// Fails on what TOML 1.0 forbids and on values nested deeper than any configuration is.
[[nodiscard]] Result<TomlValue, TomlError> parse_toml(std::string_view bytes);

}  // namespace hasten
