#pragma once

// What a rule sees and how it reports: the frozen project and a place for its findings.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/check/rule.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/project.h"

namespace hasten {

class Check {
 public:
  Check(const Project& project, const Rule& rule) : project_(project), rule_(rule) {}

  [[nodiscard]] const Project& project() const { return project_; }
  [[nodiscard]] const Rule& rule() const { return rule_; }

  /// The rule's code, severity and confidence are filled in; a rule that is less sure of this one lowers the confidence
  /// afterwards through the reference, which is good until the next report.
  Finding& report(Place place, std::string message);

  [[nodiscard]] std::vector<Finding> findings() && { return std::move(findings_); }

 private:
  const Project& project_;
  const Rule& rule_;
  std::vector<Finding> findings_;
};

}  // namespace hasten
