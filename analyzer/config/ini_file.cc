#include "analyzer/config/ini_file.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

namespace hasten {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";
constexpr std::string_view comment_characters = "#;";
constexpr auto npos = std::string_view::npos;

std::string_view stripped_right(std::string_view text) {
  return text.substr(0, text.find_last_not_of(white_space) + 1);
}

std::string_view stripped(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  return stripped_right(text);
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view text = stripped(line);
  return text.empty() || comment_characters.find(text[0]) != npos;
}

/// The name in `[name]  # comment`; none when the line is no header after all.
std::optional<std::string_view> section_name(std::string_view line) {
  for (char c : comment_characters) line = stripped_right(line.substr(0, line.find(c)));
  if (line.size() < 2 || line.back() != ']') return std::nullopt;
  return line.substr(1, line.size() - 2);
}

/// The line ends that Python's text files know: \n, \r\n and a lone \r.
std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
  const std::string_view line = bytes.substr(0, end);
  const bool is_pair = bytes.substr(end).starts_with("\r\n");
  bytes.remove_prefix(std::min(end + (is_pair ? 2 : 1), bytes.size()));
  return line;
}

class IniReader {
 public:
  std::optional<IniError> read_line(std::string_view line);
  IniFile file;

 private:
  std::optional<IniError> begin_section(std::string_view name);
  std::optional<IniError> add_entry(std::string_view line);
  std::optional<IniError> continue_value(std::string_view text);
  [[nodiscard]] IniError error(std::string message) const { return {line_, std::move(message)}; }

  std::uint32_t line_ = 0;
  std::unordered_set<std::string> sections_;
  std::unordered_set<std::string> keys_;  // of the current section
};

std::optional<IniError> IniReader::read_line(std::string_view line) {
  ++line_;
  if (is_blank_or_comment(line)) return std::nullopt;  // A7a, A7b: does not end a value
  line = stripped_right(line);
  if (line[0] == '[') {
    const auto name = section_name(line);
    return name ? begin_section(*name) : continue_value(line);
  }
  if (white_space.find(line[0]) != npos) return continue_value(stripped(line));
  return add_entry(line);
}

std::optional<IniError> IniReader::begin_section(std::string_view name) {
  if (name.empty()) return error("empty section name");
  if (!sections_.emplace(name).second) return error(fmt::format("duplicate section '{}'", name));
  file.sections.push_back({std::string(name), line_, {}});
  keys_.clear();
  return std::nullopt;
}

std::optional<IniError> IniReader::add_entry(std::string_view line) {
  // A7c: a colon before the first equals sign is the separator.
  std::size_t separator = line.find('=');
  if (separator == npos || line.substr(0, separator).find(':') != npos) separator = line.find(':');
  if (separator == npos) return error(fmt::format("expected 'key = value' or '[section]', found '{}'", line));
  if (file.sections.empty()) return error("no section header before the first key");
  const std::string_view key = stripped(line.substr(0, separator));
  if (!keys_.emplace(key).second) return error(fmt::format("duplicate key '{}'", key));
  const std::string_view value = stripped(line.substr(separator + 1));
  file.sections.back().entries.push_back({std::string(key), std::string(value), line_});
  return std::nullopt;
}

std::optional<IniError> IniReader::continue_value(std::string_view text) {
  if (file.sections.empty() || file.sections.back().entries.empty()) {
    return error("a line that begins with white space continues a value, but there is none before it");
  }
  std::string& value = file.sections.back().entries.back().value;
  if (!value.empty()) value += '\n';
  value += text;
  return std::nullopt;
}

}  // namespace

const IniSection* IniFile::find(std::string_view name) const {
  const auto found = std::ranges::find(sections, name, &IniSection::name);
  return found == sections.end() ? nullptr : &*found;
}

Result<IniFile, IniError> parse_ini(std::string_view bytes) {
  IniReader reader;
  while (!bytes.empty()) {
    if (auto error = reader.read_line(take_line(bytes))) return *error;
  }
  return std::move(reader.file);
}

}  // namespace hasten
