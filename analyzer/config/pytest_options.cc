#include "analyzer/config/pytest_options.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "analyzer/config/paths.h"
#include "analyzer/config/shell_words.h"

namespace hasten {
namespace {

std::string_view stripped(std::string_view text) {
  constexpr std::string_view white_space = " \t\n\v\f\r";
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  return text.substr(0, text.find_last_not_of(white_space) + 1);
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = stripped(text.substr(0, end));
    if (!line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

enum class Truth : std::uint8_t { no, yes, neither };

Truth truth_of(std::string_view text) {
  std::string lower(stripped(text));
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr auto yes = std::to_array<std::string_view>({"1", "true", "yes", "y", "t", "on"});
  constexpr auto no = std::to_array<std::string_view>({"0", "false", "no", "n", "f", "off"});
  if (std::ranges::find(yes, lower) != yes.end()) return Truth::yes;
  return std::ranges::find(no, lower) != no.end() ? Truth::no : Truth::neither;
}

}  // namespace

PytestOptions::PytestOptions(const PytestSetup& setup, std::vector<Problem>& problems)
    : setup_(setup), problems_(problems) {
  for (const PytestOption& option : setup.section.options) entries_.push_back({option, setup.section.mode});
}

void PytestOptions::override_with(const std::vector<IniOverride>& overrides) {
  const Entry* addopts = find("addopts");
  const std::uint32_t line = addopts == nullptr ? 0 : addopts->option.line;
  for (const IniOverride& one : overrides) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.option.key == one.name; });
    PytestOption option{.key = one.name, .text = one.value, .list = {}, .line = line};
    entries_.push_back({std::move(option), ValueMode::ini});
  }
}

Setting<PytestOptions::Words> PytestOptions::words(std::string_view key, Words otherwise) {
  const Entry* entry = find(key);
  if (entry == nullptr) return {std::move(otherwise), {}};
  if (entry->option.kind == TomlValue::Kind::array || entry->mode == ValueMode::native) {
    return expect_list(*entry) ? Setting<Words>{entry->option.list, origin(*entry)}
                               : Setting<Words>{std::move(otherwise), {}};
  }
  auto split = split_shell_words(entry->option.text);
  if (split) return {std::move(*split), origin(*entry)};
  problems_.push_back({ProblemSeverity::warning, setup_.file, entry->option.line, 0,
                       fmt::format("'{}' cannot be split into words: {}", key, split.reason().message)});
  return {std::move(otherwise), {}};
}

Setting<PytestOptions::Words> PytestOptions::lines(std::string_view key) {
  const Entry* entry = find(key);
  if (entry == nullptr) return {};
  if (entry->option.kind == TomlValue::Kind::array || entry->mode == ValueMode::native) {
    return expect_list(*entry) ? Setting<Words>{entry->option.list, origin(*entry)} : Setting<Words>{};
  }
  return {split_lines(entry->option.text), origin(*entry)};
}

Setting<PytestOptions::Words> PytestOptions::paths(std::string_view key) {
  Setting<Words> setting = words(key, {});
  const std::string_view base = setup_.file.empty() ? std::string_view(setup_.root) : parent_path(setup_.file);
  for (std::string& path : setting.value) path = absolute_path(path, base);
  return setting;
}

Setting<bool> PytestOptions::boolean(std::string_view key, Setting<bool> otherwise) {
  const Entry* entry = find(key);
  if (entry == nullptr) return otherwise;
  const bool may_be_bool = entry->mode != ValueMode::native || entry->option.kind == TomlValue::Kind::boolean;
  const Truth truth = may_be_bool ? truth_of(entry->option.text) : Truth::neither;
  if (truth != Truth::neither) return {truth == Truth::yes, origin(*entry)};
  report(*entry, "a boolean");
  return otherwise;
}

Setting<std::string> PytestOptions::text(std::string_view key, std::string otherwise) {
  const Entry* entry = find(key);
  if (entry == nullptr) return {std::move(otherwise), {}};
  if (entry->option.kind == TomlValue::Kind::string) return {entry->option.text, origin(*entry)};
  const bool is_scalar = entry->option.kind != TomlValue::Kind::array && entry->option.kind != TomlValue::Kind::table;
  if (is_scalar && entry->mode != ValueMode::native) return {entry->option.text, origin(*entry)};
  report(*entry, "a string");
  return {std::move(otherwise), {}};
}

std::vector<PytestConfig::Option> PytestOptions::others() const {
  std::vector<PytestConfig::Option> out;
  for (const Entry& entry : entries_) {
    if (entry.was_read) continue;
    std::string value = entry.option.text;
    for (const std::string& element : entry.option.list) {
      if (!value.empty()) value += '\n';
      value += element;
    }
    out.push_back({entry.option.key, std::move(value), origin(entry)});
  }
  return out;
}

PytestOptions::Entry* PytestOptions::find(std::string_view key) {
  const auto found =
      std::ranges::find(entries_, key, [](const Entry& entry) { return std::string_view(entry.option.key); });
  if (found == entries_.end()) return nullptr;
  found->was_read = true;
  return &*found;
}

Origin PytestOptions::origin(const Entry& entry) const {
  return {Origin::Kind::file, relative_path(setup_.file, setup_.root), entry.option.line};
}

void PytestOptions::report(const Entry& entry, std::string_view expected) {
  const std::string found = entry.option.kind == TomlValue::Kind::string ? fmt::format("'{}'", entry.option.text)
                                                                         : std::string(to_string(entry.option.kind));
  problems_.push_back({ProblemSeverity::warning, setup_.file, entry.option.line, 0,
                       fmt::format("'{}' is {}, expected {}", entry.option.key, found, expected)});
}

bool PytestOptions::expect_list(const Entry& entry) {
  if (entry.option.kind == TomlValue::Kind::array && entry.option.is_list_of_strings) return true;
  report(entry, "an array of strings");
  return false;
}

}  // namespace hasten
