#pragma once

// Comments that silence findings: `# hasten: ignore[HS201] reason`, `# hasten: file-ignore[HS2]`, `# noqa: HS201`, bare
// `# noqa`. Codes may be cut short (HS3 is the family) or be a rule's name.

#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Drops the findings that a comment speaks for: one on any line of the statement a finding is in (decorators
/// included), one on a line of its own before that statement, one for the whole file. A comment that names the code
/// also counts where the witness ends, so that the cause can be excused once instead of at every test; there a bare one
/// does not count, as it was written for other tools.
void hide_suppressed(const Project& project, std::vector<Finding>& findings);

}  // namespace hasten
