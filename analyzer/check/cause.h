#pragma once

// What the rules about effects share: which tests one effect really touches, where in test code to point, through which
// calls it is reached and how often it happens. One cause, one finding.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/check/check.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Whose body the place of a cause is in.
enum class CauseSite : std::uint8_t {
  import,   // module or class level: runs when pytest collects
  test,     // the test that reaches it
  fixture,  // the fixture whose set-up or tear-down reaches it
  hook,     // the same for setup_method, setUpClass, ...
  helper,   // another function of the test tree
};

struct Cause {
  EffectId effect;
  std::vector<Reach> reaches;  // those that happen: not masked, the test not always skipped; by test
  std::vector<TestId> tests;   // of the reaches, ascending, each once
  PathId path;                 // the witness: fewest steps, then the first test; none at import
  bool is_guarded = false;     // all ways to the effect are (guards.h); otherwise `reaches` are those that are not
  Reach witness;               // the reach that it belongs to
  CauseSite site{};
  Place place;         // the effect itself when it is in test code, else the call in test code that leads to it
  std::string name;    // of the test, fixture or helper the place is in; the file at import
  std::string symbol;  // see symbol_at
  std::string behind;  // the call in test code, as written (`client.push`), when the effect is not in test code
  std::vector<RelatedPlace> chain;  // from the test to the effect
  std::uint32_t executions = 1;     // of the effect in one serial run; a lower bound
};

/// None when nothing in the suite is known to reach the effect, or when everything that does is masked or skipped. At
/// module level only effects of test code count, and not those under `if __name__ == "__main__":`.
[[nodiscard]] std::optional<Cause> cause_of(const Project& project, EffectId effect);

/// The same for some of the tests that the effect touches; `reaches` are rows of the effect. None when there are none.
[[nodiscard]] std::optional<Cause> cause_of(const Project& project, EffectId effect, std::vector<Reach> reaches);

/// The reaches of an effect that really happen.
[[nodiscard]] std::vector<Reach> live_reaches(const Project& project, EffectId effect);

/// Those of them that change state for the tests to come: what happens on tear-down takes a change back.
[[nodiscard]] std::vector<Reach> lasting_reaches(const Project& project, EffectId effect);

/// "{deed} in fixture `server`, set up for 12 tests", "{deed} behind `client.push` in test `test_upload`", ...
[[nodiscard]] std::string sentence(const Project& project, const Cause& cause, std::string_view deed);

/// Reports the cause at its place with everything a finding has.
Finding& report_cause(Check& check, const Cause& cause, std::string_view deed);

}  // namespace hasten
