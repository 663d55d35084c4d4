#pragma once

// The names that an expression in `request.getfixturevalue(...)` may have: texts, f-strings, parameters of the test,
// `request.param` of the fixture, constants, loops over texts (C12).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/collect/fixture_definitions.h"
#include "analyzer/collect/marks.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

class ComputedNames {
 public:
  /// Stands for whatever is not known; in a name of its own: any name at all.
  static constexpr std::string_view anything = "*";
  /// Begins what a test gives to a fixture by parametrize, up to `given_end`: an argument of the fixture by its name,
  /// or its own parameter where there is none.
  static constexpr char given = '\x01';
  static constexpr char given_end = '\x02';

  ComputedNames(const Literals& literals, const Marks& marks, const FixtureDefinitions& definitions)
      : literals_(literals), marks_(marks), definitions_(definitions) {}

  /// What `name` may be when `function` runs, each once, in order; parts that are not known are `*`.
  [[nodiscard]] std::vector<std::string> of(Site name, FunctionRef function) const;
  /// What `name` is with the values that a test with these marks gives to the fixture.
  [[nodiscard]] std::vector<std::string> filled(std::string_view name, std::string_view fixture,
                                                std::span<const Mark> marks) const;

 private:
  using Texts = std::vector<std::string>;
  [[nodiscard]] Texts evaluate(Site site, FunctionRef function, int nesting) const;
  [[nodiscard]] Texts of_variable(Site site, FunctionRef function, int nesting) const;
  [[nodiscard]] Site local_value(Site site, FunctionRef function) const;
  [[nodiscard]] Texts of_elements(Site collection, FunctionRef function, int nesting) const;
  [[nodiscard]] Texts of_parameter(std::string_view name, std::span<const Mark> marks) const;
  [[nodiscard]] const FixtureDefinition* definition_of(FunctionRef function) const;
  [[nodiscard]] static std::string given_by_test(std::string_view argument);
  [[nodiscard]] Texts of_fixture_parameter(FunctionRef function) const;
  [[nodiscard]] Texts computed(Site sets, std::optional<std::size_t> position) const;
  [[nodiscard]] std::optional<std::vector<Site>> listed(Site collection, int nesting) const;
  [[nodiscard]] Site given_value(Site set, std::size_t position, bool is_alone) const;

  const Literals& literals_;
  const Marks& marks_;
  const FixtureDefinitions& definitions_;
};

/// Is there a part that is not known?
[[nodiscard]] inline bool is_open_name(std::string_view name) {
  return name.find('*') != std::string_view::npos || name.find(ComputedNames::given) != std::string_view::npos;
}

}  // namespace hasten
