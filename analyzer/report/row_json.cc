#include "analyzer/report/row_json.h"

#include <string_view>

#include "analyzer/model/group_names.h"
#include "analyzer/report/fixture_ids.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/set_up_doubts.h"
#include "analyzer/report/verdict_text.h"

namespace hasten {
namespace {

std::string_view kind_of(const Test& test) {
  switch (test.kind) {
    case TestKind::function: return "function";
    case TestKind::method: return "method";
    case TestKind::unittest_method: return "unittest";
    case TestKind::doctest: return "doctest";
  }
  return "?";
}

}  // namespace

RowJson::RowJson(const Project& project, JsonWriter& json)
    : project_(project), json_(json), places_(project, ""), ids_(fixture_ids(project)), groups_(group_names(project)) {}

void RowJson::members(TestId id) {
  const Test& test = project_->tests[id];
  json_.member("id", project_.name(test.qualified_name)).member("file", project_.path(test.file));
  json_.key("line");
  test.function ? json_.number(line_of(test.function)) : json_.null();
  json_.member("name", project_.name(test.name));
  const std::string_view classes = class_path(project_, test);
  json_.key("class");
  classes.empty() ? json_.null() : json_.text(classes);
  names("fixtures", test.closure);
  json_.key("definitions").begin_array();
  for (const ClosureEntry& entry : test.closure) entry.fixture ? json_.text(id_of(entry.fixture)) : json_.null();
  json_.end_array();
  count("cases", test.cases);
  json_.key("why");
  test.cases.known() ? json_.null() : json_.text(project_.name(test.unknown_cases));
  json_.member("kind", kind_of(test)).member("skipped", test.is_skipped != 0);
  json_.member("conditional", test.is_conditional != 0);
  names("dynamic_fixtures", test.dynamic_uses);
  json_.member("has_unknown_fixtures", test.has_unknown_closure != 0);
  json_.key("defined_in");
  if (test.function && test.function.file != test.file) {
    place(test.function);
  } else {
    json_.null();
  }
  verdict(id);
}

void RowJson::verdict(TestId test) {
  if (project_->verdicts.empty()) return;  // nobody asked what tests do
  const Verdict& verdict = project_->verdicts[test];
  json_.member("verdict", to_string(verdict.kind)).key("group");
  verdict.group ? json_.text(groups_[verdict.group.index()]) : json_.null();
  json_.key("reasons").begin_array();
  for (const Reason& reason : project_.reasons_of(test)) this->reason(test, reason);
  json_.end_array();
}

void RowJson::reason(TestId test, const Reason& reason) {
  json_.begin_row().member("kind", to_string(reason.kind)).member("text", reason_text(project_, test, reason));
  json_.key("with");
  reason.other ? json_.text(project_.name(project_->tests[reason.other].qualified_name)) : json_.null();
  json_.member("others", reason.others).key("resource");
  if (reason.access == Reason::no_access) {
    json_.null().end_object();
    return;
  }
  const Access& access = project_->accesses[reason.access];
  json_.text(resource_text(project_, project_->resources[access.resource]));
  const Place place = project_->effects[project_->reaches[access.reach].effect].place;
  json_.member("file", project_.path(place.file)).member("line", places_.region(place).start.line).end_object();
}

void RowJson::members(FixtureId id) {
  const Fixture& fixture = project_->fixtures[id];
  const bool is_hidden = fixture.origin == FixtureOrigin::xunit;
  json_.member("id", id_of(id)).member("name", project_.name(fixture.name));
  if (const Place code = project_.code_of(fixture); code.file && !is_hidden) {
    json_.member("file", project_.path(code.file)).member("line", places_.region(code).start.line);
  }
  json_.key("scope");
  fixture.scope_is_known ? json_.text(to_string(fixture.scope)) : json_.null();
  json_.member("autouse", fixture.is_autouse != 0);
  count("params", fixture.params);
  count("setups", fixture.setups);
  doubt(project_.set_up_doubt_of(id));
  json_.member("users", fixture.users);
  json_.key("holder");
  fixture.file ? json_.text(project_.path(fixture.file)) : json_.null();
  json_.member("hidden", is_hidden);
  json_.key("requests").begin_array();
  for (const NameId argument : fixture.arguments) json_.text(project_.name(argument));
  json_.end_array();
}

void RowJson::doubt(const SetUpDoubt* doubt) {
  json_.key("setups_unknown");
  if (doubt == nullptr) {
    json_.null();
    return;
  }
  json_.begin_object().member("kind", to_string(doubt->why)).member("reason", reason_of(project_, *doubt));
  if (doubt->place.file) {
    json_.member("file", project_.path(doubt->place.file)).member("line", places_.region(doubt->place).start.line);
  } else {
    json_.key("file").null().key("line").null();
  }
  json_.end_object();
}

void RowJson::count(std::string_view key, Count count) {
  json_.key(key);
  count.known() ? json_.number(count.value) : json_.null();
}

void RowJson::place(FunctionRef function) {
  json_.begin_object().member("file", project_.path(function.file)).member("line", line_of(function)).end_object();
}

void RowJson::names(std::string_view key, const std::vector<ClosureEntry>& entries) {
  json_.key(key).begin_array();
  for (const ClosureEntry& entry : entries) json_.text(project_.name(entry.name));
  json_.end_array();
}

std::uint32_t RowJson::line_of(FunctionRef function) {
  return places_.region({function.file, project_.function(function).range}).start.line;
}

}  // namespace hasten
