#include "analyzer/accesses/accesses.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "analyzer/accesses/resources.h"

namespace hasten {
namespace {

std::optional<Access> access_of(const ProjectTables& tables, const Resources& resources, std::uint32_t row) {
  const Reach& reach = tables.reaches[row];
  const std::optional<Touch>& touch = resources.of(reach.effect);
  if (!touch || tables.tests[reach.test].is_skipped || (reach.masked_by && !reach.is_put_back)) return std::nullopt;
  // Nobody is kept apart for what may never happen; whether a database or a port is taken, the verdict leaves open.
  const ResourceKind kind = tables.resources[touch->resource].kind;
  const bool is_open = kind == ResourceKind::database || kind == ResourceKind::port;
  if (tables.paths[reach.path].is_possible && !is_open) return std::nullopt;
  const Effect& effect = tables.effects[reach.effect];
  const bool is_undone =
      reach.is_put_back || effect.restored != Restored::no || tables.paths[reach.path].phase == Phase::teardown;
  const bool is_in_tests = tables.files[effect.place.file].role != FileRole::first_party;
  return Access{touch->resource,
                reach.test,
                row,
                touch->mode,
                static_cast<std::uint8_t>(is_undone ? 1 : 0),
                static_cast<std::uint8_t>(touch->is_removal ? 1 : 0),
                static_cast<std::uint8_t>(is_in_tests ? 1 : 0)};
}

}  // namespace

void link_accesses(ProjectTables& tables) {
  const Resources resources(tables);
  std::vector<Access>& accesses = tables.accesses;
  for (std::uint32_t row = 0; row < tables.reaches.size(); ++row) {
    if (const std::optional<Access> access = access_of(tables, resources, row)) accesses.push_back(*access);
  }
  std::ranges::sort(accesses, {}, [&](const Access& access) {
    const bool is_read = access.mode == AccessMode::read;
    const bool is_possible = tables.paths[tables.reaches[access.reach].path].is_possible;
    return std::tuple(access.resource, access.test, is_possible, is_read, access.is_restored, !access.is_removal,
                      access.reach);
  });
  const auto repeated =
      std::ranges::unique(accesses, {}, [](const Access& access) { return std::pair(access.resource, access.test); });
  accesses.erase(repeated.begin(), repeated.end());
  accesses.shrink_to_fit();
}

}  // namespace hasten
