#pragma once

// The tables that the host tool writes from rules/knowledge/*.toml: constant data, sorted by name, no start-up cost.
// Only knowledge and its compiler see this header.

#include <span>
#include <string_view>

#include "analyzer/knowledge/decorators.h"
#include "analyzer/knowledge/knowledge.h"

namespace hasten::tables {

/// `name` and everything below it is filed under `is`.
struct Alias {
  std::string_view name;
  std::string_view is;
};

/// What carries requests. Masking `over` masks it too: `responses` stops all that is built on requests.
struct Transport {
  std::string_view name;
  std::string_view over;  // empty: its own connections
};

extern const std::span<const Api> apis;
extern const std::span<const KnownClass> classes;
extern const std::span<const Alias> aliases;
extern const std::span<const Transport> transports;
extern const std::span<const KnownDecorator> decorators;
extern const std::span<const PluginFixture> plugin_fixtures;  // by name, then plugin

}  // namespace hasten::tables
