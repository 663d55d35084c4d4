#pragma once

// `request.getfixturevalue(name)` in the bodies of tests and fixtures (C12).

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/link/literals.h"
#include "analyzer/model/project.h"

namespace hasten {

class DynamicRequests {
 public:
  DynamicRequests(ProjectTables& tables, const Literals& literals) : tables_(tables), literals_(literals) {}

  /// Literal names, in order. Where a name is computed, `test` is marked: its closure is not fully known.
  [[nodiscard]] std::vector<NameId> requested_by(FunctionRef function, Test& test);

 private:
  struct Requests {
    std::vector<std::string_view> names;
    bool has_computed = false;
  };
  using ByFunction = std::unordered_map<FunctionId, Requests>;
  const ByFunction& requests_in(FileId file);

  ProjectTables& tables_;
  const Literals& literals_;
  std::unordered_map<FileId, ByFunction> files_;
};

}  // namespace hasten
