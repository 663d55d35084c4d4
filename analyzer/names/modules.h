#pragma once

// Which file an import leads to. Roots are what pytest puts on sys.path: rootdir-side `pythonpath`, the first directory
// above each test file without an __init__.py (A13), the invocation directory's `src` and the root directory itself.
// The standard library and pytest are never the project's, whatever its files are called.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/project.h"

namespace hasten {

class Modules {
 public:
  /// Files must be in path order and final; `roots` are directories relative to the root directory: "" is the root,
  /// ".." its parent, as for a root directory that is itself a package. `root` is its absolute path: it gives the
  /// names of directories above the files; without it such names cannot be known.
  Modules(const Table<FileTag, File>& files, const std::vector<std::string>& roots, std::string_view root = {});

  /// The file that `import dotted` from `importer` runs last; none when it is not part of the project. For a package it
  /// is its __init__.py. Nearer to the importer wins when two roots hold the same name.
  [[nodiscard]] FileId find(std::string_view dotted, FileId importer) const;

  /// Is `dotted` a folder without __init__.py in which modules of the project can be found (a namespace package)?
  [[nodiscard]] bool is_namespace(std::string_view dotted, FileId importer) const;

  /// Absolute dotted name of `from {level dots}module import` in `importer`; empty when it leaves the package.
  [[nodiscard]] std::string absolute(FileId importer, std::uint8_t level, std::string_view module) const;

  /// The name under which the file is imported; empty when it has none.
  [[nodiscard]] std::string_view name_of(FileId file) const { return names_[file.index()]; }

 private:
  /// What a first component can mean: a module, a package or a folder.
  struct Top {
    std::string path;  // without `.py` and `/__init__.py`
    FileId file;       // none for a folder
  };

  void add_root(const std::string& root);
  void collect_tops();
  void name_files();
  [[nodiscard]] FileId regular(std::string path) const;
  /// `rest` (dotted, may be empty) below the nearest meaning of a first component that holds it.
  [[nodiscard]] FileId nearest(std::string_view top, std::string_view rest, FileId importer) const;
  [[nodiscard]] FileId held_by(const Top& top, std::string_view rest) const;

  std::vector<std::string> paths_;  // by file: absolute, or below an invented root
  std::vector<std::string> names_;  // by file
  std::unordered_map<std::string, FileId> by_path_;
  struct Folder {
    bool is_root = false;
    bool is_package = false;
  };
  std::unordered_map<std::string, Folder> folders_;
  std::unordered_map<std::string, std::vector<Top>> tops_;  // sorted by path
};

/// The roots of a project, nearest to the root directory first. Looks at the file system only for an __init__.py in
/// the root directory and above it, to find out where a package begins that the root directory is a part of.
[[nodiscard]] std::vector<std::string> import_roots(const Table<FileTag, File>& files, const PytestConfig& config,
                                                    std::string_view root);

/// Fills File::module.
void name_modules(ProjectTables& tables, const Modules& modules);

}  // namespace hasten
