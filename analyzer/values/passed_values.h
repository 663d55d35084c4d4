#pragma once

// What the callers of a function pass for its parameters: who calls it by its name, who is handed the function and
// calls it by another (`retry(push)`: what `retry` passes), and pytest, where a test is parametrized. Callers are found
// by the function's name, a constructor's by those of the classes that inherit it or call it as `super().__init__()`.
// Kept, since whatever leads to the function asks for it again.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/code_index.h"
#include "analyzer/values/values.h"

namespace hasten {

class PassedValues {
 public:
  /// Calls of one function that are looked at.
  static constexpr std::size_t max_callers = 64;
  /// Parameters that a function passed on arrives in, one function after the other.
  static constexpr std::size_t max_holders = 8;

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
  struct Callers {
    std::vector<CallRef> calls;  // that may lead to the function
    bool are_all = true;
  };
  [[nodiscard]] Callers callers_of(FunctionRef function);
  void add_calls_of(std::string_view name, Callers& callers);
  void add_inheriting(FunctionRef constructor, Callers& callers);
  [[nodiscard]] std::string_view name_of(FunctionRef function) const;
  [[nodiscard]] Passed find(FunctionRef function, ParamId param);
  void add(FileId file, BlockId block, ExprId expr, Passed& passed);
  void add_given(CallRef call, FunctionRef function, ParamId param, Passed& passed);
  /// A parameter that holds the function whose callers are asked for.
  struct Holder {
    FunctionRef function;
    ParamId param;
    friend bool operator==(const Holder&, const Holder&) = default;
  };
  void add_handed_over(CallRef call, FunctionRef function, ParamId param, Passed& passed);
  [[nodiscard]] ExprId passed_by_api(CallRef call, ExprId argument, FunctionRef function, ParamId param);
  void add_from_holder(const Holder& holder, FunctionRef function, ParamId param, std::vector<Holder>& holders,
                       Passed& passed);
  void add_holder(CallRef call, ExprId argument, std::vector<Holder>& holders);
  [[nodiscard]] bool leads_to(const Value& callee, FunctionRef function) const;

  const ProjectTables& tables_;
  Values& values_;
  CodeIndex& index_;
  std::unordered_map<In<ParamId>, Passed> known_;
};

}  // namespace hasten
