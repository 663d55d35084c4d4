#pragma once

// What one item of a test executes when it is set up, in pytest's order: the definitions of its closure, each after
// what it asks for (C4, C9), and what they ask for at run time (C12). Cached or not, all of it is looked at each time.

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzer/collect/closures.h"
#include "analyzer/collect/dynamic_requests.h"
#include "analyzer/collect/fixtures.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/model/project.h"

namespace hasten {

struct SetUpStep {
  static constexpr std::uint32_t always = 0xFFFFFFFF;
  FixtureId fixture;  // none: a parameter that the test is given directly
  NameId name;
  Scope scope{};                   // by which it is cached; what parametrize says counts more than the definition
  std::uint32_t only_if = always;  // asked for in the body of this step, so only when that is set up
  std::uint32_t first_need = 0;    // steps that it asks for, in SetUpPlan::needs
  std::uint32_t need_count = 0;
};

struct SetUpPlan {
  std::vector<SetUpStep> steps;
  std::vector<std::uint32_t> needs;
  /// A fixture that is asked for under a condition, and the function that asks.
  struct Choice {
    FixtureId fixture;
    FunctionRef asker;
  };
  std::vector<Choice> maybe;

  [[nodiscard]] std::span<const std::uint32_t> needs_of(const SetUpStep& step) const {
    return std::span(needs).subspan(step.first_need, step.need_count);
  }
};

class SetUpPlans {
 public:
  /// Names that reach fixtures with a parameter, or the test with one of wider scope than function, and that scope.
  using Parametrized = std::vector<std::pair<NameId, Scope>>;

  struct Request {
    Fixtures::Holder holder = 0;
    const Closure* closure = nullptr;  // stays where it is
    Parametrized parametrized;
    FunctionRef test;
  };

  SetUpPlans(ProjectTables& tables, Fixtures& fixtures, DynamicRequests& dynamic, const PytestRules& rules)
      : tables_(tables), fixtures_(fixtures), dynamic_(dynamic), rules_(rules) {}

  /// The plan stays where it is; tests that execute the same share one.
  [[nodiscard]] const SetUpPlan& of(const Request& request);

 private:
  class Maker;
  const std::vector<FixtureId>& visible(Fixtures::Holder holder, NameId name);

  ProjectTables& tables_;
  Fixtures& fixtures_;
  DynamicRequests& dynamic_;
  const PytestRules& rules_;
  std::map<std::tuple<const Closure*, Parametrized, FunctionRef>, SetUpPlan> plans_;
  std::map<std::pair<Fixtures::Holder, NameId>, std::vector<FixtureId>> visible_;
};

}  // namespace hasten
