#pragma once

// Where the project's code calls what goes by a name, puts something into a collection, asks for a type: found by name,
// in one pass over all files when the first question comes.

#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"

namespace hasten {

/// `collection.append(value)`, `collection[...] = value`.
struct CollectionStore {
  FileId file;
  BlockId block;
  ExprId collection;
  ExprId value;
  bool is_key = false;  // under a key of a dict
};

class CodeIndex {
 public:
  /// Rows kept for one name, those of the project's own code before those of its tests.
  static constexpr std::size_t max_rows = 16;

  CodeIndex(const ProjectTables& tables, Knowledge knowledge) : tables_(tables), knowledge_(knowledge) {}

  /// Does the project define a function of this name or keep something under it (`self.send = send`, `kind = Client` in
  /// a class), or does a known one with that last part have an effect?
  [[nodiscard]] bool may_matter(std::string_view name);
  /// By the last part of the callee's name.
  [[nodiscard]] std::span<const CallRef> calls_of(std::string_view name);
  /// Those that pass a function or class of this name on, as in `retry(push)`, by the last part of the argument.
  [[nodiscard]] std::span<const CallRef> calls_passing(std::string_view name);
  /// By the last part of the collection's name.
  [[nodiscard]] std::span<const CollectionStore> stores_into(std::string_view name);
  /// `isinstance(name, ...)` and `issubclass(name, ...)` in the function's own body.
  [[nodiscard]] std::vector<CallId> type_checks(FileId file, FunctionId function, std::string_view name);

 private:
  void build();
  void add_calls(FileId file);
  void add_passing(CallRef call);
  void add_stores(FileId file);
  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }

  const ProjectTables& tables_;
  Knowledge knowledge_;
  bool is_built_ = false;
  std::unordered_map<std::string_view, std::vector<CallRef>> calls_;
  std::unordered_map<std::string_view, std::vector<CallRef>> passing_;  // every function's and class's name
  std::unordered_map<std::string_view, std::vector<CollectionStore>> stores_;
  std::unordered_map<FunctionRef, std::vector<CallId>> type_checks_;
  std::unordered_set<std::string_view> matters_;
};

}  // namespace hasten
