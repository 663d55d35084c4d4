#pragma once

// Which parameters of a test or fixture function pytest fills with fixtures: what is left after self, defaults, mocks
// and the arguments that decorators bring themselves (C6, E1.4-E1.6).

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/values/literals.h"

namespace hasten {

struct FixtureArguments {
  std::vector<std::string_view> names;         // in signature order
  std::vector<std::string_view> keyword_only;  // those of them that no position fills
  bool is_unknown = false;                     // a decorator changes the signature in a way that is not read
  bool may_be_replaced = false;  // by a decorator that is defined in several ways: names, marks may be lost
  // Arguments that a known decorator adds: it may parametrize them as well.
  struct Added {
    std::string_view name;
    Count cases;
  };
  std::vector<Added> parametrized_elsewhere;
};

class Signatures {
 public:
  explicit Signatures(const Literals& literals) : literals_(literals) {}

  /// A test. `class_` is the class it is collected in, if any: its patch decorators bring mocks too.
  /// `partial` is the functools.partial call around it, if any.
  [[nodiscard]] FixtureArguments of_test(FunctionRef function, ClassRef class_, Site partial = {}) const;
  /// A fixture; one that stands in a class is called on an instance.
  [[nodiscard]] FixtureArguments of_fixture(FunctionRef function) const;

 private:
  [[nodiscard]] FixtureArguments parameters(FunctionRef function, std::size_t skipped) const;
  void apply_decorator(FunctionRef function, ExprId decorator, FixtureArguments& arguments) const;
  void apply_each_definition(const Denotation& decorator, bool is_called, FixtureArguments& arguments) const;
  void apply_own_decorator(FunctionRef decorator, bool is_called, FixtureArguments& arguments) const;
  [[nodiscard]] bool apply_returned(FunctionRef decorator, bool is_called, FixtureArguments& arguments) const;
  [[nodiscard]] bool copies_signature(FunctionRef decorator) const;
  void remove_bound(Site partial, FixtureArguments& arguments) const;
  void remove_given(FileId file, ExprId call, FixtureArguments& arguments) const;
  [[nodiscard]] bool is_mock(FileId file, BlockId block, ExprId decorator) const;
  [[nodiscard]] std::size_t mocks(FunctionRef function, ClassRef class_) const;
  [[nodiscard]] bool is_static(FunctionRef function) const;

  /// What is known of a decorator by name, be it of the project or not.
  struct Change {
    std::vector<std::string_view> removes, adds;
    Count cases;           // of the first that is added
    Count filled = {0};    // so many of the first arguments it fills itself
    bool is_ours = false;  // written in the project, whose marks are read as well
  };
  [[nodiscard]] std::optional<Change> known_change(const Denotation& decorator, Site call) const;
  [[nodiscard]] Count cases_of(const KnownDecorator& known, Site call) const;
  [[nodiscard]] Count filled_by(const KnownDecorator& known, Site call) const;
  [[nodiscard]] Site given(const ArgumentRef& argument, Site call) const;
  [[nodiscard]] bool is_given(Site argument) const;
  static void apply(const Change& change, FixtureArguments& arguments);
  [[nodiscard]] static std::size_t positional(const FixtureArguments& arguments);
  /// `wrapper.__signature__ = old.replace(parameters=...)` in the body of a decorator, where names are literal.
  [[nodiscard]] const std::optional<Change>& written_change(FunctionRef decorator) const;
  [[nodiscard]] std::optional<Change> read_change(FunctionRef decorator) const;

  const Literals& literals_;
  mutable std::unordered_map<FunctionRef, std::optional<Change>> written_;
};

}  // namespace hasten
