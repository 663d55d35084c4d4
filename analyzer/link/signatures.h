#pragma once

// Which parameters of a test or fixture function pytest fills with fixtures: what is left after self, defaults, mocks
// and the arguments that decorators bring themselves (C6, E1.4-E1.6).

#include <string_view>
#include <vector>

#include "analyzer/link/literals.h"

namespace hasten {

struct FixtureArguments {
  std::vector<std::string_view> names;  // in signature order
  bool is_unknown = false;              // a decorator changes the signature in a way that is not read
};

class Signatures {
 public:
  explicit Signatures(const Literals& literals) : literals_(literals) {}

  /// A test. `class_` is the class it is collected in, if any: its patch decorators bring mocks too.
  [[nodiscard]] FixtureArguments of_test(FunctionRef function, ClassRef class_) const;
  /// A fixture; one that stands in a class is called on an instance.
  [[nodiscard]] FixtureArguments of_fixture(FunctionRef function) const;

 private:
  [[nodiscard]] FixtureArguments parameters(FunctionRef function, std::size_t skipped) const;
  void apply_decorator(FunctionRef function, ExprId decorator, FixtureArguments& arguments) const;
  void apply_own_decorator(FunctionRef decorator, FixtureArguments& arguments) const;
  void remove_given(FileId file, ExprId call, FixtureArguments& arguments) const;
  [[nodiscard]] bool is_mock(FileId file, BlockId block, ExprId decorator) const;
  [[nodiscard]] std::size_t mocks(FunctionRef function, ClassRef class_) const;
  [[nodiscard]] bool is_static(FunctionRef function) const;

  const Literals& literals_;
};

}  // namespace hasten
