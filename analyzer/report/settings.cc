#include "analyzer/report/settings.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

std::string place_of(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::default_value: return "default";
    case Origin::Kind::command_line: return "command line";
    case Origin::Kind::environment: return "environment";
    case Origin::Kind::file: break;
  }
  return origin.line == 0 ? display_text(origin.path) : fmt::format("{}:{}", display_text(origin.path), origin.line);
}

class SettingsText {
 public:
  void add(std::string_view name, std::string_view value, std::string_view place = {}) {
    const std::string shown = value.empty() ? "-" : display_text(value);
    out_ += place.empty() ? fmt::format("{}: {}\n", name, shown) : fmt::format("{}: {} ({})\n", name, shown, place);
  }
  void add(std::string_view name, const std::vector<std::string>& words) { add(name, joined(words)); }
  void add(std::string_view name, const Setting<std::vector<std::string>>& setting) {
    add(name, joined(setting.value), place_of(setting.origin));
  }
  [[nodiscard]] std::string text() && { return std::move(out_); }

 private:
  static std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

  std::string out_;
};

void add_environment(const SettingsInput& input, SettingsText& text) {
  const Setting<std::string>& version = input.environment.pytest_version;
  version.value.empty() ? text.add("pytest-version", "the newest that is known", "default")
                        : text.add("pytest-version", version.value, place_of(version.origin));
  text.add("other plugins", input.environment.is_complete ? "none" : "those that the project imports");
  for (const InstalledDistribution& one : input.environment.distributions) {
    const bool is_plugin = one.name.starts_with("pytest-") || std::ranges::binary_search(input.known_plugins, one.name);
    if (!is_plugin) continue;
    text.add("plugin", one.versions.empty() ? one.name : one.name + " " + one.versions, place_of(one.origin));
  }
}

void add_pytest(const PytestConfig& pytest, SettingsText& text) {
  text.add("root", pytest.root);
  text.add("pytest configuration", pytest.file);
  text.add("addopts", pytest.addopts);
  text.add("testpaths", pytest.testpaths);
  text.add("python_files", pytest.python_files);
  text.add("python_classes", pytest.python_classes);
  text.add("python_functions", pytest.python_functions);
  text.add("norecursedirs", pytest.norecursedirs);
  text.add("usefixtures", pytest.usefixtures);
  text.add("pythonpath", pytest.pythonpath);
}

void add_hasten(const HastenConfig& hasten, SettingsText& text) {
  text.add("hasten configuration", hasten.file);
  text.add("select", hasten.select.empty() ? std::vector<std::string>{"ALL"} : hasten.select);
  text.add("extend-select", hasten.extend_select);
  text.add("ignore", hasten.ignore);
  text.add("exclude", hasten.exclude);
  text.add("extend-exclude", hasten.extend_exclude);
  text.add("respect-gitignore", hasten.respect_gitignore ? "true" : "false");
  text.add("min-confidence", to_string(hasten.min_confidence));
  text.add("output-format", hasten.output_format);
}

}  // namespace

std::string report_settings(const SettingsInput& input) {
  SettingsText text;
  add_pytest(input.config.pytest, text);
  add_environment(input, text);
  add_hasten(input.config.hasten, text);
  return std::move(text).text();
}

}  // namespace hasten
