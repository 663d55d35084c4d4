#include "analyzer/report/effect_rows.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace hasten {
namespace {

/// What is said once: the test, the kind and the place of a row.
auto row_key(const Project& project, const Reach& reach) {
  const Effect& effect = project->effects[reach.effect];
  return std::tuple(reach.test, effect.place, effect.kind);
}

}  // namespace

std::string_view listed_kind(EffectKind kind) {
  switch (kind) {
    case EffectKind::environment: return "env";
    case EffectKind::global_state: return "global";
    case EffectKind::working_directory: return "cwd";
    case EffectKind::database: return "db";
    case EffectKind::sleep:
    case EffectKind::network:
    case EffectKind::subprocess:
    case EffectKind::file_write:
    case EffectKind::file_read:
    case EffectKind::process_state:
    case EffectKind::clock:
    case EffectKind::randomness:
    case EffectKind::thread:
    case EffectKind::port:
    case EffectKind::heavy_construction:
    case EffectKind::password_hash:
    case EffectKind::named_object:
    case EffectKind::state_read: break;
  }
  return to_string(kind);
}

bool is_listed(const Effect& effect) {
  constexpr EffectSet listed = {EffectKind::sleep,       EffectKind::network,           EffectKind::subprocess,
                                EffectKind::file_write,  EffectKind::database,          EffectKind::port,
                                EffectKind::environment, EffectKind::working_directory, EffectKind::process_state,
                                EffectKind::global_state};
  return listed.has(effect.kind) && effect.seconds != without_end;
}

std::vector<std::uint32_t> effect_rows(const Project& project) {
  const std::vector<Reach>& reaches = project->reaches;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t at = 0; at < reaches.size(); ++at) {
    if (is_listed(project->effects[reaches[at].effect])) rows.push_back(at);
  }
  std::ranges::sort(rows, {}, [&](std::uint32_t at) {
    return std::tuple_cat(row_key(project, reaches[at]), std::tuple(static_cast<bool>(reaches[at].masked_by), at));
  });
  const auto repeated = std::ranges::unique(rows, {}, [&](std::uint32_t at) { return row_key(project, reaches[at]); });
  rows.erase(repeated.begin(), repeated.end());
  return rows;
}

std::string resource_of(const Project& project, const Effect& effect) {
  switch (effect.kind) {
    case EffectKind::file_write:
    case EffectKind::file_read: return path_template(effect.root, project.name(effect.resource));
    case EffectKind::process_state:
    case EffectKind::global_state:
    case EffectKind::state_read: return std::string(project.name(effect.api));
    case EffectKind::sleep: return effect.seconds.known() ? fmt::format("{} s", effect.seconds.value) : std::string();
    case EffectKind::network:
    case EffectKind::subprocess:
    case EffectKind::database:
    case EffectKind::environment:
    case EffectKind::working_directory:
    case EffectKind::clock:
    case EffectKind::randomness:
    case EffectKind::thread:
    case EffectKind::port:
    case EffectKind::heavy_construction:
    case EffectKind::password_hash:
    case EffectKind::named_object: break;
  }
  return std::string(project.name(effect.resource));
}

bool is_restored(const Project& project, const Reach& reach) {
  return reach.is_put_back != 0 || project->effects[reach.effect].restored == Restored::yes;
}

}  // namespace hasten
