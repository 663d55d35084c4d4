#pragma once

// From the code that pytest runs for a test (its function, a fixture, a tear-down) along calls to every effect below
// it, by a shortest chain, under the masks that are switched on along the way.
//
// Bounded: one search looks at most at `max_states` functions, follows chains of at most `max_chain` calls and finds at
// most `max_effects` effects; suites that people write stay below 300, 20 and 70. All searches of a run together look
// at `max_work` calls and masks and keep `max_paths` chains (pandas: 5 million and 83,000); beyond that, searches that
// are still to come stop after `few_states` functions and `few_effects` effects. So a suite whose every test reaches
// everything grows linearly too.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/effects/bodies.h"
#include "analyzer/effects/leads.h"
#include "analyzer/effects/mask_sets.h"
#include "analyzer/effects/restoration.h"
#include "analyzer/model/project.h"

namespace hasten {

/// What keeps an effect from happening, or a change of state from lasting; nothing when `by` is none.
struct MaskedBy {
  NameId by;
  bool is_put_back = false;  // it does happen
  bool is_moved = false;     // so does this, elsewhere
};

/// What one root reaches under one set of masks, the same for all tests that share both.
struct RootReach {
  EffectId effect;
  PathId path;
  MaskedBy mask;
};

class Explorer {
 public:
  static constexpr std::size_t max_states = 4096;
  static constexpr std::uint32_t max_chain = 64;
  static constexpr std::size_t max_effects = 256;
  static constexpr std::size_t max_work = 12'000'000;
  static constexpr std::size_t max_paths = 250'000;
  static constexpr std::size_t few_states = 32;
  static constexpr std::size_t few_effects = 4;

  Explorer(ProjectTables& tables, Calls& calls, const Bodies& bodies, const Restoration& restoration,
           const std::vector<std::vector<EffectId>>& effect_ids, EffectDetail detail);

  /// `is_possible`: the root itself may not run. Valid until the next call.
  [[nodiscard]] const std::vector<RootReach>& explore(BodyId root, Phase phase, bool is_possible, MaskSetId around);

  /// Is there anything to be found from the body on? Quick.
  [[nodiscard]] bool leads_somewhere(BodyId body) const { return leads_.leads_somewhere(body); }

  [[nodiscard]] MaskSets& sets() { return sets_; }

 private:
  struct State {
    BodyId body;
    MaskSetId inherited = 0;
    std::uint32_t parent = 0;  // position in states; the root is its own
    std::uint32_t call = 0;    // of the parent's body
    std::uint32_t depth = 0;   // calls from the root
    bool is_beside = false;    // in a thread or task that nobody waits for
    bool is_possible = false;  // on the way a call may as well lead elsewhere
    bool is_at_end = false;    // in a clean-up
  };
  using States = std::vector<State>;

  std::vector<RootReach> search(BodyId root, Phase phase, bool is_possible, MaskSetId around);
  void add_callees(States& states, std::size_t at, MaskSetId around);
  bool is_first_visit(BodyId body, MaskSetId active, MaskSetId around, bool is_possible);
  [[nodiscard]] bool is_spent() const { return work_ > max_work || tables_.paths.size() > max_paths; }
  MaskSetId active_at(const State& state, std::uint32_t at);
  bool is_replaced(BodyId caller, const Lead& lead, MaskSetId active);
  const References& references_of(BodyId caller, const Lead& lead);
  const References& references_of(FileId file, CallId call);

  void add_effect(const States& states, std::size_t at, std::size_t position, Phase phase,
                  std::vector<RootReach>& reached);
  [[nodiscard]] bool is_settled(const States& states, std::size_t at, CallId api) const;
  [[nodiscard]] bool keeps_defaults(const States& states, std::size_t at, const DirectEffect& effect) const;
  MaskedBy mask_of(const States& states, std::size_t at, std::size_t position, EffectId id);
  NameId replaced_on_the_way(const DirectEffect& direct, FileId file, MaskSetId& active);
  [[nodiscard]] bool carries(const Api* api, const Mask& mask) const;
  NameId restored_on_the_way(const States& states, std::size_t at, EffectId id);
  bool takes_back(BodyId body, std::uint32_t call, EffectId id);

  PathId add_path(const States& states, std::size_t at, const DirectEffect& direct, EffectId id, Phase phase);
  StepId step_of(BodyId body, std::uint32_t call);
  const std::vector<StepId>& end_of_path(BodyId body, const DirectEffect& direct, EffectId id);
  [[nodiscard]] Place place_of(FileId file, const BodyCall& call) const;
  [[nodiscard]] Place callee_place(CallRef call) const;
  [[nodiscard]] std::string_view name_of(BodyId body) const;
  NameId name_id(BodyId body);

  ProjectTables& tables_;
  Calls& calls_;
  const Bodies& bodies_;
  const Restoration& restoration_;
  const std::vector<std::vector<EffectId>>& effect_ids_;
  const bool is_sure_only_;
  const Leads leads_;
  std::vector<std::uint32_t> lead_references_;  // by lead: position in `known_references_`, 0 while nobody asked
  std::deque<References> known_references_;
  MaskSets sets_;

  /// What one search notes down, marked with its number so that nothing needs to be cleared for the next.
  struct Mark {
    std::uint32_t search = 0;
    std::uint32_t row = 0;  // of what is reached
  };
  std::uint32_t search_ = 0;
  std::size_t work_ = 0;
  std::vector<std::uint32_t> visits_;            // by body, under the masks that the search began with
  std::unordered_set<std::uint64_t> elsewhere_;  // body and mask set, under others
  std::vector<std::uint32_t> possible_visits_;   // the same by ways that are not sure
  std::unordered_set<std::uint64_t> possibly_elsewhere_;
  std::vector<Mark> marks_;  // by effect
  States states_;            // of the last search: its memory is used again

  std::vector<std::vector<StepId>> call_steps_;  // by body and position of the call; none before it is on a path
  std::vector<std::vector<StepId>> ends_;        // by effect

  std::vector<NameId> names_;     // by body
  std::vector<const Api*> apis_;  // by effect
  enum class Restores : std::uint8_t { not_asked, never, sometimes };
  std::vector<Restores> restores_;                                                  // by body
  std::unordered_map<BodyId, std::unordered_map<std::uint64_t, bool>> taken_back_;  // by body, its call and effect
  std::map<std::tuple<std::uint32_t, std::uint8_t, bool, MaskSetId>, std::vector<RootReach>> known_;
  std::unordered_map<CallRef, References> references_;
};

}  // namespace hasten
