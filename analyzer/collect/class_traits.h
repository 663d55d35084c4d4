#pragma once

// What pytest asks of classes and functions before it collects them (B6-B8).

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "analyzer/names/conditions.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// Is the class from outside the project, given by its dotted name, of unittest's kind?
[[nodiscard]] bool is_test_case(std::string_view outside);

class ClassTraits {
 public:
  explicit ClassTraits(const Literals& literals) : literals_(literals), names_(literals.names()) {}

  /// `__test__`, inherited for classes; unknown when it is not set.
  [[nodiscard]] Truth test_attribute(FileId module) const;
  [[nodiscard]] Truth test_attribute(ClassRef class_) const;
  [[nodiscard]] Truth test_attribute(FunctionRef function) const;

  /// It has a `__test__` that only running its code can tell: a property of the class, a call.
  [[nodiscard]] bool computes_test_attribute(ClassRef class_) const;

  [[nodiscard]] bool is_test_case(ClassRef class_) const;
  struct UnittestSkip {
    Truth skipped = Truth::no;
    Place decorator;  // that says so
  };
  /// Whether unittest's decorators on it or a base skip it.
  [[nodiscard]] UnittestSkip unittest_skip(ClassRef class_) const;
  /// An __init__ or __new__ other than object's, also one that a decorator or a known base brings.
  [[nodiscard]] bool has_constructor(ClassRef class_) const;
  [[nodiscard]] bool is_abstract(ClassRef class_) const;

  /// `@pytest.mark.filterwarnings(SomeWarning)`: a mark that is called with a class alone marks the class and returns
  /// it, so the name holds an instance of that class.
  [[nodiscard]] bool is_given_to_class(FunctionRef function) const;
  [[nodiscard]] bool is_property(FunctionRef function) const;
  [[nodiscard]] bool is_class_method(FunctionRef function) const;
  /// A `yield` test: no wrapper around it hides that.
  [[nodiscard]] bool is_generator(FunctionRef function) const;
  /// The function that a name stands for: itself, in a functools.partial or a mark around it, or one that a function of
  /// the project makes and returns.
  [[nodiscard]] FunctionRef callable_behind(const Denotation& denotation) const;
  /// The functools.partial call that a name stands for; its expr is none when it is none.
  [[nodiscard]] Site partial_behind(const Denotation& denotation) const;

 private:
  [[nodiscard]] Truth attribute(ClassRef class_, std::string_view name) const;
  [[nodiscard]] Truth skips(Site decorator, ExprId callee) const;
  [[nodiscard]] bool has_decorator(FunctionRef function, std::string_view dotted) const;
  [[nodiscard]] bool makes_constructor(ClassRef class_) const;

  const Literals& literals_;
  const Names& names_;
  mutable std::unordered_map<ClassRef, bool> test_cases_;
  mutable std::unordered_map<FileId, std::unordered_map<std::string_view, Truth>> set_attributes_;
};

}  // namespace hasten
