#pragma once

// Where a project keeps its lock files and requirements: in the root directory, in its folders for such files, and,
// when those do not speak of pytest, in the folders above it up to the repository's.

#include <string>
#include <vector>

#include "analyzer/suite/claim.h"

namespace hasten {

struct FoundClaims {
  Claims locked;    // of the nearest lock files that hold pytest; empty when there is none
  Claims required;  // of everything else, nearest folder first
};

[[nodiscard]] FoundClaims search_claims(const std::string& root);

/// The setup.py of the root directory; empty when there is none. Reading it takes a parser, which is not for here.
[[nodiscard]] std::string setup_script_of(const std::string& root);

}  // namespace hasten
