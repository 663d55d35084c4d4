#pragma once

// What conftests leave out with literal collect_ignore and collect_ignore_glob lists (B2). A conftest in a folder that
// is left out is never loaded.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/values/literals.h"

namespace hasten {

class IgnoredFiles {
 public:
  explicit IgnoredFiles(const Literals& literals);
  [[nodiscard]] bool contains(FileId file) const { return ignored_[file.index()] != 0; }

 private:
  struct Rules {
    bool has_names = false, has_globs = false;
    std::vector<std::string> names;  // paths relative to the root directory
    std::vector<std::string> globs;
  };
  void read(const Literals& literals, FileId conftest);
  static std::vector<std::string_view> entries(const Literals& literals, FileId file, std::string_view variable);
  [[nodiscard]] bool is_ignored(std::string_view path) const;

  std::unordered_map<std::string, Rules> rules_;  // by folder of the conftest
  std::vector<std::uint8_t> ignored_;             // by file
};

}  // namespace hasten
