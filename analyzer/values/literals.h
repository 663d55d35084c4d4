#pragma once

// What can be read off the code without running it: texts, truth, and how many elements a collection has, through
// names of constants and the usual ways to build a list. Everything else is unknown, with the reason.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/conditions.h"
#include "analyzer/names/names.h"

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
  Literals(const ProjectTables& tables, const Names& names) : tables_(tables), names_(names) {}

  /// The expression that a name of a module or class constant stands for; anything else stands for itself.
  [[nodiscard]] Site value(Site site) const;
  [[nodiscard]] std::optional<std::string_view> text(Site site) const;
  /// Texts of a string, or of a list or tuple of strings. Nothing when one of them is computed.
  [[nodiscard]] std::optional<std::vector<std::string_view>> texts(Site site) const;
  /// bool(expr) where it is literal.
  [[nodiscard]] std::optional<bool> truth(Site site) const;
  /// The same, also of what is decided before the run by platform or Python, through names of constants.
  [[nodiscard]] Truth condition(Site site) const;
  [[nodiscard]] ElementCount elements(Site site) const;

  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }
  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] const ProjectTables& tables() const { return tables_; }

 private:
  ElementCount count(Site site, int nesting) const;
  ElementCount count_children(Site site, int nesting) const;
  ElementCount count_named(Site site, int nesting) const;
  ElementCount count_constant(const Denotation& constant, int nesting) const;
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
  std::optional<std::int64_t> integer(Site site) const;

  /// A call or assignment that changes how many elements a named collection of the module has.
  struct Addition {
    enum class Kind : std::uint8_t { one, many, change };
    Kind kind{};
    BlockId block;
    ExprId values;  // many: what is added
  };
  void add_changes_by_loops(FileId file, std::unordered_map<std::string_view, std::vector<Addition>>& changes) const;
  [[nodiscard]] std::span<const Addition> additions(FileId file, std::string_view name) const;

  const ProjectTables& tables_;
  const Names& names_;
  mutable std::unordered_map<FileId, std::unordered_map<std::string_view, std::vector<Addition>>> additions_;
};

}  // namespace hasten
