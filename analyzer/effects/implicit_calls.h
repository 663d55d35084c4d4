#pragma once

// Methods of the project's classes that run without a call being written: properties, `cache[key]`, `key in cache`,
// `for row in cursor`, `len(queue)`, `await request`.

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

struct ImplicitCall {
  TextRange place;  // of the expression that runs the method
  BlockId block;
  FunctionRef function;
  bool is_possible = false;  // it may as well not run
};

class ImplicitCalls {
 public:
  ImplicitCalls(const ProjectTables& tables, Values& values) : tables_(tables), values_(values) {}

  /// Those in the function's own body, of objects whose class is known.
  [[nodiscard]] std::vector<ImplicitCall> in(FunctionRef function);

 private:
  struct Search;

  /// Which names can run code at all: asked for by name, before anyone asks what the object is.
  void build();
  [[nodiscard]] bool has_method(std::string_view name) const { return special_.contains(name); }
  [[nodiscard]] FunctionRef accessor(ClassRef class_, std::string_view name, bool is_setter) const;
  /// Is it a call of an async function, or a variable that holds one?
  [[nodiscard]] bool is_coroutine(FileId file, BlockId block, ExprId awaited);
  [[nodiscard]] ClassRef class_of(FileId file, BlockId block, ExprId object);

  struct Accessors {
    std::vector<FunctionRef> getters, setters;
  };

  const ProjectTables& tables_;
  Values& values_;
  bool is_built_ = false;
  std::unordered_map<std::string_view, Accessors> properties_;
  std::unordered_set<std::string_view> special_;  // `__getitem__`, ... that some class defines
};

}  // namespace hasten
