#include "analyzer/collect/assumed_sessions.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace hasten {

bool is_open(const Parametrization& at) { return at.scope != Scope::function && !at.source->size.known(); }

AssumedSessions::AssumedSessions(const std::vector<TestItems>& tests, std::span<const TestId> maybe_skipped) {
  add_more_sets(tests);
  if (maybe_skipped.empty()) return;
  std::vector<TestItems>& skipping = others_.emplace_back(tests);
  for (const TestId test : maybe_skipped) skipping[test.index()].is_skipped = true;
}

void AssumedSessions::add_more_sets(const std::vector<TestItems>& tests) {
  const auto has_open = [](const TestItems& test) { return std::ranges::any_of(test.sources, is_open); };
  if (std::ranges::none_of(tests, has_open)) return;
  std::unordered_map<const ParameterSource*, const ParameterSource*> known;
  ParameterValue last = std::numeric_limits<ParameterValue>::max();  // others are numbered from zero up
  for (TestItems& test : others_.emplace_back(tests)) {
    for (Parametrization& at : test.sources) {
      if (!is_open(at)) continue;
      const auto [place, is_new] = known.try_emplace(at.source);
      if (is_new) {
        ParameterSource& source = doubled_.emplace_back(*at.source);
        source.size.value = 2;
        source.values.clear();
        source.skipped.clear();
        last -= static_cast<ParameterValue>(2 * source.names.size());
        source.first_value = last;
        place->second = &source;
      }
      at.source = place->second;
    }
  }
}

}  // namespace hasten
