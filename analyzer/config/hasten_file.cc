#include "analyzer/config/hasten_file.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "analyzer/config/config_text.h"
#include "analyzer/config/entry_values.h"
#include "analyzer/config/paths.h"
#include "analyzer/config/rebase_pattern.h"
#include "analyzer/config/toml_file.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

constexpr auto known_keys = std::to_array<std::string_view>({
    "api",
    "decorator",
    "exclude",
    "extend-exclude",
    "extend-select",
    "ignore",
    "min-confidence",
    "output-format",
    "per-file-ignores",
    "plugins",
    "pytest-version",
    "respect-gitignore",
    "select",
});

/// `8`, `8.3.5`, `9.0.0rc1`.
bool is_version_number(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  const std::size_t end = text.find_first_not_of("0123456789.abcdevoprst+");
  return !text.empty() && digits.find(text.front()) != std::string_view::npos && end == std::string_view::npos;
}

/// Settings as one file or one `--config key = value` gives them; what is not given stays empty.
struct Given {
  std::optional<std::vector<std::string>> select, extend_select, ignore, exclude, extend_exclude;
  std::optional<std::vector<HastenConfig::PerFile>> per_file_ignores;
  std::optional<bool> respect_gitignore;
  std::optional<std::string> output_format;
  std::optional<Confidence> min_confidence;
  std::optional<Setting<std::string>> pytest_version;
  std::optional<Setting<std::vector<std::string>>> plugins;
  std::optional<HastenConfig::OwnKnowledge> knowledge;
};

class GivenReader {
 public:
  GivenReader(std::string path, std::vector<Problem>& problems) : path_(std::move(path)), problems_(problems) {}

  Given read(const TomlValue& table);

 private:
  void read_key(const TomlValue& value);
  std::optional<Confidence> confidence(const TomlValue& value);
  std::optional<Setting<std::string>> version(const TomlValue& value);
  std::optional<std::vector<std::string>> strings(const TomlValue& value);
  std::optional<std::vector<HastenConfig::PerFile>> per_file(const TomlValue& value);
  std::optional<bool> boolean(const TomlValue& value);
  std::optional<std::string> string(const TomlValue& value);
  void read_entries(const TomlValue& value);
  void wrong_type(const TomlValue& value, std::string_view expected);
  void unknown_key(const TomlValue& value);
  [[nodiscard]] Origin origin(const TomlValue& value) const {
    if (!path_.starts_with('/')) return {Origin::Kind::command_line, {}, 0};
    return {Origin::Kind::file, path_, value.line};
  }
  void report(const TomlValue& value, std::string message) {
    problems_.push_back({ProblemSeverity::error, path_, value.line, value.column, std::move(message)});
  }

  std::string path_;
  std::vector<Problem>& problems_;
  Given given_;
};

Given GivenReader::read(const TomlValue& table) {
  for (const TomlValue& value : table.children) read_key(value);
  return std::move(given_);
}

void GivenReader::read_key(const TomlValue& value) {
  const std::string_view key = value.key;
  if (key == "select") {
    given_.select = strings(value);
  } else if (key == "extend-select") {
    given_.extend_select = strings(value);
  } else if (key == "ignore") {
    given_.ignore = strings(value);
  } else if (key == "exclude") {
    given_.exclude = strings(value);
  } else if (key == "extend-exclude") {
    given_.extend_exclude = strings(value);
  } else if (key == "per-file-ignores") {
    given_.per_file_ignores = per_file(value);
  } else if (key == "respect-gitignore") {
    given_.respect_gitignore = boolean(value);
  } else if (key == "output-format") {
    given_.output_format = string(value);
  } else if (key == "min-confidence") {
    given_.min_confidence = confidence(value);
  } else if (key == "pytest-version") {
    given_.pytest_version = version(value);
  } else if (key == "plugins") {
    if (auto names = strings(value)) given_.plugins = {std::move(*names), origin(value)};
  } else if (key == "api" || key == "decorator") {
    read_entries(value);
  } else if (std::ranges::find(known_keys, key) == known_keys.end()) {
    unknown_key(value);
  }
}

std::optional<Confidence> GivenReader::confidence(const TomlValue& value) {
  const auto named = value.kind == TomlValue::Kind::string ? confidence_named(value.text) : std::nullopt;
  if (!named) wrong_type(value, "\"low\", \"medium\" or \"high\"");
  return named;
}

std::optional<Setting<std::string>> GivenReader::version(const TomlValue& value) {
  // A number would have lost the zero of 8.10.
  const bool is_version = value.kind == TomlValue::Kind::string && is_version_number(value.text);
  if (is_version) return Setting<std::string>{value.text, origin(value)};
  wrong_type(value, "a version such as \"8.4\"");
  return std::nullopt;
}

