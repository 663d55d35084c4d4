#pragma once

// What a run goes by, each value with the place that set it.

#include <span>
#include <string>

#include "analyzer/config/config.h"
#include "analyzer/suite/test_environment.h"

namespace hasten {

struct SettingsInput {
  const Config& config;
  const TestEnvironment& environment;
  std::span<const std::string>
      known_plugins;  // normalised names of distributions; others are shown when named pytest-x
};

/// `name: value (place)`, one a line.
[[nodiscard]] std::string report_settings(const SettingsInput& input);

}  // namespace hasten
