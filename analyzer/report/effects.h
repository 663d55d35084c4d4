#pragma once

// Everything that tests are known to do, and what keeps it from happening. Long lists are handed out in parts.

#include <functional>
#include <string>
#include <string_view>

#include "analyzer/model/project.h"
#include "analyzer/report/report.h"

namespace hasten {

/// Takes the next part of a text.
using TextSink = std::function<void(std::string_view)>;

/// One object; analyzer/report/effects_json.cc documents its keys, which only ever grow.
void report_effects_json(const Project& project, const TextSink& sink);

/// One line each; `base` as in ReportInput.
void report_effects(const Project& project, std::string base, const TextStyle& style, const TextSink& sink);

}  // namespace hasten
