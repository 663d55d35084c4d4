#pragma once

// hasten's own settings: which file holds them and what they say (ruff's words and search order). One file per run:
// the closest of .hasten.toml, hasten.toml and a pyproject.toml with [tool.hasten]; files are not merged.

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/config/config.h"

namespace hasten {

/// Everything the command line says about hasten's own settings.
struct HastenSearch {
  const ConfigRequest& request;
  std::string working_directory;
  std::string start;  // directory of the first path
  std::string root;   // pytest's root directory: what patterns are made relative to
};

/// Unknown keys, wrong types and broken files are problems of severity error, with the absolute path; only a --config
/// that is neither a file nor `key = value` fails. Patterns come back relative to `search.root`.
[[nodiscard]] Result<HastenConfig, Problem> read_hasten_config(const HastenSearch& search,
                                                               std::vector<Problem>& problems);

/// What is left out unless `exclude` is set: what ruff leaves out.
[[nodiscard]] std::vector<std::string> default_exclude();

}  // namespace hasten
