#pragma once

// `registry = Registry()` at the top of a module, and no other Registry anywhere in the project: what its methods
// change in `self` is the module's state, as a global variable is.

#include <unordered_map>

#include "analyzer/model/project.h"
#include "analyzer/values/code_index.h"
#include "analyzer/values/values.h"

namespace hasten {

class Singletons {
 public:
  Singletons(ProjectTables& tables, Values& values, CodeIndex& index)
      : tables_(tables), values_(values), index_(index) {}

  /// The name that a module keeps the only object of the class under: `shop.registry.registry`. None when there are
  /// several objects, or subclasses, or when something other than the module of the class makes it.
  [[nodiscard]] NameId of(ClassRef class_);

 private:
  [[nodiscard]] NameId find(ClassRef class_);

  ProjectTables& tables_;
  Values& values_;
  CodeIndex& index_;
  std::unordered_map<ClassRef, NameId> known_;
};

}  // namespace hasten
