#pragma once

// Where the items of a test function come from: parametrize marks and `params=` of fixtures, in the order in which
// pytest applies them (B14-B16). The first that is applied is the outermost loop (B15).

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzer/collect/closures.h"
#include "analyzer/collect/fixture_definitions.h"
#include "analyzer/collect/generated_parameters.h"
#include "analyzer/collect/marks.h"
#include "analyzer/collect/parameter_values.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// One parametrize mark, or the params of one fixture definition: sets of values for one or more names.
struct ParameterSource {
  std::vector<NameId> names;
  std::vector<std::uint8_t> is_direct;  // by name: given to the test itself, not to a fixture
  Count size;                           // number of sets, at least 1 (B16)
  std::string unknown;                  // why size is not known
  Place place;                          // the mark or the fixture
  std::uint8_t has_scope = 0;           // scope= of the mark; a fixture's params have the fixture's
  std::uint8_t scope_is_known = 1;
  Scope scope{};
  std::vector<ParameterValue> values;  // by set, then name; empty: all differ, from `first_value` on
  ParameterValue first_value = 0;
  std::vector<std::uint8_t> skipped;  // by set; empty: none is
  ExprRef iterator;                   // the expression that made the iterator that the first user uses up

  [[nodiscard]] std::uint32_t sets() const { return size.known() ? static_cast<std::uint32_t>(size.value) : 1; }
  [[nodiscard]] bool is_skipped(std::uint32_t set) const { return !skipped.empty() && skipped[set] != 0; }
  [[nodiscard]] ParameterValue value(std::uint32_t set, std::size_t name) const {
    const std::size_t at = set * names.size() + name;
    return values.empty() ? first_value + static_cast<ParameterValue>(at) : values[at];
  }
};

/// A source as it applies to one test.
struct Parametrization {
  const ParameterSource* source = nullptr;
  Scope scope{};
};

class ParameterSources {
 public:
  ParameterSources(const Literals& literals, const Marks& marks, const FixtureDefinitions& definitions,
                   const PytestRules& rules)
      : literals_(literals), marks_(marks), definitions_(definitions), rules_(rules), values_(literals, rules) {}

  /// The sources of a test, which is the next one that is made; `generated` is what hooks give, `marks` are those that
  /// apply to it, nearest first.
  [[nodiscard]] std::vector<Parametrization> of(const Closure& closure, const std::vector<GivenByHook>& generated,
                                                const std::vector<Mark>& marks, ProjectTables& tables);

  /// What a decorator outside the project gives to an argument that it adds.
  [[nodiscard]] Parametrization given_elsewhere(NameId name, Count sets);

  /// What a fixture without parameter is cached under.
  [[nodiscard]] ParameterValue no_parameter() { return values_.no_parameter(); }

 private:
  [[nodiscard]] const ParameterSource& of(const Mark& mark, ProjectTables& tables);
  [[nodiscard]] const ParameterSource& counted(const ParameterSource& source, Count sets);
  [[nodiscard]] const ParameterSource& as_left(const ParameterSource& source);
  [[nodiscard]] const ParameterSource& of(FixtureId fixture, const ProjectTables& tables);
  [[nodiscard]] Scope narrowest_scope(const ParameterSource& source, const Closure& closure,
                                      const ProjectTables& tables) const;
  void read_sets(Site given, bool is_wrapped, ParameterSource& source);
  void read_set(Site set, bool is_wrapped, ParameterSource& source);

  const Literals& literals_;
  const Marks& marks_;
  const FixtureDefinitions& definitions_;
  const PytestRules& rules_;
  ParameterValues values_;
  std::map<std::pair<ExprRef, ExprRef>, ParameterSource> by_mark_;  // by its call and its caller's
  std::unordered_map<FixtureId, ParameterSource> by_fixture_;
  std::map<std::pair<NameId, std::int32_t>, ParameterSource> elsewhere_;
  std::unordered_set<ExprRef> used_up_;
  std::map<const ParameterSource*, ParameterSource> exhausted_;
  std::map<std::pair<const ParameterSource*, std::int32_t>, ParameterSource> counted_;
};

}  // namespace hasten
