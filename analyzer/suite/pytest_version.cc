#include "analyzer/suite/pytest_version.h"

#include <algorithm>
#include <optional>

#include "analyzer/suite/version_range.h"

namespace hasten {
namespace {

using Choice = std::optional<Setting<std::string>>;

void keep_newer(Choice& best, std::string version, const Origin& origin) {
  if (!best || is_older_release(best->value, version)) best = {std::move(version), origin};
}

/// The newest of the first lock file: one for each Python that it serves.
Choice locked_version(const std::vector<Claim>& claims) {
  Choice best;
  for (const Claim& claim : claims) {
    if (claim.kind != ClaimKind::locked || claim.versions.empty()) continue;
    if (!best || best->origin.path == claim.origin.path) keep_newer(best, claim.versions, claim.origin);
  }
  return best;
}

Choice pinned(const std::vector<Claim>& claims) {
  Choice best;
  for (const Claim& claim : claims) {
    auto version = pinned_version(claim.versions);
    if (!version) continue;
    if (!claim.is_conditional) return Setting<std::string>{std::move(*version), claim.origin};
    keep_newer(best, std::move(*version), claim.origin);
  }
  return best;
}

/// What is named is the first bound that alone says as much.
Choice within_bounds(const std::vector<Claim>& claims) {
  std::vector<std::string> bounds;
  Choice first, conditional;
  for (const Claim& claim : claims) {
    if (claim.kind == ClaimKind::locked || claim.versions.empty() || claim.versions == "*") continue;
    auto alone = newest_pytest({claim.versions});
    if (!alone) continue;
    if (claim.is_conditional) {
      keep_newer(conditional, std::move(*alone), claim.origin);
      continue;
    }
    bounds.push_back(claim.versions);
    if (!first) first = {std::move(*alone), claim.origin};
  }
  if (!first) return conditional;
  const auto all = newest_pytest(bounds);
  if (!all) return first;  // they contradict each other
  for (const Claim& claim : claims) {
    if (claim.is_conditional || claim.versions.empty() || newest_pytest({claim.versions}) != all) continue;
    return Setting<std::string>{*all, claim.origin};
  }
  return Setting<std::string>{*all, first->origin};
}

}  // namespace

Setting<std::string> pytest_version_of(const std::vector<Claim>& all) {
  std::vector<Claim> claims;
  std::ranges::copy_if(all, std::back_inserter(claims), [](const Claim& claim) { return claim.name == "pytest"; });
  if (auto version = locked_version(claims)) return std::move(*version);
  std::erase_if(claims, [](const Claim& claim) { return claim.kind == ClaimKind::locked; });
  const Choice pin = pinned(claims);
  const bool is_sure = pin && std::ranges::any_of(claims, [&](const Claim& claim) {
                         return !claim.is_conditional && pinned_version(claim.versions) == pin->value;
                       });
  if (is_sure) return *pin;
  // A pin for some environments only says less than bounds for all.
  const bool has_bound =
      std::ranges::any_of(claims, [](const Claim& claim) { return !claim.is_conditional && !claim.versions.empty(); });
  if (pin && !has_bound) return *pin;
  return within_bounds(claims).value_or(Setting<std::string>());
}

}  // namespace hasten
