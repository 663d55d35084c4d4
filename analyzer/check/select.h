#pragma once

// Which rules run, and where. A selector is ALL, a code, a prefix of codes (HS2) or a rule's name; of those that match
// a rule the more specific wins, and at a tie `ignore` does.

#include <span>
#include <string_view>
#include <vector>

#include "analyzer/check/rule.h"
#include "analyzer/config/config.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

/// By code. A selector that names no rule is a problem of severity error; the others still count.
[[nodiscard]] std::vector<const Rule*> selected_rules(const HastenConfig& config, std::vector<Problem>& problems);

/// The same from a catalogue of one's own.
[[nodiscard]] std::vector<const Rule*> selected_rules(std::span<const Rule* const> catalogue,
                                                      const HastenConfig& config, std::vector<Problem>& problems);

[[nodiscard]] bool selects(std::string_view selector, const Rule& rule);

/// Drops findings below the configured confidence.
void hide_unsure(const HastenConfig& config, std::vector<Finding>& findings);

/// Drops findings that `per-file-ignores` switches off. Patterns are gitignore-style, relative to the root directory; a
/// leading `!` means every file but those.
void hide_per_file(const Project& project, const HastenConfig& config, std::vector<Finding>& findings);

}  // namespace hasten
