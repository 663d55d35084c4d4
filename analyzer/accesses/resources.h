#pragma once

// Which resource an effect touches, and how.

#include <optional>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct Touch {
  ResourceId resource;
  AccessMode mode{};
  bool is_removal = false;
};

class Resources {
 public:
  /// Numbers what the effects of `tables` touch, in the order of the effects.
  explicit Resources(ProjectTables& tables);

  /// None for what nobody shares: sleeps, private effects, paths that are not known at all.
  [[nodiscard]] const std::optional<Touch>& of(EffectId effect) const { return touches_[effect.index()]; }

 private:
  [[nodiscard]] std::optional<Touch> touch(const Effect& effect);
  [[nodiscard]] std::optional<Touch> path(const Effect& effect);
  [[nodiscard]] std::optional<Touch> database(const Effect& effect);
  [[nodiscard]] std::optional<Touch> service(const Effect& effect);
  [[nodiscard]] std::optional<Touch> read_state(const Effect& effect);
  [[nodiscard]] ResourceId number(const Resource& resource);

  ProjectTables& tables_;
  std::vector<std::optional<Touch>> touches_;  // by effect
  std::unordered_map<std::uint64_t, ResourceId> numbers_;
};

}  // namespace hasten
