#include "analyzer/collect/assumed_sets.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace hasten {
namespace {

bool is_open(const Parametrization& at) { return at.scope != Scope::function && !at.source->size.known(); }

}  // namespace

AssumedSets::AssumedSets(const std::vector<TestItems>& tests) {
  const auto has_open = [](const TestItems& test) { return std::ranges::any_of(test.sources, is_open); };
  if (std::ranges::none_of(tests, has_open)) return;
  tests_ = tests;
  std::unordered_map<const ParameterSource*, const ParameterSource*> known;
  ParameterValue last = std::numeric_limits<ParameterValue>::max();  // others are numbered from zero up
  for (TestItems& test : tests_) {
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
