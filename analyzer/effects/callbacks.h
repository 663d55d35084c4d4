#pragma once

// Functions that are passed to a function of the project which calls them: `retry(push)`, `run(steps=(load, save))`.

#include <unordered_map>
#include <vector>

#include "analyzer/effects/calls.h"

namespace hasten {

class Callbacks {
 public:
  Callbacks(const ProjectTables& tables, Values& values, Calls& calls)
      : tables_(tables), values_(values), calls_(calls) {}

  /// Those that the call passes and that what it leads to calls by the name of its parameter, or one by one in a loop.
  [[nodiscard]] std::vector<FunctionRef> passed_by(FileId file, const Call& call, const Callee& callee);

 private:
  /// A parameter that the function calls.
  struct Called {
    ParamId param;
    bool is_each = false;  // every element of it
  };
  [[nodiscard]] const std::vector<Called>& called_in(FunctionRef function);
  void add(FileId file, BlockId block, ExprId argument, std::vector<FunctionRef>& functions);

  const ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  std::unordered_map<FunctionRef, std::vector<Called>> called_;
};

}  // namespace hasten
