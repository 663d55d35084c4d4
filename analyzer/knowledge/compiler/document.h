#pragma once

// A knowledge file as flat data: entries (`[[api]]`) of keys whose values are one scalar or a list of scalars, each
// with its place. The only room that knows toml++; what TOML allows beyond this shape becomes a complaint.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hasten::knowledge_compiler {

/// One-based line and column in the file with this number on the command line.
struct Where {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend constexpr auto operator<=>(Where, Where) = default;
};

/// "what, expected what": printed behind `file:line:column: `.
struct Complaint {
  Where where;
  std::string message;
  friend auto operator<=>(const Complaint&, const Complaint&) = default;
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

struct Document {
  std::vector<Entry> entries;  // in the order of the file
  std::vector<Complaint> complaints;
};

[[nodiscard]] Document parse_document(std::string_view text, std::uint32_t file);

}  // namespace hasten::knowledge_compiler
