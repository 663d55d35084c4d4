#pragma once

// Of all that files say about pytest's version, the one that holds.

#include <string>
#include <vector>

#include "analyzer/suite/claim.h"

namespace hasten {

/// A locked version, else a pinned one, else the newest known version within the bounds; empty when nothing bounds it.
/// Unconditional claims win over those for some Python versions or environments only; of several of these the newest.
/// `claims` in the order in which they are believed, lock files first.
[[nodiscard]] Setting<std::string> pytest_version_of(const std::vector<Claim>& claims);

}  // namespace hasten
