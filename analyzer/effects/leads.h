#pragma once

// The call graph without what leads nowhere: only calls behind which an effect is that a search would note down, and
// of every function the little that a search asks of all it comes by. Searches look at little else, so this is small
// and lies together.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/effects/bodies.h"

namespace hasten {

/// A call behind which there is an effect.
struct Lead {
  BodyId callee;
  std::uint32_t call = 0;  // position in the caller's calls
  std::uint32_t at = 0;    // byte offset in the caller's file
  CallId written;          // none: no call is written
  bool is_beside = false;  // in a thread or task that the caller does not wait for
  bool is_possible = false;
  bool is_at_end = false;  // a clean-up that the call registers
};
static_assert(sizeof(Lead) == 20);

class Leads {
 public:
  /// With EffectDetail::sure without what may as well not happen.
  Leads(const Bodies& bodies, EffectDetail detail);

  /// In source order.
  [[nodiscard]] std::span<const Lead> of(BodyId body) const;
  /// How many there are, and which of them one is.
  [[nodiscard]] std::size_t size() const { return leads_.size(); }
  [[nodiscard]] std::size_t position(const Lead& lead) const { return static_cast<std::size_t>(&lead - leads_.data()); }
  [[nodiscard]] bool has_masks(BodyId body) const { return rows_[body.index()].has_masks; }
  /// How many effects the body itself has; 0 as well when none of them would be noted down.
  [[nodiscard]] std::uint32_t effects_of(BodyId body) const { return rows_[body.index()].effects; }
  /// Is there an effect in the body or behind it?
  [[nodiscard]] bool leads_somewhere(BodyId body) const { return rows_[body.index()].is_live; }

 private:
  void mark_live(const Bodies& bodies, bool is_sure_only);

  struct Row {
    std::uint32_t first = 0;  // of its leads
    std::uint32_t effects = 0;
    bool has_masks = false;
    bool is_live = false;
  };
  std::vector<Row> rows_;  // by body, and the end
  std::vector<Lead> leads_;
};

}  // namespace hasten
