#pragma once

// Whose state an expression names: os.environ, an attribute of a module or class, a container that one of them holds.

#include <optional>

#include "analyzer/effects/singletons.h"
#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

struct StateTarget {
  EffectKind kind{};  // environment, process_state or global_state
  NameId name;        // `os.environ`, `shop.cart.CARTS`, `shop.models.Cart.cache`, `sys.path`
  ClassRef class_;    // the class that holds it, when it is the project's
  ExprRef initial;    // what it is bound to when the module is imported, where that is one expression
};

class StateTargets {
 public:
  /// Without `singletons` what their methods change in them is left out.
  StateTargets(ProjectTables& tables, Values& values, Singletons* singletons)
      : tables_(tables), values_(values), singletons_(singletons) {}

  /// `object.attribute = ...`: changes a module, class or singleton when `object` is one; any other instance's own
  /// attribute is nobody else's business.
  [[nodiscard]] std::optional<StateTarget> attribute(FileId file, BlockId block, ExprId target);
  /// `container[...] = ...`, `container.clear()`: a mutable container that a module or class holds.
  [[nodiscard]] std::optional<StateTarget> container(FileId file, BlockId block, ExprId container);
  /// `app.dependency_overrides`, `app.state.audit`: attributes of an object that a module holds and others import.
  [[nodiscard]] std::optional<StateTarget> part_of_object(FileId file, BlockId block, ExprId attribute);

 private:
  [[nodiscard]] std::optional<StateTarget> attribute_of(const Value& object, std::string_view name);
  [[nodiscard]] NameId full_name(const Value& holder, std::string_view name);
  [[nodiscard]] bool is_made_by_function(ClassRef class_) const;
  [[nodiscard]] ExprRef class_level_value(ClassRef class_, std::string_view name) const;
  [[nodiscard]] bool copies_fields(ClassRef class_) const;
  [[nodiscard]] bool is_replaced_by_subclass(ClassRef class_, std::string_view name) const;
  [[nodiscard]] bool is_given_before(FileId file, BlockId block, ExprId attribute) const;
  [[nodiscard]] bool has_setter(ClassRef class_, std::string_view name) const;
  [[nodiscard]] bool sets_computed_attributes(ClassRef class_) const;
  [[nodiscard]] std::optional<StateTarget> held_by_class(ClassRef class_, std::string_view name);
  [[nodiscard]] std::optional<StateTarget> held_by_singleton(ClassRef class_, std::string_view name);
  [[nodiscard]] std::optional<StateTarget> held_by_module(const Denotation& binding);
  [[nodiscard]] std::optional<StateTarget> external(std::string_view dotted);
  [[nodiscard]] bool is_mutable_container(FileId file, BlockId block, ExprId value);

  ProjectTables& tables_;
  Values& values_;
  Singletons* singletons_;  // not owned
};

}  // namespace hasten
