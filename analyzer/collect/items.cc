#include "analyzer/collect/items.h"

#include <algorithm>
#include <limits>

namespace hasten {
namespace {

constexpr std::uint64_t cap = std::numeric_limits<std::int32_t>::max();

bool is_wide(const Parametrization& parametrization) { return parametrization.scope != Scope::function; }

bool is_direct(const Parametrization& parametrization) {
  return std::ranges::find(parametrization.source->is_direct, 1) != parametrization.source->is_direct.end();
}

std::uint64_t running_sets(const ParameterSource& source) {
  return source.sets() - static_cast<std::uint64_t>(std::ranges::count(source.skipped, 1));
}

}  // namespace

std::uint32_t sources_told_apart(std::span<const Parametrization> sources, DirectKey key) {
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    if (!is_wide(sources[i])) continue;
    count = i + 1;
    // Every item of the function has a key of its own then.
    if (key == DirectKey::item && is_direct(sources[i])) return static_cast<std::uint32_t>(sources.size());
  }
  return count;
}

ItemCount count_items(std::span<const Parametrization> sources) {
  std::uint64_t items = 1, running = 1;
  for (const Parametrization& parametrization : sources) {
    items = std::min(cap, items * parametrization.source->sets());
    running = std::min(cap, running * running_sets(*parametrization.source));
  }
  return {static_cast<std::uint32_t>(items), static_cast<std::uint32_t>(running)};
}

std::optional<Items> expand_items(const std::vector<TestItems>& tests, std::size_t most) {
  Items out;
  out.blocks.reserve(tests.size());
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const TestItems& test = tests[i];
    const auto outer = std::span(test.sources).first(test.told_apart);
    const ItemCount inner = count_items(std::span(test.sources).subspan(test.told_apart));
    if (out.blocks.size() + count_items(outer).items > most) return std::nullopt;
    std::vector<std::uint32_t> sets(outer.size());
    for (bool is_done = false; !is_done;) {
      bool runs = !test.is_skipped;
      for (std::size_t at = 0; at < outer.size(); ++at) runs = runs && !outer[at].source->is_skipped(sets[at]);
      out.blocks.push_back(
          {TestId(i), inner.items, runs ? inner.running : 0, static_cast<std::uint32_t>(out.sets.size())});
      out.sets.insert(out.sets.end(), sets.begin(), sets.end());
      // The last source turns fastest (B15).
      is_done = true;
      for (std::size_t at = outer.size(); at-- > 0;) {
        if (++sets[at] < outer[at].source->sets()) {
          is_done = false;
          break;
        }
        sets[at] = 0;
      }
    }
  }
  return out;
}

}  // namespace hasten
