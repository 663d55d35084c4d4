#pragma once

// Where a suite makes tests in a way that cannot be read off the code: said, so that nothing is silently missing.

#include <optional>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/collection.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

class UncertainPlaces {
 public:
  /// `tables` takes the names of bases and classes.
  UncertainPlaces(ProjectTables& tables, const Literals& literals) : tables_(tables), literals_(literals) {}

  /// Of all modules and classes that were collected.
  [[nodiscard]] std::vector<UncertainTests> of(const Collection& collection);
  /// Why a module or class may have more tests than those that are collected, if it may: names are made while it is
  /// imported, a base is computed or lies outside the project, `setattr` or a metaclass of the project writes to it.
  [[nodiscard]] std::optional<SetUpDoubt> doubt_about(const Collector& collector);

 private:
  /// Calls of one file that make what is written nowhere.
  struct Makers {
    std::vector<ExprId> of_module;
    std::unordered_map<ClassRef, ExprId> classes;
  };
  const Makers& makers_in(FileId file);
  [[nodiscard]] Place maker_of(const Collector& collector);

  ProjectTables& tables_;
  const Literals& literals_;
  std::unordered_map<FileId, Makers> makers_;
};

}  // namespace hasten
