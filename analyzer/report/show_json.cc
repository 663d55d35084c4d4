// One test or one fixture with all that surrounds it. Keys are only ever added.
//
//   version   1
//   test      the keys of a test in `hasten list`, and
//               marks     [{text, file, line}]              as written; those of classes and the module behind its own
//               tree      [{depth, name, id, repeated, overridden, dynamic, parametrized}]
//                                                           in drawing order; id: null for what is no fixture
//               overridden  [ids]                           farther definitions that are set up as well
//   fixture   the keys of a fixture in `hasten list`, and
//               gets, requested_by  [{id, tests}]           definitions, and in how many tests the request is made
//               direct_users                                tests that request it themselves
//               overrides, overridden_by  [ids]
//               set_up_by   [{test, parameter, times}]      parameter: index or null
//               with_xdist  [{workers, load, loadscope, loadfile, loadgroup, worksteal, each}]
//                                                           most set-ups by --dist, whatever the timing, or null
//               tests       [node ids]
//
// There is one of `test` and `fixture`.

#include <utility>

#include "analyzer/check/distribution.h"
#include "analyzer/report/details.h"
#include "analyzer/report/row_json.h"
#include "analyzer/report/show.h"
#include "analyzer/report/verdict_text.h"

namespace hasten {
namespace {

class SubjectWriter {
 public:
  explicit SubjectWriter(const Project& project) : project_(project), rows_(project, json_), places_(project, "") {}

  std::string document(const Subject& subject) && {
    json_.begin_object().member("version", 1).key(subject.test ? "test" : "fixture").begin_object();
    subject.test ? write(subject.test) : write(subject.fixture);
    json_.end_object().end_object();
    return std::move(json_).document();
  }

 private:
  void write(TestId id) {
    const Test& test = project_->tests[id];
    rows_.members(id);
    json_.key("marks").begin_array();
    for (const WrittenMark& mark : marks_of(project_, test)) {
      json_.begin_object().member("text", mark.text).member("file", project_.path(mark.place.file));
      json_.member("line", places_.region(mark.place).start.line).end_object();
    }
    json_.end_array().key("tree").begin_array();
    for (const ClosureRow& row : closure_rows(project_, test)) write(row);
    json_.end_array().key("overridden").begin_array();
    for (const ClosureEntry& entry : test.overridden) json_.text(rows_.id_of(entry.fixture));
    json_.end_array().key("accesses").begin_array();
    for (const Access& access : project_->accesses) {
      if (access.test == id) write(access);
    }
    json_.end_array();
  }

  void write(const Access& access) {
    const Reach& reach = project_->reaches[access.reach];
    json_.begin_object().member("resource", resource_text(project_, project_->resources[access.resource]));
    json_.member("kind", to_string(project_->resources[access.resource].kind));
    json_.member("mode", access.mode == AccessMode::write ? "write" : "read");
    json_.member("restored", access.is_restored != 0);
    json_.member("phase", to_string(project_->paths[reach.path].phase)).key("chain").begin_array();
    for (const Step& step : project_.steps(reach.path)) {
      json_.begin_row().member("file", project_.path(step.place.file));
      json_.member("line", places_.region(step.place).start.line).member("name", project_.name(step.in)).end_object();
    }
    json_.end_array().end_object();
  }

  void write(const ClosureRow& row) {
    json_.begin_object().member("depth", row.depth).member("name", project_.name(row.name)).key("id");
    row.fixture ? json_.text(rows_.id_of(row.fixture)) : json_.null();
    json_.member("repeated", row.is_repeated != 0).member("overridden", row.is_overridden != 0);
    json_.member("dynamic", row.is_dynamic != 0).member("parametrized", row.is_parametrized != 0).end_object();
  }

  void write(FixtureId fixture) {
    rows_.members(fixture);
    const FixtureSurroundings around = surroundings_of(project_, fixture);
    write("gets", around.requests);
    write("requested_by", around.requested_by);
    json_.member("direct_users", around.direct_users);
    write("overrides", around.overrides);
    write("overridden_by", around.overridden_by);
    json_.key("set_up_by").begin_array();
    for (const SetUp& set_up : project_.set_ups_of(fixture)) write(set_up);
    json_.end_array().key("with_xdist").begin_array();
    for (const std::uint32_t workers : {2U, 4U, 8U}) write_bounds(fixture, workers);
    json_.end_array().key("tests").begin_array();
    for (const TestId test : around.users) json_.text(project_.name(project_->tests[test].qualified_name));
    json_.end_array();
  }

  void write_bounds(FixtureId fixture, std::uint32_t workers) {
    json_.begin_object().member("workers", workers);
    for (const Distribution distribution : all_distributions) {
      rows_.count(to_string(distribution), most_set_ups(project_, fixture, distribution, workers));
    }
    json_.end_object();
  }

  void write(std::string_view key, const std::vector<Neighbour>& neighbours) {
    json_.key(key).begin_array();
    for (const Neighbour& one : neighbours) {
      json_.begin_object().member("id", rows_.id_of(one.fixture)).member("tests", one.tests).end_object();
    }
    json_.end_array();
  }

  void write(std::string_view key, const std::vector<FixtureId>& fixtures) {
    json_.key(key).begin_array();
    for (const FixtureId fixture : fixtures) json_.text(rows_.id_of(fixture));
    json_.end_array();
  }

  void write(const SetUp& set_up) {
    json_.begin_object().member("test", project_.name(project_->tests[set_up.test].qualified_name)).key("parameter");
    set_up.parameter == SetUp::no_parameter ? json_.null() : json_.number(set_up.parameter);
    json_.member("times", set_up.times).end_object();
  }

  const Project& project_;
  JsonWriter json_;
  RowJson rows_;
  Places places_;
};

}  // namespace

std::string report_subject_json(const Project& project, const Subject& subject) {
  return SubjectWriter(project).document(subject);
}

}  // namespace hasten
