#pragma once

// Which file configures pytest, and which directory is the root (A1-A4). Follows pytest 9, including the files it reads
// natively and the fall-back to a pyproject.toml without a pytest table (8.1).

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/config/toml_file.h"
#include "analyzer/model/problem.h"

namespace hasten {

/// How a value is to be read (A8).
enum class ValueMode : std::uint8_t {
  ini,          // text, split by the option's type
  ini_options,  // the same, but a list needs no splitting
  native,       // TOML types, exactly
};

/// One key of the pytest section, as written.
struct PytestOption {
  std::string key;
  TomlValue::Kind kind = TomlValue::Kind::string;
  std::string text;               // everything but a list
  std::vector<std::string> list;  // a list; its elements as text
  bool is_list_of_strings = false;
  std::uint32_t line = 0;
};

struct PytestSection {
  ValueMode mode = ValueMode::ini;
  std::vector<PytestOption> options;  // in file order
};

/// What decides: the invocation directory, the path arguments, -c and --rootdir. Paths are absolute.
struct PytestSearch {
  std::string invocation;
  std::vector<std::string> arguments;
  std::optional<std::string> config_file;
  std::optional<std::string> root_dir;
};

struct PytestSetup {
  std::string root;
  std::string file;  // empty when there is none
  PytestSection section;
};

/// A file that cannot be parsed is a problem (with its absolute path) and configures nothing; only a missing -c file
/// or --rootdir directory fails.
[[nodiscard]] Result<PytestSetup, Problem> find_pytest_setup(const PytestSearch& search,
                                                             std::vector<Problem>& problems);

}  // namespace hasten
