#pragma once

// Which calls that hash a password do it with as many rounds as production wants.

#include "analyzer/model/project.h"

namespace hasten {

/// Is it seen in the file of the effect, which is EffectKind::password_hash, that nothing lowers the number of rounds?
/// What is computed or made in another file is not seen.
[[nodiscard]] bool hashes_by_default(const Project& project, const Effect& effect);

}  // namespace hasten
