#include "analyzer/model/effect.h"

#include <fmt/format.h>

namespace hasten {

std::string_view to_string(EffectKind kind) {
  switch (kind) {
    case EffectKind::sleep: return "sleep";
    case EffectKind::network: return "network";
    case EffectKind::subprocess: return "subprocess";
    case EffectKind::file_write: return "file-write";
    case EffectKind::file_read: return "file-read";
    case EffectKind::database: return "database";
    case EffectKind::environment: return "environment";
    case EffectKind::working_directory: return "working-directory";
    case EffectKind::process_state: return "process-state";
    case EffectKind::global_state: return "global-state";
    case EffectKind::clock: return "clock";
    case EffectKind::randomness: return "randomness";
    case EffectKind::thread: return "thread";
    case EffectKind::port: return "port";
    case EffectKind::heavy_construction: return "heavy-construction";
    case EffectKind::password_hash: return "password-hash";
    case EffectKind::named_object: return "named-object";
    case EffectKind::state_read: return "state-read";
  }
  return "?";
}

std::string_view to_string(CostClass cost) {
  switch (cost) {
    case CostClass::none: return "none";
    case CostClass::trivial: return "trivial";
    case CostClass::cheap: return "cheap";
    case CostClass::moderate: return "moderate";
    case CostClass::heavy: return "heavy";
    case CostClass::very_heavy: return "very-heavy";
  }
  return "?";
}

Seconds typical_seconds(CostClass cost) {
  switch (cost) {
    case CostClass::none: return {};
    case CostClass::trivial: return {0.00001F};
    case CostClass::cheap: return {0.001F};
    case CostClass::moderate: return {0.03F};
    case CostClass::heavy: return {0.3F};
    case CostClass::very_heavy: return {3};
  }
  return {};
}

std::string_view to_string(PathRoot root) {
  switch (root) {
    case PathRoot::none: return "none";
    case PathRoot::unknown: return "unknown";
    case PathRoot::unique_temporary: return "unique-temporary";
    case PathRoot::shared_temporary: return "shared-temporary";
    case PathRoot::source_tree: return "source-tree";
    case PathRoot::working_directory: return "working-directory";
    case PathRoot::home: return "home";
    case PathRoot::absolute: return "absolute";
  }
  return "?";
}

std::string path_template(PathRoot root, std::string_view tail) {
  const bool is_whole = tail.starts_with('/') || tail.starts_with('~');
  const auto below = [&](std::string_view folder) {
    if (is_whole) return std::string(tail);
    return tail.empty() ? std::string(folder) : fmt::format("{}/{}", folder, tail);
  };
  switch (root) {
    case PathRoot::none:
    case PathRoot::unknown: return std::string(tail);
    case PathRoot::unique_temporary: return below("<tmp>");
    case PathRoot::shared_temporary: return below("/tmp");
    case PathRoot::source_tree: return below("<source>");
    case PathRoot::home: return below("~");
    case PathRoot::working_directory:
    case PathRoot::absolute: return tail.empty() ? "." : std::string(tail);
  }
  return {};
}

}  // namespace hasten
