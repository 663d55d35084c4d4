#include "analyzer/config/pytest_file.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/config/config_text.h"
#include "analyzer/config/ini_file.h"
#include "analyzer/config/paths.h"

namespace hasten {
namespace {

/// A1: tested in this order in each directory.
constexpr auto candidates = std::to_array<std::string_view>(
    {"pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"});

PytestOption option_of(const TomlValue& value) {
  PytestOption option{.key = value.key, .kind = value.kind, .text = value.text, .list = {}, .line = value.line};
  if (value.kind != TomlValue::Kind::array) return option;
  for (const TomlValue& child : value.children) option.list.push_back(child.text);
  option.is_list_of_strings =
      std::ranges::all_of(value.children, [](const TomlValue& child) { return child.kind == TomlValue::Kind::string; });
  return option;
}

PytestSection section_of(const TomlValue& table, ValueMode mode) {
  PytestSection section{mode, {}};
  for (const TomlValue& child : table.children) {
    if (mode == ValueMode::native && child.key == "ini_options") continue;
    section.options.push_back(option_of(child));
  }
  return section;
}

PytestSection section_of(const IniSection& ini) {
  PytestSection section{ValueMode::ini, {}};
  for (const IniEntry& entry : ini.entries) {
    section.options.push_back({.key = entry.key, .text = entry.value, .list = {}, .line = entry.line});
  }
  return section;
}

/// Reads one candidate; none when it does not count as configuration.
class SectionReader {
 public:
  SectionReader(std::string path, std::vector<Problem>& problems) : path_(std::move(path)), problems_(problems) {}

  std::optional<PytestSection> read() {
    const std::string_view name = base_name(path_);
    if (name.ends_with(".toml")) return read_toml(name);
    if (name.ends_with(".cfg")) return read_setup_cfg();
    return read_ini(name);
  }

 private:
  std::optional<PytestSection> read_ini(std::string_view name);
  std::optional<PytestSection> read_setup_cfg();
  std::optional<PytestSection> read_toml(std::string_view name);
  std::optional<PytestSection> read_pyproject(const TomlValue& document);
  std::optional<IniFile> parsed_ini();
  void report(std::uint32_t line, std::string message) {
    problems_.push_back({ProblemSeverity::warning, path_, line, 0, std::move(message)});
  }

