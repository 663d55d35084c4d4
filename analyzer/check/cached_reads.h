#pragma once

// Functions that compute their answer once for the whole process, from environment variables.

#include <string>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct CachedRead {
  FunctionRef function;                // has no parameters: there is one answer
  std::vector<std::string> variables;  // that it reads itself; ascending, each once
};

/// Those under functools.lru_cache or functools.cache whose name no other function has, in the order of the files. Read
/// is what `os.environ` and `os.getenv` are asked for by a literal name, and the fields of a pydantic `BaseSettings`
/// class of the project that is built there, with its `env_prefix`
/// (https://docs.pydantic.dev/latest/concepts/pydantic_settings/).
[[nodiscard]] std::vector<CachedRead> cached_reads(const Project& project);

}  // namespace hasten
