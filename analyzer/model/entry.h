#pragma once

// An entry of knowledge as it is written in TOML, flat: keys whose values are one scalar or a list of scalars, each
// with its place. Configuration and the knowledge compiler read files into this shape; knowledge/facts says what it
// means.

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace hasten::facts {

/// One-based line and column in the file with this number; whoever reads the files numbers them.
struct Where {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend constexpr auto operator<=>(Where, Where) = default;
};

/// monostate: a number with a fraction, a date, a table, a list within a list; no key takes one.
struct Scalar {
  Where where;
  std::variant<std::monostate, std::int64_t, bool, std::string> value;
};

struct Key {
  std::string name;
  Where where;
  bool is_list = false;
  std::vector<Scalar> values;  // exactly one unless it is a list
};

struct Entry {
  std::string kind;  // "api", "class", ...
  Where where;
  std::vector<Key> keys;  // in the order of the file
};

}  // namespace hasten::facts
