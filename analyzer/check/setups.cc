#include "analyzer/check/setups.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

namespace hasten {
namespace {

/// What a value is cached for; two tests with equal owners share one set-up.
using Owner = std::tuple<FileId, ClassRef, TestId, std::string_view>;

std::string_view folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
}

Owner owner_of(const Project& project, Scope scope, TestId id) {
  const Test& test = project->tests[id];
  switch (scope) {
    case Scope::function: return {{}, {}, id, {}};
    case Scope::class_:
      // Outside a class pytest falls back to the test itself (C13).
      if (test.classes.empty()) return {{}, {}, id, {}};
      return {test.file, test.classes.back(), {}, {}};
    case Scope::module: return {test.file, {}, {}, {}};
    case Scope::package: return {{}, {}, {}, folder_of(project.path(test.file))};
    case Scope::session: return {};
  }
  return {};
}

std::uint32_t cases_of(const Test& test) {
  return test.cases.known() ? static_cast<std::uint32_t>(test.cases.value) : 1;
}

}  // namespace

std::uint32_t set_ups(const Project& project, FixtureId id, std::span<const TestId> tests) {
  const Fixture& fixture = project->fixtures[id];
  if (fixture.scope == Scope::function) return cases(project, tests);

  std::vector<Owner> owners;
  for (const TestId test : tests) owners.push_back(owner_of(project, fixture.scope, test));
  std::ranges::sort(owners);
  const auto repeated = std::ranges::unique(owners);
  owners.erase(repeated.begin(), repeated.end());
  const auto values = static_cast<std::uint32_t>(std::max(1, fixture.params.value));
  return static_cast<std::uint32_t>(owners.size()) * values;
}

std::uint32_t cases(const Project& project, std::span<const TestId> tests) {
  std::uint32_t sum = 0;
  for (const TestId test : tests) sum += cases_of(project->tests[test]);
  return sum;
}

}  // namespace hasten
