#pragma once

// Lock files: every distribution with its exact version. uv.lock, poetry.lock, pdm.lock and pylock.toml are TOML that a
// tool wrote, one key a line, and megabytes long, so they are read line by line; Pipfile.lock is JSON.

#include <string>
#include <string_view>

#include "analyzer/suite/claim.h"

namespace hasten {

/// A file with marks of a merge conflict, or whose lines are none that such a tool writes, is a problem and says
/// nothing.
void read_toml_lock(const std::string& path, Claims& claims);
void read_toml_lock(const std::string& path, std::string_view bytes, Claims& claims);
void read_pipfile_lock(const std::string& path, Claims& claims);

}  // namespace hasten
