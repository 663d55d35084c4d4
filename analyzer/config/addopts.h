#pragma once

// What the words of `addopts` say about collection, read by the option rules of pytest and of the plugins that people
// use (A6, A12-A15).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/config/pytest_options.h"

namespace hasten {

struct Addopts {
  std::vector<std::string> ignore;  // as written, as all paths here
  std::vector<std::string> ignore_glob;
  std::vector<std::string> plugins;
  std::vector<std::string> blocked_plugins;
  std::vector<std::string> positional;  // cut at `::`
  std::vector<IniOverride> overrides;
  std::optional<ImportMode> import_mode;
  std::optional<std::string> asyncio_mode;
  bool doctest_modules = false;
  bool pyargs = false;                // positional words may be module names
  std::vector<std::string> mistakes;  // one sentence each
};

/// The word behind an option that nobody here knows is taken for its value, not for a path: a wrong path would hide
/// the whole suite.
[[nodiscard]] Addopts parse_addopts(const std::vector<std::string>& words);

/// Whether an option (`--cov`, `-n`) takes the next word, may not, or is not known.
enum class OptionArity : std::uint8_t { flag, takes_value, unknown };
[[nodiscard]] OptionArity arity_of(std::string_view option);

}  // namespace hasten
