#pragma once

// What binds a name in a module, class or function of one file: every assignment, import, definition and target, by
// scope and word, in source order. One pass over the statements; nothing is followed here.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/model/file_model.h"
#include "analyzer/names/word_index.h"

namespace hasten {

/// A module, function or class of one file, as one ordered number.
class ScopeKey {
 public:
  static constexpr ScopeKey module() { return ScopeKey(0); }
  static constexpr ScopeKey of(FunctionId function) { return ScopeKey(1 + 2 * function.index()); }
  static constexpr ScopeKey of(ClassId class_) { return ScopeKey(2 + 2 * class_.index()); }
  constexpr ScopeKey() = default;

  [[nodiscard]] constexpr bool is_module() const { return value_ == 0; }
  [[nodiscard]] constexpr bool is_class() const { return value_ != 0 && value_ % 2 == 0; }
  [[nodiscard]] constexpr bool is_function() const { return value_ % 2 == 1; }
  /// Different for every scope of the file.
  [[nodiscard]] constexpr std::uint32_t number() const { return value_; }
  [[nodiscard]] constexpr FunctionId function() const { return is_function() ? FunctionId(value_ / 2) : FunctionId(); }
  [[nodiscard]] constexpr ClassId class_() const { return is_class() ? ClassId(value_ / 2 - 1) : ClassId(); }
  friend constexpr auto operator<=>(ScopeKey, ScopeKey) = default;

 private:
  constexpr explicit ScopeKey(std::uint32_t value) : value_(value) {}
  std::uint32_t value_ = 0;
};

/// The scope that names bound in `block` belong to.
[[nodiscard]] ScopeKey scope_of(const FileModel& file, BlockId block);
/// The scope in which a name is looked up when `scope` does not bind it; call only when it is not a module.
[[nodiscard]] ScopeKey scope_around(const FileModel& file, ScopeKey scope);

enum class BoundBy : std::uint8_t {
  import,
  function,
  class_,
  value,      // `x = expr`, `x: T = expr`, `a, b = c, d` with one value each, a walrus
  changed,    // `x += expr`: expr is what is added
  target,     // for, with, except, unpacking: no single expression
  parameter,  // of a function
  deleted,    // `del x`
  outer,      // `global x`, `nonlocal x`: not this scope's
};

struct NameBinding {
  ScopeKey scope;
  WordId word;
  StatementId statement;  // none for parameters
  BoundBy by{};
  std::uint8_t is_conditional = 0;  // may not happen; bindings that cannot happen are left out
  std::uint8_t is_global = 0;       // made by a function through `global`
  ExprId value;                     // value, changed
  std::uint32_t detail = 0xFFFFFFFF;

  [[nodiscard]] ImportId import() const { return ImportId(detail); }
  [[nodiscard]] FunctionId function() const { return FunctionId(detail); }
  [[nodiscard]] ClassId class_() const { return ClassId(detail); }
  [[nodiscard]] ParamId param() const { return ParamId(detail); }
};

class Namespaces {
 public:
  explicit Namespaces(const FileModel& file);

  /// In source order; empty when the scope does not bind the word.
  [[nodiscard]] std::span<const NameBinding> bindings(ScopeKey scope, WordId word) const;
  /// Everything a scope binds, by word, then source order.
  [[nodiscard]] std::span<const NameBinding> all(ScopeKey scope) const;
  /// The word of `text` when anything in the file binds it.
  [[nodiscard]] WordId word(std::string_view text) const;
  /// `from m import *` at module level, in source order.
  [[nodiscard]] const std::vector<ImportId>& star_imports() const { return star_imports_; }

  /// The innermost lambda or comprehension around `expr` that binds the word.
  [[nodiscard]] bool is_bound_inside_expression(ExprId expr, WordId word) const;

 private:
  void add_statement(StatementId statement);
  void add_target(const Statement& row, StatementId statement, ExprId target, ExprId value, BoundBy by);
  void add_walruses();
  void add_parameters();
  void move_globals();
  void sort_bindings();
  void index_words();
  void find_inner_scopes();
  void add(NameBinding binding);

  const FileModel& file_;
  std::vector<NameBinding> bindings_;       // sorted by scope, word, statement
  std::vector<std::uint32_t> scope_first_;  // in bindings_, by scope number, and the end
  std::optional<WordIndex> words_;          // those that are bound; empty for a file without rows
  std::vector<ImportId> star_imports_;
  struct InnerScope {
    ExprId expr;          // a lambda or comprehension
    std::uint32_t outer;  // row of the one around it
    std::vector<WordId> words;
  };
  std::vector<InnerScope> inner_scopes_;  // by expr
};

}  // namespace hasten