  std::string path_;
  std::vector<Problem>& problems_;
};

std::optional<IniFile> SectionReader::parsed_ini() {
  const auto bytes = read_config_text(path_, problems_);
  if (!bytes) return std::nullopt;
  auto ini = parse_ini(*bytes);
  if (ini) return std::move(*ini);
  report(ini.reason().line, ini.reason().message);
  return std::nullopt;
}

std::optional<PytestSection> SectionReader::read_ini(std::string_view name) {
  const auto ini = parsed_ini();
  const IniSection* section = ini ? ini->find("pytest") : nullptr;
  if (section != nullptr) return section_of(*section);
  // These two mark the root directory whatever they hold, so a broken one still does.
  if (name == "pytest.ini" || name == ".pytest.ini") return PytestSection();
  return std::nullopt;
}

std::optional<PytestSection> SectionReader::read_setup_cfg() {
  const auto ini = parsed_ini();
  if (!ini) return std::nullopt;
  if (const IniSection* section = ini->find("tool:pytest")) return section_of(*section);
  if (const IniSection* section = ini->find("pytest")) {
    report(section->line, "pytest refuses a [pytest] section in setup.cfg, expected [tool:pytest]");
  }
  return std::nullopt;
}

std::optional<PytestSection> SectionReader::read_toml(std::string_view name) {
  const bool is_pytest_toml = name == "pytest.toml" || name == ".pytest.toml";
  const auto document = read_config_toml(path_, ProblemSeverity::warning, problems_);
  if (!document) return is_pytest_toml ? std::optional(PytestSection{ValueMode::native, {}}) : std::nullopt;
  if (!is_pytest_toml) return read_pyproject(*document);
  for (const TomlValue& child : document->children) {
    if (child.key == "pytest") continue;
    report(child.line, fmt::format("'{}' stands outside of the table [pytest] and has no effect", child.key));
  }
  const TomlValue* table = document->find("pytest");
  return table == nullptr ? PytestSection{ValueMode::native, {}} : section_of(*table, ValueMode::native);
}

std::optional<PytestSection> SectionReader::read_pyproject(const TomlValue& document) {
  const TomlValue* pytest = document.find_path({"tool", "pytest"});
  if (pytest == nullptr) return std::nullopt;
  const TomlValue* ini_options = pytest->find("ini_options");
  const bool has_native_options = pytest->children.size() > (ini_options == nullptr ? 0U : 1U);
  if (has_native_options && ini_options != nullptr && !ini_options->children.empty()) {
    report(pytest->line, "pytest refuses [tool.pytest] beside [tool.pytest.ini_options], expected one of them");
    return section_of(*ini_options, ValueMode::ini_options);
  }
  if (has_native_options) return section_of(*pytest, ValueMode::native);
  if (ini_options == nullptr) return std::nullopt;
  return section_of(*ini_options, ValueMode::ini_options);
}

struct Located {
  std::string file;
  PytestSection section;
};

/// A2.3 and A2.4: upwards from each start; the first file that counts, else the first pyproject.toml met.
std::optional<Located> locate(const std::vector<std::string>& starts, std::vector<Problem>& problems) {
  std::string first_pyproject;
  for (const std::string& start : starts) {
    std::string_view directory = start;
    while (true) {
      for (std::string_view candidate : candidates) {
        const std::string path = join_path(directory, candidate);
        if (path_kind(path) != PathKind::file) continue;
        if (candidate == "pyproject.toml" && first_pyproject.empty()) first_pyproject = path;
        if (auto section = SectionReader(path, problems).read()) return Located{path, std::move(*section)};
      }
      if (directory == "/") break;
      directory = parent_path(directory);
    }
  }
  if (first_pyproject.empty()) return std::nullopt;
  return Located{std::move(first_pyproject), {}};
}

std::optional<std::string> directory_of_setup_py(std::string_view directory) {
  while (true) {
    if (path_kind(join_path(directory, "setup.py")) == PathKind::file) return std::string(directory);
    if (directory == "/") return std::nullopt;
    directory = parent_path(directory);
  }
}

std::vector<std::string> directories_of(const std::vector<std::string>& arguments) {
  std::vector<std::string> directories;
  for (const std::string& argument : arguments) {
    const PathKind kind = path_kind(argument);
    if (kind == PathKind::missing) continue;
    directories.push_back(kind == PathKind::directory ? argument : std::string(parent_path(argument)));
  }
  return directories;
}

std::string ancestor_of(const std::vector<std::string>& directories, const std::string& otherwise) {
  if (directories.empty()) return otherwise;
  std::string ancestor = directories[0];
  for (const std::string& directory : directories) ancestor = common_ancestor(ancestor, directory);
  return ancestor;
}

/// A2.
PytestSetup search_setup(const PytestSearch& search, std::vector<Problem>& problems) {
  const auto found = [](Located located) {
    std::string root(parent_path(located.file));
    return PytestSetup{std::move(root), std::move(located.file), std::move(located.section)};
  };
  const std::vector<std::string> directories = directories_of(search.arguments);
  const std::string ancestor = ancestor_of(directories, search.invocation);
  if (auto located = locate({ancestor}, problems)) return found(std::move(*located));
  if (auto root = directory_of_setup_py(ancestor)) return {std::move(*root), "", {}};
  if (auto located = locate(directories, problems)) return found(std::move(*located));
  const std::string shared = common_ancestor(search.invocation, ancestor);
  return {shared == "/" ? ancestor : shared, "", {}};
}

Problem unusable(const std::string& path, std::string message) {
  return {ProblemSeverity::error, path, 0, 0, std::move(message)};
}

}  // namespace

Result<PytestSetup, Problem> find_pytest_setup(const PytestSearch& search, std::vector<Problem>& problems) {
  PytestSetup setup;
  if (search.config_file) {
    // A3: this file only, whatever it is called.
    if (path_kind(*search.config_file) != PathKind::file) {
      return unusable(*search.config_file, "pytest's configuration file (-c) is not a file");
    }
    setup.root = parent_path(*search.config_file);
    setup.file = *search.config_file;
    if (auto section = SectionReader(*search.config_file, problems).read()) setup.section = std::move(*section);
  } else {
    setup = search_setup(search, problems);
  }
  if (!search.root_dir) return setup;
  if (path_kind(*search.root_dir) != PathKind::directory) {
    return unusable(*search.root_dir, "the root directory (--rootdir) is not a directory");
  }
  setup.root = *search.root_dir;
  return setup;
}

}  // namespace hasten
