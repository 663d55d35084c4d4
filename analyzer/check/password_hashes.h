#pragma once

// Which calls hash a password, and which of those do it with as many rounds as production wants.

#include <string_view>

#include "analyzer/model/project.h"

namespace hasten {

/// `bcrypt.hashpw`, `passlib.context.CryptContext.hash`: slow on purpose, by a number of rounds that can be chosen.
[[nodiscard]] bool hashes_password(std::string_view api);

/// Is it seen in the file of the effect, which hashes a password, that nothing lowers the number of rounds? What is
/// computed or made in another file is not seen.
[[nodiscard]] bool hashes_by_default(const Project& project, const Effect& effect);

}  // namespace hasten
