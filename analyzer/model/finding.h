#pragma once

// What a rule reports. A finding is about one cause; the tests that suffer from it are listed, not repeated.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/clock.h"
#include "analyzer/model/effect.h"
#include "analyzer/model/ids.h"

namespace hasten {

enum class Severity : std::uint8_t { info, warning, error };
enum class Confidence : std::uint8_t { low, medium, high };
[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(Confidence confidence);
/// "low", "medium", "high"; nothing for any other word.
[[nodiscard]] std::optional<Confidence> confidence_named(std::string_view word);

/// One line of the witness: where, and what happens there.
struct RelatedPlace {
  Place place;
  std::string message;
};

struct Finding {
  std::string_view rule;  // code, static storage
  Severity severity{};
  Confidence confidence{};
  Place place;          // on one line, as short as names the trouble
  std::string message;  // one sentence, lower case, no full stop, in the user's own words
  std::string symbol;  // the test, fixture or function the place is in: "tests/test_a.py::TestA::test_b"; for baselines
  std::vector<RelatedPlace> chain;    // from the test to the cause, in order of execution
  std::vector<RelatedPlace> related;  // other places worth a look
  std::vector<TestId> tests;          // that it touches, ascending
  std::optional<EffectKind> kind;
  Seconds cost;  // estimate for one run of the suite; unknown when there is nothing to go by
};

}  // namespace hasten
