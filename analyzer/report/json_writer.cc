#include "analyzer/report/json_writer.h"

#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {

JsonWriter& JsonWriter::begin_object() {
  begin('{');
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  end('}');
  return *this;
}

JsonWriter& JsonWriter::begin_row() {
  begin('{');
  if (row_depth_ == 0) row_depth_ = depth_;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  begin('[');
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  end(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(!after_key_);
  begin_value();
  append_quoted(name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  begin_value();
  append_quoted(value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  return std::isfinite(value) ? literal(fmt::format("{:.6g}", value)) : null();
}

std::string JsonWriter::document() && {
  assert(depth_ == 0);
  out_ += '\n';
  return std::move(out_);
}

JsonWriter& JsonWriter::literal(std::string_view value) {
  begin_value();
  out_ += value;
  return *this;
}

void JsonWriter::begin_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!is_first_) out_ += ',';
  if (row_depth_ == 0) {
    new_line();
  } else if (!is_first_) {
    out_ += ' ';
  }
  is_first_ = false;
}

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(depth_ * 2, ' ');
}

void JsonWriter::begin(char bracket) {
  begin_value();
  out_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonWriter::end(char bracket) {
  assert(depth_ > 0 && !after_key_);
  --depth_;
  if (!is_first_ && row_depth_ == 0) new_line();
  if (depth_ < row_depth_) row_depth_ = 0;
  out_ += bracket;
  is_first_ = false;
}

void JsonWriter::append_quoted(std::string_view value) {
  out_ += '"';
  while (!value.empty()) {
    const CodePoint point = first_code_point(value);
    const std::string_view bytes = value.substr(0, point.length);
    value.remove_prefix(point.length);
    switch (point.value) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        if (point.value < 0x20) {
          out_ += fmt::format("\\u{:04x}", point.value);
        } else if (point.value == 0xFFFD) {
          append_utf8(out_, point.value);
        } else {
          out_ += bytes;
        }
    }
  }
  out_ += '"';
}

}  // namespace hasten
