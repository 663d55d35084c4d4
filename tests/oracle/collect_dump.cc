// hasten_collect_dump [--pytest-version X] [--plugins a,b|none] [--without FILE,...] PATH...
//
// Runs discovery, lowering and the first half of linking and prints tests and fixtures as one JSON object, to be held
// against what pytest collects (collect_oracle.py) and sets up (setups_oracle.py, random_setups.py). Files after
// --without are no test modules.

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/clock.h"
#include "analyzer/base/pool.h"
#include "analyzer/collect/collect.h"
#include "analyzer/config/config.h"
#include "analyzer/config/discover.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/lower/lower.h"
#include "analyzer/model/project.h"
#include "analyzer/names/modules.h"
#include "analyzer/names/names.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

struct Arguments {
  ConfigRequest request;
  CollectionOptions options;
  std::vector<std::string> without;
};

std::vector<InstalledPlugin> split(std::string_view list) {
  std::vector<InstalledPlugin> out;
  while (!list.empty() && list != "none") {
    const std::size_t comma = std::min(list.find(','), list.size());
    out.push_back({std::string(list.substr(0, comma)), {}});
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

Arguments parsed(int count, char** values) {
  Arguments out;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = values[i];
    const bool has_value = i + 1 < count;
    if (word == "--pytest-version" && has_value) {
      out.options.pytest_version = values[++i];
    } else if (word == "--plugins" && has_value) {
      out.options.plugins = split(values[++i]);
      out.options.plugins_are_complete = true;
    } else if (word == "--without" && has_value) {
      for (InstalledPlugin& file : split(values[++i])) out.without.push_back(std::move(file.distribution));
    } else {
      out.request.paths.emplace_back(word);
    }
  }
  return out;
}

ProjectTables read(const Discovery& discovery, const Config& config) {
  ProjectTables tables;
  tables.root = config.pytest.root;
  tables.files.resize(discovery.files.size());
  const Pool pool;
  std::vector<Parser> parsers(pool.workers());
  pool.for_each(discovery.files.size(), [&](std::size_t i, std::size_t worker) {
    const FoundFile& found = discovery.files[i];
    Result<std::string> bytes = read_bytes(found.path);
    std::string text = bytes ? decoded_python(std::move(*bytes)) : std::string();
    FileModel model = lower(text, parsers[worker]);
    File& file = tables.files[FileId(i)];
    file = {found.role, {}, Source(found.relative, std::move(text)), std::move(model)};
    file.source.index_lines();
  });
  return tables;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::uint32_t line_of(const ProjectTables& tables, FunctionRef function) {
  const File& file = tables.files[function.file];
  return file.source.line_of(file.model.functions[function.id].range.begin);
}

std::string path_text(const ProjectTables& tables, FileId file) {
  return file ? quoted(tables.files[file].source.path()) : "null";
}

std::string count_text(Count count) { return count.known() ? fmt::format("{}", count.value) : "null"; }

/// [file, line, scope] of the definition that a test gets; null where no code of the project is behind the name.
std::string definition_text(const ProjectTables& tables, const ClosureEntry& entry) {
  if (!entry.fixture || !tables.fixtures[entry.fixture].function) return "null";
  const Fixture& fixture = tables.fixtures[entry.fixture];
  return fmt::format("[{}, {}, {}]", path_text(tables, fixture.function.file), line_of(tables, fixture.function),
                     quoted(to_string(fixture.scope)));
}

void print_test(const ProjectTables& tables, const Test& test, std::string_view end) {
  const std::string_view id = tables.names[test.qualified_name];
  const std::size_t classes = id.find("::") + 2;
  const std::size_t name = id.rfind("::") + 2;
  std::string fixtures, definitions;
  for (const ClosureEntry& entry : test.closure) {
    const std::string_view comma = fixtures.empty() ? "" : ", ";
    fixtures += fmt::format("{}{}", comma, quoted(tables.names[entry.name]));
    definitions += fmt::format("{}{}", comma, definition_text(tables, entry));
  }
  fmt::print(
      R"({{"file": {}, "line": {}, "name": {}, "class": {}, "fixtures": [{}], "definitions": [{}], "cases": {}, )"
      R"("unknown": {}, "why": {}}}{})",
      quoted(tables.files[test.file].source.path()), line_of(tables, test.function), quoted(tables.names[test.name]),
      name > classes ? quoted(id.substr(classes, name - classes - 2)) : std::string("null"), fixtures, definitions,
      count_text(test.cases), test.has_unknown_closure ? "true" : "false", quoted(tables.names[test.unknown_cases]),
      end);
}

/// Tests that only ask for the fixture at run time.
std::vector<std::uint32_t> dynamic_users(const ProjectTables& tables) {
  std::vector<std::uint32_t> users(tables.fixtures.size());
  for (const Test& test : tables.tests) {
    for (const ClosureEntry& entry : test.dynamic_uses) {
      if (entry.fixture) ++users[entry.fixture.index()];
    }
  }
  return users;
}

/// "[test, times], ..." of the tests that cause set-ups.
std::string causes(const ProjectTables& tables, FixtureId fixture) {
  std::string out;
  for (const SetUp& row : std::ranges::equal_range(tables.set_ups, fixture, {}, &SetUp::fixture)) {
    out += fmt::format("{}[{}, {}]", out.empty() ? "" : ", ", row.test.index(), row.times);
  }
  return out;
}

void print_fixtures(const ProjectTables& tables) {
  const std::vector<std::uint32_t> dynamic = dynamic_users(tables);
  for (const FixtureId id : tables.fixtures.ids()) {
    const Fixture& fixture = tables.fixtures[id];
    const bool is_plain = fixture.origin == FixtureOrigin::definition || fixture.origin == FixtureOrigin::plugin;
    fmt::print(R"({{"name": {}, "file": {}, "line": {}, "scope": {}, "autouse": {}, "params": {}, "hidden": {}, )"
               R"("scope_known": {}, "holder": {}, )",
               quoted(tables.names[fixture.name]),
               fixture.function ? quoted(tables.files[fixture.function.file].source.path()) : std::string("null"),
               fixture.function ? line_of(tables, fixture.function) : 0, quoted(to_string(fixture.scope)),
               fixture.is_autouse ? "true" : "false", count_text(fixture.params), is_plain ? "false" : "true",
               fixture.scope_is_known != 0 ? "true" : "false", path_text(tables, fixture.file));
    fmt::print(R"("setups": {}, "users": {}, "dynamic": {}, "causes": [{}]}}{})", count_text(fixture.setups),
               fixture.users, dynamic[id.index()], causes(tables, id),
               id.index() + 1 < tables.fixtures.size() ? ",\n" : "\n");
  }
}

int print_collection(int count, char** values) {
  const Arguments arguments = parsed(count, values);
  std::vector<Problem> problems;
  Result<Config, Problem> config = load_config(arguments.request, problems);
  if (!config) {
    fmt::print(stderr, "{}\n", config.reason().message);
    return 2;
  }
  const Stopwatch reading;
  Discovery discovery = discover(*config);
  for (FoundFile& file : discovery.files) {
    if (std::ranges::binary_search(arguments.without, file.relative)) file.role = FileRole::test_support;
  }
  ProjectTables tables = read(discovery, *config);
  const double read_seconds = reading.seconds();
  const Stopwatch linking;
  const Modules modules(tables.files, import_roots(tables.files, config->pytest, tables.root), tables.root);
  name_modules(tables, modules);
  const Names names(tables, modules);
  link_collection(tables, names, config->pytest, arguments.options);
  fmt::print(stderr, "{} files, {} tests, {} fixtures; read and lowered in {:.3f} s, linked in {:.3f} s\n",
             tables.files.size(), tables.tests.size(), tables.fixtures.size(), read_seconds, linking.seconds());
  fmt::print("{{\"root\": {},\n\"tests\": [\n", quoted(tables.root));
  std::size_t left = tables.tests.size();
  for (const Test& test : tables.tests) print_test(tables, test, --left > 0 ? ",\n" : "\n");
  fmt::print("],\n\"fixtures\": [\n");
  print_fixtures(tables);
  fmt::print("]}}\n");
  return 0;
}

}  // namespace
}  // namespace hasten

int main(int count, char** values) { return hasten::print_collection(count, values); }
