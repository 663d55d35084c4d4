#pragma once

// `python_classes`, `python_functions` and collect_ignore_glob: prefixes and fnmatch patterns.

#include <string>
#include <string_view>
#include <vector>

namespace hasten {

/// fnmatch.fnmatchcase over bytes: `*`, `?`, `[seq]`, `[!seq]`; `*` crosses slashes.
[[nodiscard]] bool fnmatches(std::string_view pattern, std::string_view text);

/// Does a name have one of the prefixes or match one of the globs? `standard` stands for an empty list.
[[nodiscard]] bool matches_any(const std::vector<std::string>& options, std::string_view name,
                               std::string_view standard);

}  // namespace hasten
