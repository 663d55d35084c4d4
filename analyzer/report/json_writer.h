#pragma once

// JSON, written as it is said: every value goes straight to the text, nothing is built in between. Whatever the bytes
// of the project are, the output is valid: what is not UTF-8 becomes U+FFFD.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace hasten {

template <class Number>
concept Whole = std::integral<Number> && !std::same_as<Number, bool>;

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  /// An object that stands on one line with all that is in it: rows of long lists.
  JsonWriter& begin_row();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  /// Inside an object, before each value.
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& number(Whole auto value) { return literal(std::to_string(value)); }
  /// At most six significant digits; infinities and NaN, which JSON lacks, become null.
  JsonWriter& number(double value);
  JsonWriter& truth(bool value) { return literal(value ? "true" : "false"); }
  JsonWriter& null() { return literal("null"); }

  JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, Whole auto value) { return key(name).number(value); }
  JsonWriter& member(std::string_view name, double value) { return key(name).number(value); }
  JsonWriter& member(std::string_view name, std::same_as<bool> auto value) { return key(name).truth(value); }

  /// What was written since the last time, to be printed now: a long document need not be held at once.
  [[nodiscard]] std::string take() { return std::exchange(out_, {}); }
  /// The whole document, or what was not taken of it, and a line end. Everything that was begun must have ended.
  [[nodiscard]] std::string document() &&;

 private:
  JsonWriter& literal(std::string_view value);
  void begin_value();
  void new_line();
  void begin(char bracket);
  void end(char bracket);
  void append_quoted(std::string_view value);

  std::string out_;
  std::size_t depth_ = 0;
  std::size_t row_depth_ = 0;  // of the object that stands on one line; 0 outside of one
  bool is_first_ = true;       // nothing stands yet inside the innermost bracket
  bool after_key_ = false;
};

}  // namespace hasten