std::optional<std::vector<std::string>> GivenReader::strings(const TomlValue& value) {
  std::vector<std::string> out;
  const bool is_list =
      value.kind == TomlValue::Kind::array &&
      std::ranges::all_of(value.children, [](const TomlValue& child) { return child.kind == TomlValue::Kind::string; });
  if (!is_list) {
    wrong_type(value, "an array of strings");
    return std::nullopt;
  }
  for (const TomlValue& child : value.children) out.push_back(child.text);
  return out;
}

std::optional<std::vector<HastenConfig::PerFile>> GivenReader::per_file(const TomlValue& value) {
  if (value.kind != TomlValue::Kind::table) {
    wrong_type(value, "a table of patterns, each with an array of rules");
    return std::nullopt;
  }
  std::vector<HastenConfig::PerFile> out;
  for (const TomlValue& child : value.children) {
    if (auto rules = strings(child)) out.push_back({child.key, std::move(*rules)});
  }
  return out;
}

std::optional<bool> GivenReader::boolean(const TomlValue& value) {
  if (value.kind == TomlValue::Kind::boolean) return value.text == "True";
  wrong_type(value, "a boolean");
  return std::nullopt;
}

std::optional<std::string> GivenReader::string(const TomlValue& value) {
  if (value.kind == TomlValue::Kind::string) return value.text;
  wrong_type(value, "a string");
  return std::nullopt;
}

void GivenReader::read_entries(const TomlValue& value) {
  auto found = entries_of(value);
  if (!found) return report(value, fmt::format("'{0}' is no list of entries, expected [[tool.hasten.{0}]]", value.key));
  if (!given_.knowledge) given_.knowledge = HastenConfig::OwnKnowledge{{}, {path_}};
  std::ranges::move(*found, std::back_inserter(given_.knowledge->entries));
}

void GivenReader::wrong_type(const TomlValue& value, std::string_view expected) {
  std::string_view found = to_string(value.kind);
  if (value.kind == TomlValue::Kind::array) found = "an array with something else in it";
  report(value, fmt::format("'{}' is {}, expected {}", value.key, found, expected));
}

void GivenReader::unknown_key(const TomlValue& value) {
  const std::string_view nearest = nearest_word(value.key, known_keys);
  const std::string hint = nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest);
  report(value, fmt::format("unknown setting '{}'{}", value.key, hint));
}

struct FoundTable {
  std::string file;
  TomlValue table;
};

/// None when the file holds no settings of ours.
std::optional<FoundTable> read_table(const std::string& path, ProblemSeverity if_broken,
                                     std::vector<Problem>& problems) {
  auto document = read_config_toml(path, if_broken, problems);
  if (!document) return std::nullopt;
  if (base_name(path) != "pyproject.toml") return FoundTable{path, std::move(*document)};
  const TomlValue* table = document->find_path({"tool", "hasten"});
  if (table == nullptr) return std::nullopt;
  return FoundTable{path, *table};
}

std::optional<FoundTable> closest_table(std::string_view directory, std::vector<Problem>& problems) {
  struct Candidate {
    std::string_view name;
    ProblemSeverity if_broken;
  };
  // Whether a broken pyproject.toml was meant for us cannot be told.
  constexpr auto candidates = std::to_array<Candidate>({{".hasten.toml", ProblemSeverity::error},
                                                        {"hasten.toml", ProblemSeverity::error},
                                                        {"pyproject.toml", ProblemSeverity::warning}});
  while (true) {
    for (const Candidate& candidate : candidates) {
      const std::string path = join_path(directory, candidate.name);
      if (path_kind(path) != PathKind::file) continue;
      if (auto found = read_table(path, candidate.if_broken, problems)) return found;
    }
    if (directory == "/") return std::nullopt;
    directory = parent_path(directory);
  }
}

/// Patterns of one origin, turned to face the root directory.
std::vector<std::string> rebased(const std::vector<std::string>& patterns, std::string_view from,
                                 std::string_view root) {
  std::vector<std::string> out;
  for (const std::string& pattern : patterns) {
    if (auto turned = rebase_pattern(pattern, from, root)) out.push_back(std::move(*turned));
  }
  return out;
}

void apply(const Given& given, std::string_view from, std::string_view root, HastenConfig& config) {
  if (given.select) config.select = *given.select;
  if (given.extend_select) config.extend_select = *given.extend_select;
  if (given.ignore) config.ignore = *given.ignore;
  if (given.exclude) config.exclude = rebased(*given.exclude, from, root);
  if (given.extend_exclude) config.extend_exclude = rebased(*given.extend_exclude, from, root);
  if (given.respect_gitignore) config.respect_gitignore = *given.respect_gitignore;
  if (given.output_format) config.output_format = *given.output_format;
  if (given.min_confidence) config.min_confidence = *given.min_confidence;
  const auto seen_from_root = [&](Origin origin) {
    if (!origin.path.empty()) origin.path = relative_path(origin.path, root);
    return origin;
  };
  if (given.pytest_version) {
    config.pytest_version = {given.pytest_version->value, seen_from_root(given.pytest_version->origin)};
  }
  if (given.plugins) config.plugins = {given.plugins->value, seen_from_root(given.plugins->origin)};
  if (given.knowledge) {
    config.knowledge = *given.knowledge;
    for (std::string& file : config.knowledge.files) {
      if (file.starts_with('/')) file = relative_path(file, root);
    }
  }
  if (!given.per_file_ignores) return;
  config.per_file_ignores.clear();
  for (const HastenConfig::PerFile& one : *given.per_file_ignores) {
    if (auto turned = rebase_pattern(one.pattern, from, root)) {
      config.per_file_ignores.push_back({std::move(*turned), one.ignore});
    }
  }
}

