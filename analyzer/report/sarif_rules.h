#pragma once

// The rule array of a SARIF run, printed from the rules' own constants.

#include <span>

#include "analyzer/check/rule.h"
#include "analyzer/report/json_writer.h"

namespace hasten {

void write_sarif_rules(JsonWriter& json, std::span<const Rule* const> rules);

/// `note`, `warning` or `error`.
[[nodiscard]] std::string_view sarif_level(Severity severity);

}  // namespace hasten
