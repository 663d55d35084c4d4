#pragma once

// `request.getfixturevalue(name)` in the bodies of tests and fixtures (C12).

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

struct DynamicRequest {
  std::string_view name;
  bool is_conditional = false;  // under `if`, in a loop, in a nested function
};

class DynamicRequests {
 public:
  DynamicRequests(ProjectTables& tables, const Literals& literals) : tables_(tables), literals_(literals) {}

  /// Literal names, in order. Where a name is computed, `test` is marked: its closure is not fully known.
  [[nodiscard]] std::vector<NameId> requested_by(FunctionRef function, Test& test);
  /// The same with what is known of the place.
  [[nodiscard]] std::span<const DynamicRequest> of(FunctionRef function);

 private:
  struct Requests {
    std::vector<DynamicRequest> named;
    bool has_computed = false;
  };
  using ByFunction = std::unordered_map<FunctionId, Requests>;
  const ByFunction& requests_in(FileId file);
  const Requests* find(FunctionRef function);

  ProjectTables& tables_;
  const Literals& literals_;
  std::unordered_map<FileId, ByFunction> files_;
};

}  // namespace hasten
