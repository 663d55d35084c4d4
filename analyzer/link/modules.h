#pragma once

// Which file an import leads to. Roots are what pytest puts on sys.path: rootdir-side `pythonpath`, the first directory
// above each test file without an __init__.py (A13), the invocation directory's `src` and the root directory itself.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

class Modules {
 public:
  /// Files must be in path order and final; `roots` are directories relative to the root directory ("" is the root).
  Modules(const Table<FileTag, File>& files, std::vector<std::string> roots);

  /// The file that `import dotted` from `importer` runs last; none when it is not part of the project. For a package it
  /// is its __init__.py. Nearer to the importer wins when two roots hold the same name.
  [[nodiscard]] FileId find(std::string_view dotted, FileId importer) const;

  /// Absolute dotted name of `from {level dots}module import` in `importer`; empty when it leaves the package.
  [[nodiscard]] std::string absolute(FileId importer, std::uint8_t level, std::string_view module) const;

  /// The name under which the file is imported; empty when it has none.
  [[nodiscard]] std::string_view name_of(FileId file) const;

 private:
  const Table<FileTag, File>& files_;
  std::vector<std::string> roots_;
  std::unordered_map<std::string, std::vector<FileId>> by_name_;
  std::vector<std::string> names_;  // by file
};

}  // namespace hasten
