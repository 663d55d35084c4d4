#pragma once

// Findings as text. One file per format, each a pure function: same project, same findings, same bytes.

#include <span>
#include <string>
#include <string_view>

#include "analyzer/check/rule.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/problem.h"
#include "analyzer/model/project.h"

namespace hasten {

struct ReportInput {
  const Project& project;
  std::span<const Finding> findings;  // sorted by path, place, rule
  std::span<const Problem> problems;
  std::span<const Rule* const> rules;  // those that ran
};

[[nodiscard]] std::string report_concise(const ReportInput& input);
[[nodiscard]] std::string report_full(const ReportInput& input, bool colored);
[[nodiscard]] std::string report_json(const ReportInput& input);
[[nodiscard]] std::string report_sarif(const ReportInput& input);

}  // namespace hasten
