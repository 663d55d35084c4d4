#pragma once

// What code does to the collections that names stand for after they are made: `CASES.append(...)`, `TABLE["x"] = ...`,
// found once per file. Who counts elements looks here before it believes an assignment.

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/names.h"

namespace hasten {

struct CollectionChange {
  enum class Kind : std::uint8_t {
    one,     // append
    many,    // extend: by `values`
    merged,  // update: by the keys of `values`
    key,     // `x[values] = ...`, `x.add(values)`
    inside,  // what one of its elements holds: `x[key].append(...)`
    other,   // anything else, or in a way that is not followed
  };
  Kind kind{};
  BlockId block;  // where; it happens as often as the block runs
  ExprId values;
};

class CollectionChanges {
 public:
  CollectionChanges(const ProjectTables& tables, const Names& names) : tables_(tables), names_(names) {}

  /// Of the variable `name` of a module, class or function, in source order but for loops over collections.
  [[nodiscard]] std::span<const CollectionChange> of(FileId file, ScopeKey scope, std::string_view name) const;

 private:
  struct ByName {
    std::unordered_map<std::string_view, std::vector<CollectionChange>> changes;
  };
  struct OfFile {
    std::unordered_map<std::size_t, ByName> scopes;  // by number of the scope
    bool has_passed = false;                         // what functions do to their arguments is among them
  };
  [[nodiscard]] OfFile& in(FileId file) const;
  void add_passed(FileId file) const;
  [[nodiscard]] bool changes_argument(FileId file, ExprId call, ExprId given, FunctionRef function) const;
  void add_calls(FileId file, OfFile& out) const;
  void add_stores(FileId file, OfFile& out) const;
  void add_loops(FileId file, OfFile& out) const;
  void add(FileId file, ExprId object, CollectionChange change, OfFile& out) const;
  [[nodiscard]] ScopeKey owner(FileId file, BlockId block, WordId word) const;

  const ProjectTables& tables_;
  const Names& names_;
  mutable std::unordered_map<FileId, OfFile> files_;
};

}  // namespace hasten
