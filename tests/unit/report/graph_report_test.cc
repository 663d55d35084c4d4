#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzer/report/fixture_graph.h"
#include "tests/unit/report/small_report.h"

namespace hasten::testing {
namespace {

/// tests/conftest.py: db (session), client(db); tests/api/conftest.py: client(client); tests/api/test_a.py uses client.
struct Suite : SmallReport {
  Suite() {
    conftest = add_file("tests/api/conftest.py", "def client(client): ...\n");
    tests = add_file("tests/api/test_a.py", "def test_a(client): ...\n");
    top = add_file("tests/conftest.py", "def client(db): ...\ndef db(): ...\n");
    inner = add_fixture("client", conftest, {"client"});
    outer = add_fixture("client", top, {"db"});
    db = add_fixture("db", top, {});
    tables.fixtures[db].scope = Scope::session;
    for (int i = 0; i < 2; ++i) {
      const TestId test = add_test(tests, i == 0 ? "test_a" : "test_b");
      tables.tests[test].closure = {{name("db"), db}, {name("client"), inner}};
      tables.tests[test].overridden = {{name("client"), outer}};
    }
  }

  NameId name(std::string_view text) { return tables.names.intern(text); }

  FixtureId add_fixture(std::string_view called, FileId file, std::vector<std::string_view> arguments) {
    Fixture fixture;
    fixture.name = name(called);
    fixture.holder = HolderKind::conftest;
    fixture.scope = Scope::function;
    fixture.file = file;
    fixture.params = {0};
    for (const std::string_view argument : arguments) fixture.arguments.push_back(name(argument));
    return tables.fixtures.add(std::move(fixture));
  }

  Project freeze() { return Draft(std::move(tables)).freeze(); }

  FileId conftest, tests, top;
  FixtureId inner, outer, db;
};

using Edge = std::tuple<std::string, std::string, std::size_t>;

std::vector<Edge> edges_of(const FixtureGraph& graph) {
  std::vector<Edge> edges;
  for (const GraphEdge& edge : graph.edges) {
    edges.emplace_back(graph.nodes[edge.from].id, graph.nodes[edge.to].id, edge.tests);
  }
  std::ranges::sort(edges);
  return edges;
}

TEST(FixtureGraphTest, AnOverridingFixtureRequestsTheOneItOverrides) {
  const FixtureGraph graph = fixture_graph(Suite().freeze());
  EXPECT_EQ(edges_of(graph), (std::vector<Edge>{
                                 {"fixture:tests/api/conftest.py::client", "fixture:tests/conftest.py::client", 2},
                                 {"fixture:tests/conftest.py::client", "fixture:tests/conftest.py::db", 2},
                                 {"tests:tests/api/test_a.py", "fixture:tests/api/conftest.py::client", 2},
                             }));
}

TEST(FixtureGraphTest, TestsRequestDirectlyWhatIsAutouse) {
  Suite suite;
  suite.tables.fixtures[suite.db].is_autouse = 1;
  const std::vector<Edge> edges = edges_of(fixture_graph(suite.freeze()));
  EXPECT_NE(std::ranges::find(edges, Edge("tests:tests/api/test_a.py", "fixture:tests/conftest.py::db", 2)),
            edges.end());
}

TEST(FixtureGraphTest, PluginFixturesAppearWhenRequested) {
  Suite suite;
  for (const char* name : {"tmp_path", "capsys"}) {
    const FixtureId fixture = suite.add_fixture(name, {}, {});
    suite.tables.fixtures[fixture].holder = HolderKind::plugin;
    if (std::string_view(name) == "tmp_path") {
      suite.tables.tests[TestId(0)].closure.push_back({suite.name(name), fixture});
    }
  }
  const FixtureGraph graph = fixture_graph(suite.freeze());
  const auto has = [&](std::string_view id) { return std::ranges::count(graph.nodes, id, &GraphNode::id) == 1; };
  EXPECT_TRUE(has("fixture:plugin::tmp_path"));
  EXPECT_FALSE(has("fixture:plugin::capsys"));
}

TEST(FixtureGraphTest, ANameDefinedTwiceInOnePlaceGetsTwoIds) {
  Suite suite;
  suite.add_fixture("db", suite.top, {});
  const FixtureGraph graph = fixture_graph(suite.freeze());
  EXPECT_EQ(std::ranges::count(graph.nodes, "fixture:tests/conftest.py::db#2", &GraphNode::id), 1);
}

TEST(FixtureGraphTest, AFixtureThatRequestsItselfEndsTheWalk) {
  Suite suite;
  suite.tables.fixtures[suite.db].arguments = {suite.name("client"), suite.name("db")};
  const FixtureGraph graph = fixture_graph(suite.freeze());
  EXPECT_FALSE(graph.edges.empty());
}

TEST(GraphReportTest, JsonHasStableIdsAndScopes) {
  const auto read = nlohmann::json::parse(report_graph(Suite().freeze(), GraphFormat::json, {}));
  const auto& nodes = read["nodes"];
  const auto db =
      std::ranges::find(nodes, "fixture:tests/conftest.py::db", [](const auto& node) { return node["id"]; });
  ASSERT_NE(db, nodes.end());
  EXPECT_EQ((*db)["scope"], "session");
  EXPECT_EQ((*db)["autouse"], false);
  EXPECT_EQ((*db)["tests"], 2);
  EXPECT_EQ(read["edges"].size(), 3U);
}

TEST(GraphReportTest, DotAndMermaidEscapeNames) {
  const auto printed = [](GraphFormat format) {
    Suite suite;
    suite.add_fixture("a\"b\\c<script>", suite.top, {});
    return report_graph(suite.freeze(), format, {});
  };
  EXPECT_NE(printed(GraphFormat::dot).find("\"a\\\"b\\\\c<script>\\nfunction"), std::string::npos);
  const std::string mermaid = printed(GraphFormat::mermaid);
  EXPECT_TRUE(mermaid.starts_with("flowchart LR\n"));
  EXPECT_NE(mermaid.find("a#34;b\\c#60;script#62;<br/>function"), std::string::npos) << mermaid;
}

}  // namespace
}  // namespace hasten::testing
