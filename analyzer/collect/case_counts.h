#pragma once

// How many items a test function makes: the product of its parameter sources (B14-B17).

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/parameter_sources.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

class CaseCounts {
 public:
  explicit CaseCounts(const Literals& literals);

  /// Fills cases, unknown_cases and the case_factors of a test that is about to be the next row of `tables.tests`; the
  /// closure must be there.
  void set_cases(Test& test, const std::vector<Parametrization>& sources, ProjectTables& tables);

 private:
  /// pytest_generate_tests of a module, class or conftest.
  struct Generator {
    std::vector<std::string_view> names;  // what it parametrizes, by literal name
    bool is_open = false;                 // it parametrizes names that are computed
  };
  [[nodiscard]] Generator read_generator(FunctionRef function) const;
  [[nodiscard]] const Generator* generator_in(FileId file);
  [[nodiscard]] bool is_generated(const Test& test, const ProjectTables& tables);

  const Literals& literals_;
  std::unordered_map<FileId, Generator> generators_;
  std::unordered_map<std::string_view, FileId> conftests_;  // by folder, those with a generator
};

}  // namespace hasten
