#pragma once

// Which files pytest would look at (spec B1-B3) and which Python files lie around them, without reading one.
//
// pytest's own rules (norecursedirs, --ignore, python_files) decide what counts as a test; hasten's (exclude, ignore
// files, virtual environments, __pycache__) decide what is looked at at all. A path that was given is never left out.
// Every Python file below the root directory is listed; the caller decides which first-party ones it reads. A test
// module or conftest that this run does not reach is first-party code. Python files of more than 4 MiB are left out
// with a problem.

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

/// No Python file that people write comes near it (the largest of CPython's own tests has 1.5 MB). A syntax tree takes
/// 135 bytes per source byte, so this bounds what one worker needs to about half a gigabyte.
inline constexpr std::uint64_t largest_python = std::uint64_t{4} << 20;

struct FoundFile {
  std::string path;      // absolute
  std::string relative;  // to the root directory, `/` separated; `../x` when it lies outside
  FileRole role{};  // test_module: matches python_files, or was given as a path; conftest; test_support: other .py in a
                    // folder that pytest reaches and that is for tests: by its name (tests, test_x, x_tests), because
                    // at least half of its files are tests, or because it lies in such a folder; first_party: the rest
  std::uint64_t size = 0;
  bool is_left_out = false;  // first_party: a test module or conftest that this run does not reach
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
