#include <algorithm>
#include <optional>

#include "analyzer/config/config_text.h"
#include "analyzer/config/ini_file.h"
#include "analyzer/config/paths.h"
#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The lines of values of one ini file, with the places they stand at.
class IniLines {
 public:
  IniLines(const std::string& path, Claims& claims) : path_(path) {
    const auto bytes = read_config_text(path, claims.problems);
    if (!bytes) return;
    auto ini = parse_ini(*bytes);
    if (!ini) {
      claims.report(path, ini.reason().line, ini.reason().message);
      return;
    }
    ini_ = std::move(*ini);
    std::string_view rest = *bytes;
    while (!rest.empty()) lines_.emplace_back(take_line(rest));
  }

  [[nodiscard]] const std::vector<IniSection>& sections() const { return ini_.sections; }

  /// Calls `use(line, origin)` for each line of the value.
  template <class Use>
  void for_each(const IniEntry& entry, const Use& use) const {
    std::uint32_t number = entry.line;
    std::string_view value = entry.value;
    while (!value.empty()) {
      const std::string_view line = take_line(value);
      if (line.empty()) continue;
      while (number < lines_.size() && lines_[number - 1].find(line) == npos) ++number;
      use(line, Origin{Origin::Kind::file, path_, number});
    }
  }

 private:
  const std::string& path_;
  IniFile ini_;
  std::vector<std::string> lines_;
};

struct FactorLine {
  std::string_view requirement;
  bool has_factor = false;
};

/// tox: `py{310,311}: pytest<8`.
FactorLine without_factor(std::string_view line) {
  const std::size_t colon = line.find(':');
  const bool has_factor = colon != npos && colon + 1 < line.size() && line[colon + 1] == ' ' &&
                          line.substr(0, colon).find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,{}! ") == npos;
  if (!has_factor) return {line, false};
  return {trimmed(line.substr(colon + 1)), true};
}

/// `-r{toxinidir}/test.txt`: the folder of tox.ini, from which such files are looked for anyway.
std::string without_own_folder(std::string_view line) {
  std::string text(line);
  for (const std::string_view variable : {"{toxinidir}", "{tox_root}"}) {
    const std::size_t at = text.find(variable);
    if (at != npos) text.replace(at, variable.size(), ".");
  }
  return text;
}

}  // namespace

void read_setup_cfg(const std::string& path, Claims& claims) {
  const IniLines lines(path, claims);
  for (const IniSection& section : lines.sections()) {
    for (const IniEntry& entry : section.entries) {
      const bool is_requirement =
          section.name == "options.extras_require" ||
          (section.name == "options" && (entry.key == "install_requires" || entry.key == "tests_require"));
      if (!is_requirement) continue;
      lines.for_each(entry,
                     [&](std::string_view line, const Origin& origin) { add_requirement(line, origin, claims); });
    }
  }
}

void read_tox_ini(const std::string& path, Claims& claims) {
  const IniLines lines(path, claims);
  RequirementsText included(claims);
  for (const IniSection& section : lines.sections()) {
    if (section.name != "testenv" && !section.name.starts_with("testenv:")) continue;
    const auto deps = std::ranges::find(section.entries, "deps", &IniEntry::key);
    if (deps == section.entries.end()) continue;
    lines.for_each(*deps, [&](std::string_view line, const Origin& origin) {
      const FactorLine factored = without_factor(line);
      const std::size_t before = claims.rows.size();
      included.read_line_of(without_own_folder(factored.requirement), origin);
      for (std::size_t i = before; i < claims.rows.size(); ++i) {
        claims.rows[i].is_conditional |= factored.has_factor || section.name != "testenv";
      }
    });
  }
}

}  // namespace hasten
