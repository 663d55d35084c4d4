#pragma once

// `request.getfixturevalue(name)` in the bodies of tests and fixtures (C12), `lazy_fixture(name)` in their parameters.

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/computed_names.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

struct DynamicRequest {
  std::string name;
  bool is_conditional = false;  // under `if`, in a loop, in a nested function; one of several names
};

class DynamicRequests {
 public:
  DynamicRequests(const Literals& literals, const ComputedNames& names) : literals_(literals), names_(names) {}

  /// Names that are known, in order.
  [[nodiscard]] std::span<const DynamicRequest> of(FunctionRef function);
  /// Names of which a part is not known, with `*` for it.
  [[nodiscard]] std::span<const std::string> open_names(FunctionRef function);

 private:
  struct Requests {
    std::vector<DynamicRequest> named;
    std::vector<std::string> open;
  };
  using ByFunction = std::unordered_map<FunctionId, Requests>;
  const ByFunction& requests_in(FileId file);
  void add_lazy(FileId file, const Call& call, ByFunction& requests);
  void add(Requests& requests, Site name, FunctionRef function, bool is_conditional);
  const Requests* find(FunctionRef function);

  const Literals& literals_;
  const ComputedNames& names_;
  std::unordered_map<FileId, ByFunction> files_;
};

}  // namespace hasten
