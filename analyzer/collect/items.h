#pragma once

// The items of a session (B14-B16, B18), as far as it matters for set-ups: items of one test that differ in
// function-scoped parameters only stand as one block, since pytest never parts them.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/collect/parameter_sources.h"
#include "analyzer/collect/scope_nodes.h"
#include "analyzer/collect/set_up_plans.h"
#include "analyzer/model/project.h"

namespace hasten {

/// What a test brings to its items. Index of these rows: the test's.
struct TestItems {
  ScopeNode node = 0;
  bool is_skipped = false;       // all of them, by a mark (C19)
  bool may_have_others = false;  // parameters that are not among the sources
  std::uint32_t collector = 0;
  Place unknown_parameters;  // where those come from that are not among the sources
  const SetUpPlan* plan = nullptr;
  std::vector<Parametrization> sources;  // the first is the outermost loop
  std::uint32_t told_apart = 0;          // how many of the sources, from the outermost, make blocks
};

struct ItemBlock {
  TestId test;
  std::uint32_t items = 1;
  std::uint32_t running = 1;    // those not skipped
  std::uint32_t first_set = 0;  // in Items::sets: which set of each source that is told apart
};

struct Items {
  std::vector<ItemBlock> blocks;
  std::vector<std::uint32_t> sets;
};

/// How many of the sources make blocks: up to the last one of wider scope than function, or all.
[[nodiscard]] std::uint32_t sources_told_apart(std::span<const Parametrization> sources, DirectKey key);

/// Items of a test and how many of them run, told apart or not; capped.
struct ItemCount {
  std::uint32_t items = 1;
  std::uint32_t running = 1;
};
[[nodiscard]] ItemCount count_items(std::span<const Parametrization> sources);

/// In collection order; nothing when there would be more than `most` blocks.
[[nodiscard]] std::optional<Items> expand_items(const std::vector<TestItems>& tests, std::size_t most);

}  // namespace hasten
