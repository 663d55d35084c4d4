#pragma once

// The search behind Names: from a name and the scope it stands in, over bindings, imports, aliases and attributes, to
// what it denotes. Each step to another binding is a hop; hops, nesting and steps per question are bounded, so neither
// long chains nor cycles of imports and aliases can hang it. External names stay as written; Names canonicalises them.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"
#include "analyzer/names/found.h"
#include "analyzer/names/modules.h"
#include "analyzer/names/names.h"
#include "analyzer/names/namespaces.h"

namespace hasten {

class ResolutionOrders;

class NameSearch {
 public:
  NameSearch(const ProjectTables& tables, const Modules& modules, const Knowledge& knowledge);

  /// Attribute look-up on classes needs their MRO, which needs this search.
  void use(ResolutionOrders& orders) { orders_ = &orders; }

  /// `a.b.c` from `block`. With `before`, code of that very scope sees only what is bound above that statement.
  [[nodiscard]] Found dotted(FileId file, BlockId block, ExprId expr, StatementId before);
  [[nodiscard]] Found text(FileId file, BlockId block, std::string_view name);
  [[nodiscard]] Found word(FileId file, BlockId block, WordId name) {
    return lookup(file, scope_of(model(file), block), name, {});
  }
  [[nodiscard]] Found member(FileId module, std::string_view name);
  /// The same, and what importing a submodule adds to its package.
  [[nodiscard]] Found module_attribute(FileId module, std::string_view name);
  [[nodiscard]] Found path(FileId importer, std::string_view dotted);
  /// What the class's own body binds.
  [[nodiscard]] Found class_attribute(ClassRef class_, std::string_view name);

  /// Names in dict order; the views live as long as the file models.
  [[nodiscard]] std::vector<std::string_view> module_names(FileId module);
  [[nodiscard]] std::vector<std::string_view> class_names(ClassRef class_);

  [[nodiscard]] const Namespaces& namespaces(FileId file);
  [[nodiscard]] const Modules& modules() const { return modules_; }
  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }
  [[nodiscard]] const std::string& canonical(const std::string& dotted);

 private:
  /// Lives while a look-up runs: look-ups inside look-ups, and how many in all.
  class Question {
   public:
    explicit Question(NameSearch& search) : search_(search) {
      if (search_.nesting_++ == 0) search_.steps_ = 0;
      ++search_.steps_;
    }
    ~Question() { --search_.nesting_; }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    [[nodiscard]] bool is_too_much() const { return search_.nesting_ > max_nesting || search_.steps_ > max_steps; }
    [[nodiscard]] bool is_outermost() const { return search_.nesting_ == 1; }

   private:
    NameSearch& search_;
  };
  static constexpr int max_nesting = 48;  // keeps the machine's stack small
  static constexpr int max_steps = 4000;  // alternatives may multiply

  Found lookup(FileId file, ScopeKey scope, WordId word, StatementId before);
  Found module_name(FileId file, WordId word);
  Found unbound(FileId file, std::string_view name);
  Found starred(FileId file, std::string_view name);
  Found choose(FileId file, std::span<const NameBinding> bindings);
  Found bound(FileId file, const NameBinding& binding);
  Found bound_value(FileId file, const NameBinding& binding, bool is_alias_followed);
  Found imported(FileId file, const Import& import);
  Found module(std::string_view dotted, FileId importer);
  Found attribute(Found object, std::string_view name, FileId importer);
  Found submodule(FileId package, std::string_view name);
  Found attribute_of_class(Found object, std::string_view name);
  Found next_hop(Found found);

  struct Exports {
    bool is_listed = false;  // __all__ is literal
    std::unordered_set<std::string_view> names;
    std::vector<std::string_view> order;  // of the same
  };
  [[nodiscard]] const Exports& exports(FileId module);
  [[nodiscard]] std::vector<std::string_view> exported_names(FileId module);
  [[nodiscard]] bool exports_name(FileId module, std::string_view name);
  /// What a file's `from m import *` lead to, last first; and the only module outside the project among them.
  struct Stars {
    std::vector<FileId> sources;
    std::string outside;  // dotted; empty when there is none, or more than one
  };
  [[nodiscard]] const Stars& stars(FileId file);
  [[nodiscard]] FileId star_source(FileId file, ImportId import);

  const ProjectTables& tables_;
  const Modules& modules_;
  const Knowledge& knowledge_;
  ResolutionOrders* orders_ = nullptr;
  std::vector<std::unique_ptr<Namespaces>> namespaces_;
  /// Names of one module's namespace.
  struct ModuleLevel {
    std::vector<std::uint32_t> positions;    // by word: in `found`, 0 while nobody asked
    std::deque<std::optional<Found>> found;  // empty while being looked up
  };
  std::vector<ModuleLevel> module_level_;                          // by file
  std::unordered_map<std::string, std::optional<Found>> starred_;  // file and text
  std::unordered_map<FileId, Exports> exports_;
  std::unordered_map<FileId, Stars> stars_;
  std::unordered_map<std::string, std::string> canonical_;
  std::unordered_map<FileId, std::vector<std::string_view>> module_names_;
  int nesting_ = 0;
  int steps_ = 0;
};

}  // namespace hasten
