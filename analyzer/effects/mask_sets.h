#pragma once

// Sets of masks, numbered: equal sets have equal numbers, so "has this function been looked at under these masks" is
// one comparison.

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "analyzer/effects/masks.h"

namespace hasten {

using MaskSetId = std::uint32_t;

class MaskSets {
 public:
  MaskSets() { (void)of({}); }  // number 0 is the empty set

  [[nodiscard]] MaskSetId of(const std::vector<Mask>& masks);
  /// The set plus those of `masks` whose extent holds the byte `at`.
  [[nodiscard]] MaskSetId with(MaskSetId set, const std::vector<Mask>& masks, std::uint32_t at);

  [[nodiscard]] const std::vector<Mask>& operator[](MaskSetId set) const { return sets_[set]; }
  [[nodiscard]] bool has_references(MaskSetId set) const { return has_references_[set]; }

 private:
  /// What a mask does and under what name, apart from where.
  using Key = std::vector<std::tuple<std::uint32_t, const void*, NameId>>;

  std::vector<std::vector<Mask>> sets_;
  std::vector<bool> has_references_;
  std::map<Key, MaskSetId> numbers_;
};

}  // namespace hasten
