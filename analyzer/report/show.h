#pragma once

// Everything known about one test or one fixture.

#include <string>

#include "analyzer/model/project.h"
#include "analyzer/report/report.h"
#include "analyzer/report/subject.h"

namespace hasten {

/// For people who stand in `base`.
[[nodiscard]] std::string report_subject(const Project& project, const Subject& subject, std::string base,
                                         const TextStyle& style = {});

/// One object; analyzer/report/show_json.cc documents its keys, which only ever grow.
[[nodiscard]] std::string report_subject_json(const Project& project, const Subject& subject);

}  // namespace hasten
