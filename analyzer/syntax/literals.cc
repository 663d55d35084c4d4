#include "analyzer/syntax/literals.h"

#include <algorithm>

namespace hasten {
namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) point = 0xFFFD;
  const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

struct Number {
  std::uint32_t value = 0;
  std::size_t digits = 0;
};

Number read_number(std::string_view text, int base, std::size_t most) {
  Number number;
  while (number.digits < std::min(most, text.size()) && digit_value(text[number.digits]) < base) {
    number.value = number.value * static_cast<std::uint32_t>(base) +
                   static_cast<std::uint32_t>(digit_value(text[number.digits++]));
  }
  return number;
}

/// How many hexadecimal digits follow `\x`, `\u`, `\U`; 0 for other letters.
std::size_t hex_digits(char letter) {
  switch (letter) {
    case 'x': return 2;
    case 'u': return 4;
    case 'U': return 8;
    default: return 0;
  }
}

/// The character that a one-letter escape means, or NUL.
char simple_escape(char letter) {
  switch (letter) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'v': return '\v';
    case '\\':
    case '\'':
    case '"': return letter;
    default: return '\0';
  }
}

/// `text` starts behind the backslash. Returns how many of its bytes belong to the escape.
std::size_t append_escape(std::string& out, std::string_view text) {
  if (text.empty()) {
    out += '\\';
    return 0;
  }
  if (text[0] == '\n') return 1;
  if (text.starts_with("\r\n")) return 2;
  if (const char meant = simple_escape(text[0])) {
    out += meant;
    return 1;
  }
  if (const std::size_t digits = hex_digits(text[0])) {
    const Number number = read_number(text.substr(1), 16, digits);
    if (number.digits == digits) {
      append_utf8(out, number.value);
      return 1 + digits;
    }
  }
  if (const Number number = read_number(text, 8, 3); number.digits > 0) {
    append_utf8(out, number.value);
    return number.digits;
  }
  out += '\\';  // no escape: Python keeps both
  return 0;
}

}  // namespace

Literal split_literal(std::string_view text) {
  Literal literal;
  const std::size_t quote_at = std::min(text.find_first_of("'\""), text.size());
  for (char c : text.substr(0, quote_at)) {
    const char letter = static_cast<char>(c | 0x20);
    literal.is_bytes |= letter == 'b';
    literal.is_raw |= letter == 'r';
    literal.is_template |= letter == 'f' || letter == 't';
  }
  text.remove_prefix(quote_at);
  if (text.empty()) return literal;
  const std::string_view triple = text[0] == '"' ? "\"\"\"" : "'''";
  const std::string_view quote = text.size() >= 3 && text.starts_with(triple) ? triple : triple.substr(0, 1);
  literal.begin = static_cast<std::uint32_t>(quote_at + quote.size());
  text.remove_prefix(quote.size());
  if (text.ends_with(quote)) text.remove_suffix(quote.size());
  literal.body = text;
  return literal;
}

void append_decoded(std::string& out, const Literal& literal) {
  std::string_view rest = literal.body;
  if (literal.is_bytes) {
    out += rest;
    return;
  }
  const std::string_view special = literal.is_template ? "\\\r{}" : "\\\r";
  while (true) {
    const std::size_t plain = std::min(rest.find_first_of(special), rest.size());
    out += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) return;
    const char c = rest[0];
    rest.remove_prefix(1);
    if (c == '\\' && !literal.is_raw) {
      rest.remove_prefix(append_escape(out, rest));
    } else if (c == '\r') {
      out += '\n';
      if (rest.starts_with('\n')) rest.remove_prefix(1);
    } else {
      out += c;
      if (c != '\\' && rest.starts_with(c)) rest.remove_prefix(1);  // {{ or }}
    }
  }
}

}  // namespace hasten
