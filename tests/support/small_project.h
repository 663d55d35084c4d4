#pragma once

// A project out of a few texts, lowered for real: what linking's tests start from.

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/lower/lower.h"
#include "analyzer/model/project.h"
#include "analyzer/names/modules.h"
#include "analyzer/names/names.h"
#include "analyzer/syntax/parser.h"

namespace hasten::testing {

struct SmallFile {
  std::string path;
  std::string text;
};

/// Roles as discovery gives them for the default `python_files`.
inline FileRole role_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name == "conftest.py") return FileRole::conftest;
  if (name.starts_with("test_") || name.ends_with("_test.py")) return FileRole::test_module;
  return path.find("test") != std::string_view::npos ? FileRole::test_support : FileRole::first_party;
}

class SmallProject {
 public:
  SmallProject(std::vector<SmallFile> files, PytestConfig settings) : config(std::move(settings)) {
    std::ranges::sort(files, {}, &SmallFile::path);
    Parser parser;
    for (SmallFile& file : files) {
      FileModel model = lower(file.text, parser);
      tables.files.add({role_of(file.path), {}, Source(file.path, std::move(file.text)), std::move(model)});
    }
    tables.root = "/project";
    modules = std::make_unique<Modules>(tables.files, import_roots(tables.files, config, tables.root), tables.root);
    name_modules(tables, *modules);
    names = std::make_unique<Names>(tables, *modules);
  }

  SmallProject(const SmallProject&) = delete;
  SmallProject& operator=(const SmallProject&) = delete;

  [[nodiscard]] FileId file(std::string_view path) const {
    for (FileId id : tables.files.ids()) {
      if (tables.files[id].source.path() == path) return id;
    }
    return {};
  }
  [[nodiscard]] const FileModel& model(std::string_view path) const { return tables.files[file(path)].model; }

  PytestConfig config;
  ProjectTables tables;
  std::unique_ptr<Modules> modules;
  std::unique_ptr<Names> names;
};

inline PytestConfig default_config() {
  PytestConfig config;
  config.collect_imported_tests.value = true;
  return config;
}

inline SmallProject small_project(std::vector<SmallFile> files, PytestConfig config = default_config()) {
  return {std::move(files), std::move(config)};
}

}  // namespace hasten::testing
