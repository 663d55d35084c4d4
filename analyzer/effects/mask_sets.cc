#include "analyzer/effects/mask_sets.h"

#include <algorithm>

namespace hasten {
namespace {

std::tuple<std::uint32_t, const void*, NameId> key_of(const Mask& mask) {
  static constexpr char directory = 0;
  static constexpr char home = 1;
  static constexpr char hand = 2;
  static constexpr char project = 3;
  if (mask.moves_directory) return {0xFFFFFFFF, &directory, mask.label};
  if (mask.moves_home) return {0xFFFFFFFF, &home, mask.label};
  if (mask.is_by_hand) return {mask.reference.index(), &hand, mask.label};
  if (mask.reference && mask.is_by_project) return {mask.reference.index(), &project, mask.label};
  return {mask.reference.index(), mask.masks.data(), mask.label};
}

}  // namespace

MaskSetId MaskSets::of(const std::vector<Mask>& masks) {
  Key key;
  std::vector<Mask> distinct;
  for (const Mask& mask : masks) {
    const auto one = key_of(mask);
    if (std::ranges::find(key, one) != key.end()) continue;
    key.push_back(one);
    distinct.push_back(mask);
  }
  std::ranges::sort(key);
  auto [entry, is_new] = numbers_.try_emplace(std::move(key), static_cast<MaskSetId>(sets_.size()));
  if (is_new) {
    has_references_.push_back(std::ranges::any_of(distinct, [](const Mask& mask) { return bool(mask.reference); }));
    sets_.push_back(std::move(distinct));
  }
  return entry->second;
}

MaskSetId MaskSets::with(MaskSetId set, const std::vector<Mask>& masks, std::uint32_t at) {
  std::vector<Mask> all;
  for (const Mask& mask : masks) {
    if (mask.extent.begin <= at && at < mask.extent.end) all.push_back(mask);
  }
  if (all.empty()) return set;
  all.insert(all.begin(), sets_[set].begin(), sets_[set].end());
  return of(all);
}

}  // namespace hasten
