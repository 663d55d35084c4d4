#pragma once

// What can be read off the code without running it: texts, truth, and how many elements a collection has, through
// names of constants and the usual ways to build a list. Everything else is unknown, with the reason.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/conditions.h"
#include "analyzer/names/names.h"
#include "analyzer/values/collection_changes.h"
#include "analyzer/values/relevant_statements.h"

namespace hasten {

/// An expression and where it stands.
struct Site {
  FileId file;
  BlockId block;
  ExprId expr;
};

/// How many elements; when that is not known, why: "call of load_cases".
struct ElementCount {
  Count count;
  std::string unknown;
};

class Literals {
 public:
  Literals(const ProjectTables& tables, const Names& names)
      : tables_(tables), names_(names), changes_(tables, names), statements_(tables) {}

  /// The expression that a name of a module or class constant stands for; anything else stands for itself.
  [[nodiscard]] Site value(Site site) const;
  [[nodiscard]] std::optional<std::string_view> text(Site site) const;
  /// Texts of a string, or of a list or tuple of strings. Nothing when one of them is computed.
  [[nodiscard]] std::optional<std::vector<std::string_view>> texts(Site site) const;
  /// bool(expr) where it is literal.
  [[nodiscard]] std::optional<bool> truth(Site site) const;
  /// The same, also of what is decided before the run by platform or Python, through names of constants and functions
  /// of the project.
  [[nodiscard]] Truth condition(Site site) const;
  /// The same by what is written alone: nothing is run (evaluation.h).
  [[nodiscard]] Truth written_condition(Site site) const { return condition(site, 0); }
  /// Whether all conditions around a block are met, up to the module, class or function it is in; a `try` may fail.
  [[nodiscard]] Truth is_entered(FileId file, BlockId block) const;
  [[nodiscard]] ElementCount elements(Site site) const;
  /// The same by what is written alone: nothing is run (evaluation.h).
  [[nodiscard]] ElementCount written_elements(Site site) const { return count(site, 0); }
  /// The texts that are the elements of a collection, or stand at `position` in each, also of one that has to be
  /// computed (evaluation.h); nothing where one of them cannot be told.
  [[nodiscard]] std::optional<std::vector<std::string>> element_texts(Site site,
                                                                      std::optional<std::size_t> position) const;
  /// Does code of another scope change what a variable holds, whenever that runs?
  [[nodiscard]] bool is_changed_from_elsewhere(FileId file, ScopeKey scope, std::string_view name) const;
  /// The expression that makes the iterator which `site` stands for, made once however often that is read; none for
  /// what can be read again.
  [[nodiscard]] ExprRef shared_iterator(Site site) const;

  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }
  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] const ProjectTables& tables() const { return tables_; }

 private:
  [[nodiscard]] std::optional<std::vector<std::string_view>> texts(Site site, int nesting) const;
  [[nodiscard]] std::optional<std::vector<std::string_view>> joined_texts(Site sum, int nesting) const;
  [[nodiscard]] Truth condition(Site site, int nesting) const;
  [[nodiscard]] bool is_surely_something(Site site) const;
  ElementCount count(Site site, int nesting) const;
  ElementCount count_children(Site site, int nesting) const;
  ElementCount count_keys(Site site, int nesting) const;
  ElementCount count_named(Site site, int nesting) const;
  ElementCount count_enum(ClassRef class_) const;
  ElementCount count_binary(Site site, int nesting) const;
  ElementCount count_range(Site site) const;
  ElementCount count_combined(Site site, std::string_view callee, int nesting) const;
  ElementCount count_call(Site site, int nesting) const;
  ElementCount count_product(Site site, int nesting) const;
  ElementCount count_subsets(Site site, std::string_view kind, int nesting) const;
  ElementCount count_comprehension(Site site, int nesting) const;
  ElementCount count_slice(Site site, int nesting) const;
  ElementCount count_returned(FunctionRef function, int nesting) const;
  [[nodiscard]] Site returned(FunctionRef function) const;
  std::optional<std::int64_t> integer(Site site) const;
  std::optional<double> number(Site site) const;
  ElementCount count_array(Site site, std::string_view function, int nesting) const;
  ElementCount count_elementwise(Site left, Site right, int nesting) const;
  [[nodiscard]] Truth is_array(Site site, int nesting) const;
  [[nodiscard]] bool is_scalar(Site site, int nesting) const;

  /// A name that holds one collection: of a module, class or function.
  struct Variable {
    FileId file;
    ScopeKey scope;
    std::string name;
  };
  [[nodiscard]] std::optional<Variable> variable(Site site) const;
  [[nodiscard]] bool stays_with_tests(const Variable& held) const;
  ElementCount count_variable(const Variable& held, int nesting) const;
  ElementCount times(FileId file, BlockId block, int nesting) const;
  ElementCount count_distinct(Site site, int nesting) const;
  [[nodiscard]] Site transposed(FileId file, const NameBinding& binding) const;
  [[nodiscard]] std::optional<std::set<std::string>> keys_of(Site site, int nesting) const;
  [[nodiscard]] std::optional<std::set<std::string>> keys_of_call(Site site, int nesting) const;
  [[nodiscard]] std::optional<std::set<std::string>> keys_of(const Variable& held, int nesting) const;
  [[nodiscard]] bool is_unchanged(Site site) const;
  [[nodiscard]] bool is_rebound(const Variable& held) const;
  [[nodiscard]] bool is_changed(const Variable& held) const;
  [[nodiscard]] std::optional<std::int64_t> computed_integer(Site site) const;
  [[nodiscard]] std::optional<std::int64_t> computed_integer(Site site, ExprKind kind) const;
  [[nodiscard]] Site element(Site collection, Site index) const;

  const ProjectTables& tables_;
  const Names& names_;
  CollectionChanges changes_;
  RelevantStatements statements_;
  mutable int computing_ = 0;                              // lengths that are being computed
  mutable std::unordered_map<ExprRef, Truth> conditions_;  // that were run; unknown while they are
};

}  // namespace hasten
