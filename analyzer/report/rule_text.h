#pragma once

// Parts of a rule's page.

#include <string>
#include <string_view>

#include "analyzer/check/rule.h"

namespace hasten {

/// The page's first paragraph on one line; the summary when the page has none.
[[nodiscard]] std::string lead_paragraph(const Rule& rule);

/// The first address that the page names: the documentation a reader is sent to. Empty when there is none.
[[nodiscard]] std::string_view first_reference(const Rule& rule);

[[nodiscard]] std::string_view to_string(FixKind fix);

}  // namespace hasten
