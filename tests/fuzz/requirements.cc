// Any bytes are requirements, one a line, and a lock file: claims or problems with a line, never a crash.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/suite/lock_file.h"
#include "analyzer/suite/version_range.h"

namespace {

void check_requirement(std::string_view line) {
  const hasten::ReadRequirement read = hasten::read_requirement(line);
  if (read.kind != hasten::RequirementKind::requirement) return;
  if (read.requirement.name.empty()) std::abort();
  // A version that is pinned is one that is let through.
  const auto pinned = hasten::pinned_version(read.requirement.versions);
  if (pinned && !hasten::admits(read.requirement.versions, *pinned)) std::abort();
  static_cast<void>(hasten::newest_pytest({read.requirement.versions}));
}

void check_lock_file(std::string_view bytes) {
  hasten::Claims claims;
  hasten::read_toml_lock("x.lock", bytes, claims);
  for (const hasten::Claim& claim : claims.rows) {
    if (claim.name.empty() || claim.origin.line == 0) std::abort();
  }
  for (const hasten::Problem& problem : claims.problems) {
    if (problem.line == 0 || problem.message.empty()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_lock_file(bytes);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    check_requirement(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return 0;
}
