#pragma once

// What an expression may denote where Values finds no single answer: the elements of a collection that an object keeps
// (`self.adapters[prefix] = adapter`), what callers pass for a parameter, the methods that subclasses put in the place
// of an abstract one, the modules that a computed import can mean, the types that a function asks for. Every one has a
// place in the project's code that puts it there; a name that merely looks alike is none.
//
// Bounded: an expression with more than `max_alternatives` has none, and one question looks at `max_steps` expressions.

#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/values/code_index.h"
#include "analyzer/values/passed_values.h"
#include "analyzer/values/values.h"

namespace hasten {

class Alternatives {
 public:
  static constexpr std::size_t max_alternatives = 8;
  static constexpr int max_steps = 96;

  Alternatives(const ProjectTables& tables, Values& values)
      : tables_(tables), values_(values), index_(tables, values.names().knowledge()), passed_(tables, values, index_) {}

  [[nodiscard]] CodeIndex& index() { return index_; }

  struct Answer {
    std::vector<Value> values;
    /// There is one, and wherever the code was followed to find it there was no other way: each caller of a function
    /// passes the same for its parameter, a name is bound once.
    bool is_sure = false;
  };
  /// What the callee of a call may be; none where the project defines and knowledge describes nothing of that name.
  [[nodiscard]] Answer callees(FileId file, BlockId block, ExprId callee);
  /// The objects of the project's classes that an expression may stand for.
  [[nodiscard]] Answer objects(FileId file, BlockId block, ExprId expr);
  /// What a function may return.
  [[nodiscard]] Answer results(FunctionRef function);
  /// The methods that run in the place of an abstract one that is called on an object of `holder`; empty for any other
  /// function.
  [[nodiscard]] std::vector<FunctionRef> overriding(FunctionRef method, ClassRef holder) const;
  /// The same for the callee of a call: `self.connect`; `super().connect` is what it says.
  [[nodiscard]] std::vector<FunctionRef> overriding(FunctionRef method, FileId file, BlockId block, ExprId callee);

 private:
  struct Site {
    FileId file;
    BlockId block;
  };
  using Found = std::vector<Value>;

  void find(Site site, ExprId expr, Found& out);
  void find_name(Site site, ExprId expr, Found& out);
  void find_attribute(Site site, ExprId expr, Found& out);
  void find_behind(Site site, std::string_view name, Found& out);
  void find_in_object(const Value& object, std::string_view name, Found& out);
  void find_result(Site site, ExprId call, Found& out);
  void find_computed_attribute(Site site, ExprId call, Found& out);
  void find_asked_for(Site site, ExprId name, Found& out);
  void find_fixture(FixtureId fixture, Found& out);
  void find_returned(FunctionRef function, Found& out);
  void find_asked_types(Site site, std::string_view name, Found& out);
  void find_bound(FileId file, const Binding& binding, Found& out);
  void find_argument(FunctionRef function, ParamId param, Found& out);
  void find_under_key(Site site, ExprId call, Found& out);
  void find_fixture_values(Site site, Found& out);
  void find_passed(const PassedValues::Argument& argument, Found& out);
  bool find_lazy(FunctionRef user, Site site, ExprId expr, Found& out);
  void find_modules(Site site, ExprId name, Found& out);
  void find_elements(Site site, ExprId collection, bool is_by_key, Found& out);
  void find_stored(Site site, ExprId collection, bool is_by_key, Found& out);
  [[nodiscard]] bool is_same_collection(Site site, ExprId collection, const CollectionStore& store);
  [[nodiscard]] std::vector<Value> of(Site site, ExprId expr);
  void add(const Value& value, Found& out);

  bool enter(FileId file, ExprId expr);

  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }

  const ProjectTables& tables_;
  Values& values_;
  CodeIndex index_;
  PassedValues passed_;
  std::vector<ExprRef> open_;  // what is being asked: who comes back to it learns nothing new
  int steps_ = 0;
  bool is_sure_ = false;
};

}  // namespace hasten
