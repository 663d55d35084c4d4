#include "analyzer/knowledge/facts/read.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "analyzer/knowledge/api_arguments.h"
#include "analyzer/knowledge/facts/fields.h"

namespace hasten::facts {

namespace {

/// "rules/knowledge/network.toml:31".
std::string_view origin_of(Where where, const Author& author, Rows& rows) {
  return rows.texts.keep(fmt::format("{}:{}", author.files[where.file], where.line));
}

std::string_view read_docs(Fields& fields) {
  const std::string_view docs = fields.text("docs");
  if (!docs.empty() && !docs.starts_with("https://")) {
    fields.complain(fields.where("docs"),
                    fmt::format("docs is `{}`, expected an address that begins with https://", docs));
  }
  return docs;
}

/// A clause that fits behind "X, which ".
std::string_view read_why(Fields& fields, EffectSet effects, const Author& author) {
  const std::string_view why = fields.text("why");
  if (why.empty()) {
    if (author.explains && !effects.empty())
      fields.complain(fields.where(), "effects without why, expected a clause that says what happens");
    return why;
  }
  const bool is_sentence = (why.front() >= 'A' && why.front() <= 'Z') || why.back() == '.';
  if (is_sentence) {
    fields.complain(fields.where("why"),
                    fmt::format("why is `{}`, expected a clause without capital and full stop", why));
  }
  return why;
}

void read_api(Fields& fields, const Author& author, Rows& rows) {
  const std::vector<Name> names = fields.names();
  Api api;
  api.effects = fields.effects("effects");
  api.cost = fields.word<CostClass>("cost");
  api.role = fields.word<Role>("role");
  api.root = fields.word<PathRoot>("root");
  api.is_restoring = fields.flag("restoring");
  api.is_in_process = fields.flag("in-process");
  api.is_context = fields.flag("context");
  api.is_wait = fields.flag("wait");
  api.is_in_milliseconds = fields.flag("milliseconds");
  api.is_beside = fields.flag("beside");
  api.covers_set_up = fields.flag("covers-set-up");
  api.transport = fields.text("transport");
  api.returns = fields.text("returns");
  api.default_port = fields.text("default-port");
  api.rate = fields.number("rate");
  api.object = fields.text("object");
  api.masks = fields.list("masks");
  api.uses = fields.list("uses");
  api.notices = fields.list("notices");
  api.elsewhere = fields.list("elsewhere");
  api.why = read_why(fields, api.effects, author);
  api.docs = read_docs(fields);
  for (const auto& [key, member] : api_arguments) api.*member = fields.argument(key);
  if (api.is_beside && !api.runs.given()) fields.complain(fields.where(), "beside what, expected runs");
  if (api.is_in_milliseconds && !api.seconds.given()) {
    fields.complain(fields.where(), "milliseconds of what, expected seconds");
  }
  if (author.explains && api.effects.has(EffectKind::network) && api.transport.empty() && api.is_in_process == 0) {
    fields.complain(fields.where(), "network without transport, expected what carries the request");
  }
  if (api.rate != 0 && !api.effects.has(EffectKind::file_read)) {
    fields.complain(fields.where(), "rate of what, expected the effect file-read");
  }
  if (api.effects.has(EffectKind::named_object) != !api.object.empty()) {
    fields.complain(fields.where(), "object or the effect named-object alone, expected both");
  }
  for (const Name& name : names) {
    api.name = name.text;
    api.from = origin_of(name.where, author, rows);
    rows.apis.push_back({api, name.where});
  }
}

void read_class(Fields& fields, const Author&, Rows& rows) {
  const std::span<const std::string_view> bases = fields.list("bases");
  for (const Name& name : fields.names()) rows.classes.push_back({{name.text, bases}, name.where});
}

void read_alias(Fields& fields, const Author&, Rows& rows) {
  const std::string_view is = fields.text("is");
  if (is.empty()) fields.complain(fields.where(), "[[alias]] stands for nothing, expected is = \"dotted.name\"");
  for (const Name& name : fields.names()) rows.aliases.push_back({{name.text, is}, name.where});
}

void read_decorator(Fields& fields, const Author&, Rows& rows) {
  const std::span<const std::string_view> removes = fields.list("removes"), adds = fields.list("adds");
  KnownDecorator decorator;
  decorator.removes = removes;
  decorator.adds = adds;
  decorator.cases = fields.number("cases");
  decorator.cases_from = fields.argument("cases_from");
  decorator.fills = fields.number("fills");
  decorator.fills_otherwise = fields.number("fills_otherwise");
  decorator.fills_each = fields.argument("fills_each");
  decorator.fills_if = fields.argument("fills_if");
  const bool fills = decorator.fills != 0 || decorator.fills_each.given() || decorator.fills_if.given();
  if (removes.empty() && adds.empty() && !fills) {
    fields.complain(fields.where(), "[[decorator]] that changes nothing, expected removes, adds or fills");
  }
  decorator.suffix_of = fields.argument("suffix_of");
  if (decorator.cases != 0 && adds.empty()) {
    fields.complain(fields.where(), "cases of nothing, expected adds with what is parametrized in front");
  }
  for (const Name& name : fields.names()) {
    decorator.name = name.text;
    rows.decorators.push_back({decorator, name.where});
  }
}

void read_transport(Fields& fields, const Author&, Rows& rows) {
  const std::string_view over = fields.text("over");
  for (const Name& name : fields.names()) rows.transports.push_back({{name.text, over}, name.where});
}

void read_fixture(Fields& fields, const Author& author, Rows& rows) {
  PluginFixture fixture;
  const std::vector<Name> names = fields.names();
  fixture.plugin = fields.text("plugin");
  fixture.scope = fields.word<Scope>("scope");
  fixture.is_autouse = fields.flag("autouse");
  fixture.params = fields.number("params");
  fixture.root = fields.word<PathRoot>("root");
  fixture.effects = fields.effects("effects");
  fixture.cost = fields.word<CostClass>("cost");
  fixture.returns = fields.text("returns");
  fixture.arguments = fields.list("arguments");
  fixture.masks = fields.list("masks");
  fixture.why = read_why(fields, fixture.effects, author);
  fixture.since = fields.text("since");
  fixture.until = fields.text("until");
  if (fixture.plugin.empty())
    fields.complain(fields.where(), "[[fixture]] of no plugin, expected plugin = \"distribution\"");
  for (const Name& name : names) {
    fixture.name = name.text;
    rows.fixtures.push_back({fixture, name.where});
  }
}

}  // namespace

void read_entries(std::span<const Entry> entries, const Author& author, Rows& rows) {
  struct Kind {
    std::string_view name;
    void (*read)(Fields& fields, const Author& author, Rows& rows);
  };
  constexpr Kind kinds[] = {{"api", read_api},
                            {"class", read_class},
                            {"alias", read_alias},
                            {"transport", read_transport},
                            {"decorator", read_decorator},
                            {"fixture", read_fixture}};
  for (const Entry& entry : entries) {
    Fields fields(entry, rows);
    const auto kind = std::ranges::find(kinds, entry.kind, &Kind::name);
    if (kind == std::end(kinds)) {
      fields.complain(
          entry.where,
          fmt::format("unknown entry [[{}]], expected api, class, alias, transport, decorator or fixture", entry.kind));
      continue;
    }
    kind->read(fields, author, rows);
    fields.finish();
  }
}

}  // namespace hasten::facts
