#include "analyzer/check/fixture_rows.h"

#include <algorithm>

#include "analyzer/check/symbol.h"
#include "analyzer/text/folder.h"

namespace hasten {
namespace {

/// Each definition that the test uses, once.
std::vector<FixtureId> fixtures_of(const Test& test) {
  std::vector<FixtureId> fixtures;
  for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
    for (const ClosureEntry& entry : *entries) {
      if (entry.fixture) fixtures.push_back(entry.fixture);
    }
  }
  if (test.call_hook) fixtures.push_back(test.call_hook);
  std::ranges::sort(fixtures);
  const auto repeated = std::ranges::unique(fixtures);
  fixtures.erase(repeated.begin(), repeated.end());
  return fixtures;
}

}  // namespace

Place place_of(const Project& project, const Fixture& fixture) {
  return {fixture.function.file, project.function(fixture.function).name_range};
}

bool is_conditional(const Project& project, const Fixture& fixture) {
  const FileModel& model = project.model(fixture.function.file);
  const Statement& statement = model.statements[model.functions[fixture.function.id].statement];
  const BlockKind kind = model.blocks[statement.block].kind;
  return kind != BlockKind::module && kind != BlockKind::class_ && kind != BlockKind::function;
}

Finding& report_fixture(Check& check, const Fixture& fixture, std::string message) {
  const Place place = place_of(check.project(), fixture);
  Finding& finding = check.report(place, std::move(message));
  finding.symbol = symbol_at(check.project(), place);
  return finding;
}

bool is_visible_in(const Project& project, const Fixture& fixture, FileId file) {
  switch (fixture.holder) {
    case HolderKind::plugin: return true;
    case HolderKind::conftest: return is_below(project.path(file), folder_of(project.path(fixture.file)));
    case HolderKind::module:
    case HolderKind::class_: return fixture.file == file;
  }
  return true;
}

/// Counts first, then fills: two passes, two allocations.
FixtureUsers::FixtureUsers(const Project& project) : first_(project->fixtures.size() + 2) {
  for (const Test& test : project->tests) {
    for (const FixtureId fixture : fixtures_of(test)) ++first_[fixture.index() + 2];
  }
  for (std::size_t at = 2; at < first_.size(); ++at) first_[at] += first_[at - 1];
  tests_.resize(first_.back());
  for (const TestId id : project->tests.ids()) {
    for (const FixtureId fixture : fixtures_of(project->tests[id])) tests_[first_[fixture.index() + 1]++] = id;
  }
}

}  // namespace hasten
