#pragma once

// Reading a configuration file; what is wrong with it becomes a problem with its absolute path.

#include <optional>
#include <string>
#include <vector>

#include "analyzer/config/toml_file.h"
#include "analyzer/model/problem.h"

namespace hasten {

/// Files of more than 16 MiB are refused: no configuration is that long.
[[nodiscard]] std::optional<std::string> read_config_text(const std::string& path, std::vector<Problem>& problems);

[[nodiscard]] std::optional<TomlValue> read_config_toml(const std::string& path, ProblemSeverity if_broken,
                                                        std::vector<Problem>& problems);

}  // namespace hasten
