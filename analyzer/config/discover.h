#pragma once

// Which files pytest would look at (spec B1-B3) and which Python files lie around them, without reading one.

#include <string>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

struct FoundFile {
  std::string path;      // absolute
  std::string relative;  // to the root directory, `/` separated; `../x` when it lies outside
  FileRole role{};  // test_module: matches python_files; conftest; test_support: other .py in a directory tree that
                    // pytest walks and that holds tests; first_party: other .py under the root directory
  std::uint64_t size = 0;
};

struct Discovery {
  std::vector<FoundFile> files;   // sorted by `relative`, no duplicates
  std::vector<Problem> problems;  // unreadable folders, symlink loops
};

/// Walks the configured paths (arguments, else testpaths when invoked in the root directory, else the invocation
/// directory) for tests, and the root directory for first-party code, leaving out what .gitignore, exclude patterns,
/// norecursedirs and virtual environments leave out. Directory links are followed once; loops end with a problem.
[[nodiscard]] Discovery discover(const Config& config);

}  // namespace hasten
