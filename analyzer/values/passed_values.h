#pragma once

// What the callers of a function pass for its parameters, and what pytest passes a test that is parametrized. Callers
// are found by the function's name, so at most as many as the index keeps of one name. Kept, since whatever leads to
// the function asks for it again.

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/code_index.h"
#include "analyzer/values/values.h"

namespace hasten {

class PassedValues {
 public:
  PassedValues(const ProjectTables& tables, Values& values, CodeIndex& index)
      : tables_(tables), values_(values), index_(index) {}

  struct Argument {
    FileId file;
    BlockId block;
    ExprId expr;
    Value value;  // of the expression; it may be unknown
  };
  struct Passed {
    std::vector<Argument> arguments;  // and the default where a caller leaves the parameter alone
    bool is_sure = true;              // nobody else calls the function, and each caller passes something
  };
  /// None for `*args` and `**kwargs`. Stable until the object dies.
  [[nodiscard]] const Passed& of(FunctionRef function, ParamId param);
  /// What `**kwargs` of the function holds under the key, where callers write it.
  [[nodiscard]] std::vector<Argument> under_key(FunctionRef function, std::string_view key);

 private:
  [[nodiscard]] std::span<const CallRef> callers_by_name(FunctionRef function);
  [[nodiscard]] Passed find(FunctionRef function, ParamId param);
  void add(FileId file, BlockId block, ExprId expr, Passed& passed);
  [[nodiscard]] bool leads_to(const Value& callee, FunctionRef function) const;

  const ProjectTables& tables_;
  Values& values_;
  CodeIndex& index_;
  std::unordered_map<In<ParamId>, Passed> known_;
};

}  // namespace hasten
