#pragma once

// What a name means where it stands: Python's scoping over module, class and function namespaces, followed through
// imports, re-exports, star imports and plain aliases (`sleep = time.sleep`). Flow-insensitive: the last binding at
// module level wins; a name bound in several ways under conditions means the first that is known.
// Bounded: chains of more than 16 hops are unknown. Conditions that are decided before the run (`if TYPE_CHECKING`,
// `if sys.platform == "win32"`) are obeyed.
//
// What was found is remembered, so looking up is linear over a project; for the same reason one Names may be used by
// one thread at a time.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"
#include "analyzer/names/modules.h"
#include "analyzer/names/namespaces.h"

namespace hasten {

/// What a dotted expression leads to.
struct Denotation {
  enum class Kind : std::uint8_t {
    unknown,
    module,     // a file of the project
    external,   // something outside the project: `dotted` is its canonical dotted name, builtins as `builtins.open`
    function,   // a function of the project
    class_,     // a class of the project
    binding,    // a module-level or class-level variable of the project that is bound to `expr`
    parameter,  // a parameter of the enclosing function
    local,      // a local variable of the enclosing function
  };
  Kind kind = Kind::unknown;
  FileId file;          // module, function, class_, binding
  FunctionId function;  // function; parameter and local: the function whose variable it is
  ClassId class_;       // class_; binding: the class whose attribute it is, if any
  ExprId expr;          // binding: the value's expression in `file`, none when it has no single one (for, with, ...)
  ParamId param;        // parameter
  std::string dotted;   // external: the name; binding: module-qualified name (`shop.cart.CARTS`)
  std::string rest;  // attributes that could not be followed: `CARTS.items.clear` -> binding CARTS, rest "items.clear"
};

class Names {
 public:
  /// What `knowledge` views must outlive the object.
  Names(const ProjectTables& tables, const Modules& modules, Knowledge knowledge = {});
  ~Names();
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  /// `a.b.c` (names and attributes) as seen from `block` of `file`; anything else is unknown.
  [[nodiscard]] Denotation denote(FileId file, BlockId block, ExprId expr) const;
  /// A bare name as seen from `block`.
  [[nodiscard]] Denotation denote(FileId file, BlockId block, std::string_view name) const;
  /// The same by a word of the file, looked up once for all mentions of it in a scope. Stable until the object dies.
  [[nodiscard]] const Denotation& denote(FileId file, BlockId block, WordId name) const;
  /// An attribute of a module's namespace, as importing it would find it. Stable until the object dies.
  [[nodiscard]] const Denotation& member(FileId module, std::string_view name) const;
  /// A dotted path as `unittest.mock.patch` or `pytest_plugins` resolve it: import as far as possible, then attributes.
  [[nodiscard]] Denotation import_path(FileId importer, std::string_view dotted) const;

  /// The canonical dotted name when `expr` denotes something external, else empty. Calls are not followed.
  [[nodiscard]] std::string external(FileId file, BlockId block, ExprId expr) const;

  /// The class and its bases in method resolution order (C3 linearisation; declaration order where C3 fails). Bases
  /// outside the project are given by dotted name in `external_bases`.
  struct Mro {
    std::vector<ClassRef> classes;
    std::vector<std::string> external_bases;
    bool has_unknown_base = false;  // a base that is computed
  };
  [[nodiscard]] const Mro& mro(ClassRef class_) const;
  /// The method that `name` finds along the MRO; none when it is not the project's.
  [[nodiscard]] FunctionRef method(ClassRef class_, std::string_view name) const;
  static constexpr std::size_t max_subclasses = 64;
  /// The project's classes that inherit from this one, directly or not, in file order; of more than `max_subclasses`
  /// the first ones.
  [[nodiscard]] const std::vector<ClassRef>& subclasses(ClassRef class_) const;

  /// Names a module's namespace holds, in dict order (first binding's position), star imports expanded.
  struct Member {
    std::string_view name;  // lives as long as Names
    Denotation denotation;
  };
  [[nodiscard]] const std::vector<Member>& members(FileId module) const;
  /// The same for what a class's own body binds (its __dict__).
  [[nodiscard]] const std::vector<Member>& members(ClassRef class_) const;

  /// What binds which name in one file.
  [[nodiscard]] const Namespaces& namespaces(FileId file) const;
  [[nodiscard]] const Modules& modules() const;
  [[nodiscard]] const Knowledge& knowledge() const;

 private:
  struct State;
  State* state_;
};

}  // namespace hasten
