#pragma once

// What makes a finding the same finding after its lines have moved: rule, path and symbol, and a number where one
// symbol has several. Baselines and JSON consumers match by it.

#include <span>
#include <string>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/project.h"

namespace hasten {

/// One per finding, 16 hexadecimal digits, distinct within the report.
[[nodiscard]] std::vector<std::string> fingerprints(const Project& project, std::span<const Finding> findings);

}  // namespace hasten