/// The command line has the last word; what extends, extends.
void apply_command_line(const HastenSearch& search, HastenConfig& config) {
  const ConfigRequest& request = search.request;
  const auto append = [](std::vector<std::string>& to, const std::vector<std::string>& more) {
    to.insert(to.end(), more.begin(), more.end());
  };
  if (!request.select.empty()) config.select = request.select;
  if (!request.ignore.empty()) config.ignore = request.ignore;
  append(config.extend_select, request.extend_select);
  if (!request.exclude.empty()) config.exclude = rebased(request.exclude, search.working_directory, search.root);
  append(config.extend_exclude, rebased(request.extend_exclude, search.working_directory, search.root));
  if (request.respect_gitignore) config.respect_gitignore = *request.respect_gitignore;
  if (request.output_format) config.output_format = *request.output_format;
  if (request.min_confidence) {
    config.min_confidence = confidence_named(*request.min_confidence).value_or(config.min_confidence);
  }
  const Origin command_line{Origin::Kind::command_line, {}, 0};
  if (request.pytest_version) config.pytest_version = {*request.pytest_version, command_line};
  if (request.plugins.empty()) return;
  const bool is_none = request.plugins.size() == 1 && request.plugins[0] == "none";
  config.plugins = {is_none ? std::vector<std::string>() : request.plugins, command_line};
}

/// What --config names.
struct Named {
  std::optional<FoundTable> file;
  std::optional<TomlValue> settings;  // `key = value`
};

Result<Named, Problem> read_named(const std::string& given, const std::string& working_directory) {
  const std::string path = absolute_path(given, working_directory);
  if (path_kind(path) == PathKind::file) {
    std::vector<Problem> reasons;
    auto file = read_table(path, ProblemSeverity::error, reasons);
    if (file || reasons.empty()) return Named{std::move(file), {}};
    reasons[0].severity = ProblemSeverity::error;
    return reasons[0];
  }
  auto settings = parse_toml(given);
  if (settings && !settings->children.empty()) return Named{{}, std::move(*settings)};
  return Problem{ProblemSeverity::error, path, 0, 0, "--config is neither a file nor of the form 'key = value'"};
}

}  // namespace

Result<HastenConfig, Problem> read_hasten_config(const HastenSearch& search, std::vector<Problem>& problems) {
  HastenConfig config;
  config.exclude = default_exclude();
  if (const auto& version = search.request.pytest_version; version && !is_version_number(*version)) {
    return Problem{ProblemSeverity::error, "--pytest-version", 0, 0,
                   fmt::format("`{}` is no version, expected one such as 8.4", *version)};
  }
  Named named;
  if (search.request.config_file) {
    auto read = read_named(*search.request.config_file, search.working_directory);
    if (!read) return read.reason();
    named = std::move(*read);
  }
  const bool names_a_file = search.request.config_file && !named.settings;
  std::optional<FoundTable> found = std::move(named.file);
  if (!names_a_file && !search.request.isolated) found = closest_table(search.start, problems);
  if (found) {
    config.file = found->file;
    // The patterns of a file that the command line names face the working directory, as ruff's do.
    const std::string_view from = names_a_file ? std::string_view(search.working_directory) : parent_path(found->file);
    apply(GivenReader(found->file, problems).read(found->table), from, search.root, config);
  }
  if (named.settings) {
    apply(GivenReader("--config", problems).read(*named.settings), search.working_directory, search.root, config);
  }
  apply_command_line(search, config);
  return config;
}

std::vector<std::string> default_exclude() {
  return {".bzr",
          ".direnv",
          ".eggs",
          ".git",
          ".git-rewrite",
          ".hg",
          ".ipynb_checkpoints",
          ".nox",
          ".mypy_cache",
          ".pants.d",
          ".pyenv",
          ".pytest_cache",
          ".pytype",
          ".ruff_cache",
          ".svn",
          ".tox",
          ".venv",
          ".vscode",
          "__pycache__",
          "__pypackages__",
          "_build",
          "buck-out",
          "build",
          "dist",
          "node_modules",
          "site-packages",
          "venv"};
}

}  // namespace hasten
