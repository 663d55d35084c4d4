#pragma once

// The tests that pytest would collect and the fixtures that it knows, in pytest's order.

#include <string>
#include <string_view>

#include "analyzer/model/project.h"
#include "analyzer/report/report.h"

namespace hasten {

/// One object with both lists; analyzer/report/lists_json.cc documents its keys, which only ever grow.
[[nodiscard]] std::string report_lists_json(const Project& project);

/// One line each; `base` as in ReportInput.
[[nodiscard]] std::string report_tests(const Project& project, std::string base, const TextStyle& style = {});
[[nodiscard]] std::string report_fixtures(const Project& project, std::string base, const TextStyle& style = {});

/// Why there may be more tests at a place.
[[nodiscard]] std::string reason_of(const Project& project, const UncertainTests& row);
/// "session, autouse, 3 params".
[[nodiscard]] std::string traits_of(const Fixture& fixture);
/// `TestA::TestB`; empty for a plain function.
[[nodiscard]] std::string_view class_path(const Project& project, const Test& test);
/// Not TestCase.setUp, which is no fixture of pytest's; not what a plugin that may not be there would offer.
[[nodiscard]] bool is_listed(const Fixture& fixture);

}  // namespace hasten
