// What tests do as one object, a row on a line. Keys are only ever added.
//
//   version   1
//   root      pytest's root directory, absolute; all other paths are relative to it, `/` separated
//   effects   [{test,        node id without parameters
//               kind,        network sleep env global cwd process-state file-write subprocess db port
//               file, line,  where it happens: the call, or the assignment that changes state
//               phase,       setup, call or teardown; setUp and tearDown of a TestCase run in its call
//               resource,    a path (`<tmp>/x`: in a folder of the test's own), URL, key, port, dotted name, or null
//               restored,    a change of state that is taken back, for this test
//               masked_by,   what keeps it from happening, or null
//               chain,       [{file, line, name}]: the calls from the test or fixture to the effect; name is the
//                            function that the line stands in
//               api,         dotted name of what is called or changed
//               fixture,     the fixture whose set-up or tear-down does it, or null
//               private}]    no other test, worker or machine can notice: own folder, loopback, free port
//
// Rows are sorted by test in pytest's order, then by place; there is one for each test, kind and place.

#include <utility>

#include "analyzer/report/effect_rows.h"
#include "analyzer/report/effects.h"
#include "analyzer/report/json_writer.h"
#include "analyzer/report/places.h"

namespace hasten {
namespace {

constexpr std::size_t rows_in_a_part = 256;

class RowWriter {
 public:
  RowWriter(const Project& project, JsonWriter& json) : project_(project), json_(json), places_(project, "") {}

  void write(const Reach& reach) {
    const Effect& effect = project_->effects[reach.effect];
    const Path& path = project_->paths[reach.path];
    json_.begin_row().member("test", project_.name(project_->tests[reach.test].qualified_name));
    json_.member("kind", listed_kind(effect.kind));
    place(effect.place);
    json_.member("phase", to_string(path.phase));
    text_or_null("resource", resource_of(project_, effect));
    json_.member("restored", is_restored(project_, reach));
    text_or_null("masked_by", reach.is_put_back || reach.is_moved ? "" : project_.name(reach.masked_by));
    json_.key("chain").begin_array();
    for (const Step& step : project_.steps(reach.path)) {
      json_.begin_object();
      place(step.place);
      json_.member("name", project_.name(step.in)).end_object();
    }
    json_.end_array().member("api", project_.name(effect.api));
    text_or_null("fixture", reach.fixture ? project_.name(project_->fixtures[reach.fixture].name) : "");
    json_.member("possible", path.is_possible).member("private", effect.is_private != 0).end_object();
  }

 private:
  void place(Place place) {
    json_.member("file", project_.path(place.file)).member("line", places_.region(place).start.line);
  }

  void text_or_null(std::string_view key, std::string_view text) {
    json_.key(key);
    text.empty() ? json_.null() : json_.text(text);
  }

  const Project& project_;
  JsonWriter& json_;
  Places places_;
};

}  // namespace

void report_effects_json(const Project& project, const TextSink& sink) {
  JsonWriter json;
  RowWriter writer(project, json);
  json.begin_object().member("version", 1).member("root", project->root);
  json.key("effects").begin_array();
  std::size_t rows = 0;
  for (const std::uint32_t row : effect_rows(project)) {
    writer.write(project->reaches[row]);
    if (++rows % rows_in_a_part == 0) sink(json.take());
  }
  json.end_array().end_object();
  sink(std::move(json).document());
}

}  // namespace hasten
