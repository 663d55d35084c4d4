// Tests and fixtures as one object, both lists always filled. Keys are only ever added.
//
//   version   1
//   root      pytest's root directory, absolute; all other paths are relative to it, `/` separated
//   tests     [{id,                     node id without parameters
//               file,                   where it is collected
//               line,                   of the first decorator
//               name, class,            `A::B` for nested classes, null for plain functions
//               fixtures,               names of the closure in pytest's order
//               definitions,            ids of the fixtures that these names get, null for what is no fixture
//               cases, why,             number or null; why it is unknown, or null
//               kind: function|method|unittest|doctest,
//               skipped,                always, by a mark without condition
//               conditional,            whether it is there, or has the hidden fixtures of its class, depends on an
//                                       `if`, `try` or skipIf that only a run can tell
//               dynamic_fixtures,       what request.getfixturevalue asks for by name, with all that brings in
//               has_unknown_fixtures,   there may be more that only a run can tell
//               defined_in,             {file, line} of an inherited or imported test, else null
//               verdict: parallel|grouped|serial|unknown,   beside tests on other workers
//               group,                  name of its group, or null
//               reasons}]               [{kind, text, with: a test or null, others: number of them, resource or null,
//                                         file, line}], gravest first; file and line where the resource is used
//   fixtures  [{id, name,
//               file, line,             of the function, first decorator; missing for fixtures of plugins and hidden
//                                       ones
//               scope,                  null when it is computed
//               autouse,
//               params, setups,         number or null
//               setups_unknown,         null, or {kind, reason, file, line}: what keeps setups from being known and
//                                       where it stands; file and line may be null
//               users,
//               holder,                 file that makes it visible, null for plugins
//               hidden,                 made by pytest for setup_module, setUpClass, ...
//               requests}]              names of the fixtures that it asks for
//
//   uncertain [{file, line, why}]   where there may be more tests that only a run can tell
//
// `setups` counts one serial run of all that was read. `users` are tests.

#include <utility>

#include "analyzer/report/lists.h"
#include "analyzer/report/row_json.h"

namespace hasten {

std::string report_lists_json(const Project& project) {
  JsonWriter json;
  RowJson rows(project, json);
  json.begin_object().member("version", 1).member("root", project->root);
  json.key("tests").begin_array();
  for (const TestId test : project->tests.ids()) {
    json.begin_object();
    rows.members(test);
    json.end_object();
  }
  json.end_array().key("fixtures").begin_array();
  for (const FixtureId id : project->fixtures.ids()) {
    if (!is_listed(project->fixtures[id])) continue;
    json.begin_object();
    rows.members(id);
    json.end_object();
  }
  json.end_array().key("uncertain").begin_array();
  Places places(project, "");
  for (const UncertainTests& row : project->uncertain_tests) {
    json.begin_object().member("file", project.path(row.place.file));
    json.member("line", places.region(row.place).start.line).member("why", reason_of(project, row)).end_object();
  }
  json.end_array().end_object();
  return std::move(json).document();
}

}  // namespace hasten
