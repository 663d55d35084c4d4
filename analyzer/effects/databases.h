#pragma once

// Which database a call opens, as far as its arguments say so.

#include "analyzer/effects/call_facts.h"

namespace hasten {

/// The file that an address like `sqlite:///./test.db` names, as a path with its root; unknown for a server. A relative
/// one is below the working directory (https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#connect-strings).
[[nodiscard]] Value database_file(const CallSite& site, const Api& api);

/// In memory (`:memory:`, `sqlite://`), or in a folder that only this test has (`f"sqlite:///{tmp_path}/test.db"`).
[[nodiscard]] bool is_own_database(const CallSite& site, const Api& api);

}  // namespace hasten
