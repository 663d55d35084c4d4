#pragma once

// Marks: `@pytest.mark.x(...)` on functions and classes, `pytestmark` of classes and modules, marks kept in a name and
// marks that a decorator of the project applies.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/pytest_rules.h"
#include "analyzer/values/literals.h"

namespace hasten {

struct Mark {
  std::string name;  // `parametrize`
  FileId file;
  BlockId block;
  ExprId call;  // none for a bare mark
  Site caller;  // of the function of the project that applies it, if one does: what its parameters are given
  bool is_conditional = false;  // one of several that the function returns
};

/// "a, b" or ["a", "b"]; nothing when a name is computed.
[[nodiscard]] std::optional<std::vector<std::string_view>> parameter_names(const Literals& literals, Site names);

class Marks {
 public:
  Marks(const Literals& literals, const PytestRules& rules) : literals_(literals), rules_(rules) {}

  /// Own marks of a function, bottom decorator first.
  [[nodiscard]] const std::vector<Mark>& of(FunctionRef function) const;
  /// Marks of a class and its bases, in pytest's order.
  [[nodiscard]] const std::vector<Mark>& of(ClassRef class_) const;
  [[nodiscard]] const std::vector<Mark>& of(FileId module) const;

  /// Marks in an expression: `marks=` of pytest.param.
  [[nodiscard]] std::vector<Mark> written_at(Site site) const;
  /// C19: skip, `skipif(True)`, `xfail(run=False)`. Marks with a condition do not count: they are taken as not met.
  [[nodiscard]] bool keeps_from_running(const Mark& mark) const;

  /// Fixture names of a usefixtures mark; nothing when one is computed.
  [[nodiscard]] std::optional<std::vector<std::string_view>> used_fixtures(const Mark& mark) const;

  /// What a parametrize mark says.
  struct Parametrize {
    std::vector<std::string_view> names;
    std::vector<std::string_view> direct;  // those that shield a fixture from the closure (C7)
    bool has_unknown_names = false;
    ElementCount sets;
  };
  [[nodiscard]] Parametrize parametrize(const Mark& mark) const;
  /// An argument by position or name, also out of `parametrize(*arguments)`; none when it is not given.
  [[nodiscard]] Site argument(const Mark& mark, std::size_t position, std::string_view name) const;
  /// Does a parametrize mark give this parameter?
  [[nodiscard]] bool gives(const Mark& mark, std::string_view name) const;
  /// Its argument values; the expression is none when there is none.
  [[nodiscard]] Site argument_values(const Mark& mark) const;
  /// The names that are direct when the mark is looked at on its own, as when items are made of it.
  [[nodiscard]] std::vector<std::string_view> directly_set(const Mark& mark, const Parametrize& read) const;

 private:
  void add(Site site, std::vector<Mark>& marks, int hops) const;
  void add_returned(FunctionRef function, std::vector<Mark>& marks, int hops) const;
  void add_of_lambda(Site lambda, Site caller, std::vector<Mark>& marks, int hops) const;
  [[nodiscard]] Site bound(Site argument, Site caller) const;
  [[nodiscard]] Site bound_by_lambda(Site argument, ExprId lambda, Site caller) const;
  void add_of_wrapper(Site returned, std::vector<Mark>& marks, int hops) const;
  void add_pytestmark(FileId file, ScopeKey scope, std::vector<Mark>& marks) const;
  void add_own(ClassRef class_, std::vector<Mark>& marks) const;

  const Literals& literals_;
  const PytestRules& rules_;
  mutable std::unordered_map<FunctionRef, std::vector<Mark>> functions_;
  mutable std::unordered_map<ClassRef, std::vector<Mark>> classes_;
  mutable std::unordered_map<FileId, std::vector<Mark>> modules_;
};

}  // namespace hasten
