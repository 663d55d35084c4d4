#include "analyzer/report/sarif_text.h"

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

std::string path_uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string unlinked(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '(' && out.ends_with(']')) out += ' ';
    out += c;
  }
  return out;
}

std::string link_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t code_points) {
  constexpr std::string_view dots = "...";
  std::string_view rest = text;
  std::size_t count = 0;
  std::size_t kept = 0;  // bytes that leave room for the dots
  while (!rest.empty() && count < code_points) {
    if (count + dots.size() == code_points) kept = text.size() - rest.size();
    rest.remove_prefix(first_code_point(rest).length);
    ++count;
  }
  if (rest.empty()) return std::string(text);
  return fmt::format("{}{}", text.substr(0, kept), dots);
}

}  // namespace hasten
