#pragma once

// Where a suite makes tests in a way that cannot be read off the code: said, so that nothing is silently missing.

#include <vector>

#include "analyzer/collect/collection.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// Of all modules and classes that were collected; `tables` takes the names of bases.
[[nodiscard]] std::vector<UncertainTests> uncertain_tests(ProjectTables& tables, const Literals& literals,
                                                          const Collection& collection);

/// A class with a base that is computed or outside the project: there may be more tests than those that are collected.
[[nodiscard]] bool may_inherit_tests(const Literals& literals, const Collector& collector);

/// A class whose body runs `exec` or writes to `locals()`, or whose metaclass in the project writes to it: it may have
/// tests that are written nowhere.
[[nodiscard]] bool may_make_tests(const Literals& literals, const Collector& collector);

}  // namespace hasten
