#pragma once

// Where pytest would begin to collect: the path arguments, else those in addopts, else testpaths, else the invocation
// directory (A6, A9).

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"

namespace hasten {

struct TestArguments {
  std::vector<std::string> directories;  // absolute, sorted, no duplicates
  std::vector<std::string> files;        // the same
  bool were_given = true;                // by the user as paths: nothing leaves them out, not even `exclude`
};

/// Testpaths that match nothing are a problem, then the invocation directory counts.
[[nodiscard]] TestArguments test_arguments(const Config& config, std::vector<Problem>& problems);

/// Python's glob.glob(pattern, root_dir=directory, recursive=True): absolute paths, sorted. Hidden names only match a
/// pattern that begins with a dot; `**` does not follow links and, at the end, stands for directories only.
[[nodiscard]] std::vector<std::string> expand_glob(const std::string& directory, std::string_view pattern);

}  // namespace hasten
