#include "analyzer/suite/test_environment.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "analyzer/config/paths.h"
#include "analyzer/suite/pytest_version.h"
#include "analyzer/suite/requirement_files.h"
#include "analyzer/suite/requirement_search.h"
#include "analyzer/suite/version_range.h"

namespace hasten {
namespace {

/// `minversion` and `required_plugins`: pytest ends at once where they do not hold.
void add_pytest_options(const PytestConfig& pytest, Claims& claims) {
  for (const PytestConfig::Option& option : pytest.others) {
    Origin origin = option.origin;
    if (!origin.path.empty()) origin.path = absolute_path(origin.path, pytest.root);
    if (option.key == "minversion" && !option.value.empty()) {
      claims.rows.push_back({"pytest", ">=" + option.value, ClaimKind::constrained, false, origin});
    } else if (option.key == "required_plugins") {
      std::string_view rest = option.value;
      while (!(rest = trimmed(rest)).empty()) {
        const std::size_t end = std::min(rest.find_first_of(" \t\n"), rest.size());
        add_requirement(rest.substr(0, end), origin, claims);
        rest.remove_prefix(end);
      }
    }
  }
}

/// Paths as they are printed.
void face_root(const std::string& root, std::string& path) {
  if (path.starts_with('/')) path = relative_path(path, root);
}

/// Of several claims about one distribution the first counts; of several in one lock file, one for each Python, the
/// newest.
std::vector<InstalledDistribution> distributions_of(const std::vector<Claim>& claims) {
  std::vector<const Claim*> sorted;
  for (const Claim& claim : claims) {
    if (claim.kind != ClaimKind::constrained && !claim.name.empty()) sorted.push_back(&claim);
  }
  std::ranges::stable_sort(sorted, {}, [](const Claim* claim) { return std::string_view(claim->name); });
  std::vector<InstalledDistribution> found;
  for (const Claim* claim : sorted) {
    const bool is_sure = claim->kind == ClaimKind::locked || !claim->is_conditional;
    std::string exact = is_sure ? pinned_version(claim->versions).value_or("") : "";
    InstalledDistribution one{claim->name, claim->versions, std::move(exact), claim->origin};
    if (found.empty() || found.back().name != claim->name) {
      found.push_back(std::move(one));
    } else if (claim->kind == ClaimKind::locked && found.back().origin.path == claim->origin.path &&
               is_older_release(found.back().versions, claim->versions)) {
      found.back() = std::move(one);
    }
  }
  return found;
}

std::vector<Claim> all_claims(const Config& config, const SetupScript* script, std::vector<Problem>& problems) {
  const std::string& root = config.pytest.root;
  FoundClaims found = search_claims(root);
  if (script != nullptr) read_setup_script(*script, found.required);
  add_pytest_options(config.pytest, found.required);

  std::vector<Claim> claims = std::move(found.locked.rows);
  std::ranges::move(found.required.rows, std::back_inserter(claims));
  for (Claim& claim : claims) face_root(root, claim.origin.path);
  for (std::vector<Problem>* from : {&found.locked.problems, &found.required.problems}) {
    for (Problem& problem : *from) {
      face_root(root, problem.path);
      problems.push_back(std::move(problem));
    }
  }
  return claims;
}

}  // namespace

TestEnvironment test_environment(const Config& config, const SetupScript* script, std::vector<Problem>& problems) {
  TestEnvironment environment;
  const std::vector<Claim> claims = all_claims(config, script, problems);
  const bool is_told = !config.hasten.pytest_version.value.empty();
  environment.pytest_version = is_told ? config.hasten.pytest_version : pytest_version_of(claims);

  if (const auto& plugins = config.hasten.plugins.value) {
    std::vector<Claim> given;
    for (const std::string& name : *plugins) {
      const Requirement given_one = read_requirement(name).requirement;
      given.push_back({given_one.name, given_one.versions, ClaimKind::locked, false, config.hasten.plugins.origin});
    }
    environment.distributions = distributions_of(given);
    environment.is_complete = true;
    return environment;
  }
  environment.distributions = distributions_of(claims);
  environment.is_complete = std::ranges::find(claims, ClaimKind::locked, &Claim::kind) != claims.end();
  return environment;
}

}  // namespace hasten
