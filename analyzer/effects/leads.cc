#include "analyzer/effects/leads.h"

#include <algorithm>

#include "analyzer/graph/components.h"

namespace hasten {

Leads::Leads(const Bodies& bodies, EffectDetail detail) : rows_(bodies.ids().size() + 1) {
  const bool is_sure_only = detail == EffectDetail::sure;
  mark_live(bodies, is_sure_only);
  for (const BodyId id : bodies.ids()) {
    Row& row = rows_[id.index()];
    row.first = static_cast<std::uint32_t>(leads_.size());
    row.has_masks = !bodies[id].masks.empty();
    const std::vector<BodyCall>& calls = bodies[id].calls;
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
      const BodyCall& call = calls[i];
      if (!leads_somewhere(call.callee) || (call.is_possible && is_sure_only)) continue;
      leads_.push_back({call.callee, i, call.at, call.call, call.is_beside, call.is_possible, call.is_at_end});
    }
  }
  rows_.back().first = static_cast<std::uint32_t>(leads_.size());
}

std::span<const Lead> Leads::of(BodyId body) const {
  const std::size_t first = rows_[body.index()].first;
  return std::span(leads_).subspan(first, rows_[body.index() + 1].first - first);
}

/// Backwards along the calls, from the bodies that have an effect themselves.
void Leads::mark_live(const Bodies& bodies, bool is_sure_only) {
  std::vector<Adjacency::Edge> callers;
  std::vector<BodyId> live;
  for (const BodyId id : bodies.ids()) {
    for (const BodyCall& call : bodies[id].calls) {
      if (!call.is_possible || !is_sure_only) callers.push_back({call.callee.index(), id.index()});
    }
    const std::vector<DirectEffect>& effects = bodies[id].effects;
    const bool is_noted = std::ranges::any_of(effects, [&](const DirectEffect& effect) {
      return !effect.is_touch_only && !(effect.is_possible && is_sure_only);
    });
    if (!is_noted) continue;
    rows_[id.index()].effects = static_cast<std::uint32_t>(effects.size());
    rows_[id.index()].is_live = true;
    live.push_back(id);
  }
  const Adjacency called_by(bodies.ids().size(), callers);
  for (std::size_t at = 0; at < live.size(); ++at) {
    for (const std::uint32_t caller : called_by.successors(live[at].index())) {
      if (rows_[caller].is_live) continue;
      rows_[caller].is_live = true;
      live.push_back(BodyId(caller));
    }
  }
}

}  // namespace hasten
