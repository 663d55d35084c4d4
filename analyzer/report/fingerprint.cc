#include "analyzer/report/fingerprint.h"

#include <map>

#include <fmt/format.h>
#include <xxhash.h>

namespace hasten {

std::vector<std::string> fingerprints(const Project& project, std::span<const Finding> findings) {
  std::map<std::string, int> seen;
  std::vector<std::string> out;
  out.reserve(findings.size());
  for (const Finding& finding : findings) {
    std::string identity;
    for (const std::string_view part :
         {finding.rule, std::string_view(project.path(finding.place.file)), std::string_view(finding.symbol)}) {
      identity += part;
      identity += '\0';  // so that no two triples read the same
    }
    identity += std::to_string(seen[identity]++);
    out.push_back(fmt::format("{:016x}", XXH3_64bits(identity.data(), identity.size())));
  }
  return out;
}

}  // namespace hasten
