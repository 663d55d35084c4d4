#pragma once

// What the user asked for and what pytest's own configuration says, each value with the place it came from. Only reads
// files; knows nothing of Python code.
//
// A single directory given as path plays the part of pytest's invocation directory: `hasten check some/project` means
// `cd some/project && pytest`. In all other cases the working directory is that, and paths are pytest's arguments.
// PYTEST_ADDOPTS is not read: what is said about a project must not depend on the shell it is said in. Relative paths
// in addopts are seen from the root directory, where such a line is written to be used.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/model/entry.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"

namespace hasten {

/// Where a value was set: file and line, or the command line, or built in.
struct Origin {
  enum class Kind : std::uint8_t { default_value, file, command_line, environment };
  Kind kind = Kind::default_value;
  std::string path;        // relative to the root directory
  std::uint32_t line = 0;  // one-based
};

template <class Value>
struct Setting {
  Value value;
  Origin origin;
};

enum class ImportMode : std::uint8_t { prepend, append, importlib };

/// pytest's configuration for one run (spec A). Paths are absolute and normalised.
struct PytestConfig {
  std::string root;  // rootdir (A2)
  std::string file;  // the configuration file; empty when there is none
  Setting<std::vector<std::string>> addopts;
  Setting<std::vector<std::string>> testpaths;  // as written
  Setting<std::vector<std::string>> python_files;
  Setting<std::vector<std::string>> python_classes;
  Setting<std::vector<std::string>> python_functions;
  Setting<std::vector<std::string>> norecursedirs;
  Setting<std::vector<std::string>> usefixtures;
  Setting<std::vector<std::string>> pythonpath;
  Setting<std::vector<std::string>> markers;
  Setting<bool> collect_imported_tests;
  Setting<std::string> asyncio_mode;         // strict or auto
  std::vector<std::string> ignore;           // --ignore, --ignore-glob, from addopts
  std::vector<std::string> ignore_glob;      // fnmatch patterns of absolute paths
  std::vector<std::string> arguments;        // positional paths in addopts; they take the place of testpaths (A6)
  std::vector<std::string> plugins;          // -p NAME
  std::vector<std::string> blocked_plugins;  // -p no:NAME
  ImportMode import_mode = ImportMode::prepend;
  bool doctest_modules = false;
  /// Every other key of the pytest section, as written.
  struct Option {
    std::string key;
    std::string value;  // lists joined by newlines
    Origin origin;
  };
  std::vector<Option> others;
};

/// `[tool.hasten]` or hasten.toml, with the command line on top.
struct HastenConfig {
  std::vector<std::string> select;  // code prefixes, names or ALL; empty: every rule
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;  // gitignore-style patterns; those with a slash face the root directory
  std::vector<std::string> extend_exclude;
  struct PerFile {
    std::string pattern;  // as in exclude; see IgnoreList::ignores
    std::vector<std::string> ignore;
  };
  std::vector<PerFile> per_file_ignores;
  bool respect_gitignore = true;
  std::string output_format = "full";
  Confidence min_confidence = Confidence::medium;  // findings of lower confidence are not shown
  Setting<std::string> pytest_version;             // "8.3"; empty: what the project's files say
  /// Distributions, any spelling. Not given: what the project's files say.
  Setting<std::optional<std::vector<std::string>>> plugins;
  /// [[tool.hasten.api]] and [[tool.hasten.decorator]], not judged yet.
  struct OwnKnowledge {
    std::vector<facts::Entry> entries;
    std::vector<std::string> files;  // by Where::file, relative to the root directory
  };
  OwnKnowledge knowledge;
  std::string file;  // where it was read from; empty when there is none
};

struct Config {
  PytestConfig pytest;
  HastenConfig hasten;
  std::vector<std::string> paths;  // what to analyse, absolute; the invocation directory when none was given
  std::size_t workers = 0;         // 0: one per processor
};

/// What the command line gave; everything that was not given is empty.
struct ConfigRequest {
  std::vector<std::string> paths;
  std::optional<std::string> config_file;  // --config
  bool isolated = false;                   // ignore every hasten configuration file
  std::vector<std::string> select, extend_select, ignore, exclude, extend_exclude;
  std::optional<bool> respect_gitignore;
  std::optional<std::string> output_format;
  std::optional<std::string> min_confidence;
  std::optional<std::string> pytest_version;
  std::vector<std::string> plugins;               // `none` alone: none
  std::optional<std::string> pytest_config_file;  // pytest's -c
  std::optional<std::string> root_dir;            // pytest's --rootdir
  std::size_t workers = 0;
};

/// Finds and reads both configurations. Broken files give problems (with line) and are then treated as absent; only a
/// path that does not exist or an unusable --config makes the whole call fail.
[[nodiscard]] Result<Config, Problem> load_config(const ConfigRequest& request, std::vector<Problem>& problems);

}  // namespace hasten
