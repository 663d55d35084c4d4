#pragma once

// Who requests which fixture, as nodes and edges with names that stay: what every graph format prints. Tests are
// collapsed per file, since their edges are nearly the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

struct GraphNode {
  std::string id;         // `fixture:tests/conftest.py::db`, `fixture:plugin::tmp_path`, `tests:tests/test_api.py`,
                          // `test:tests/test_api.py::test_get`
  FixtureId fixture;      // none for a file of tests and for a test
  TestId test;            // the one test that was asked for
  FileId file;            // none for a plugin's fixture
  std::size_t tests = 0;  // of a file: how many it holds; of a fixture: how many set it up
};

struct GraphEdge {
  std::uint32_t from = 0;  // index of the node that requests
  std::uint32_t to = 0;    // index of the fixture that is requested
  std::size_t tests = 0;   // for how many tests this request is made
  friend auto operator<=>(const GraphEdge&, const GraphEdge&) = default;
};

struct FixtureGraph {
  std::vector<GraphNode> nodes;  // files of tests in path order, then fixtures in the project's order
  std::vector<GraphEdge> edges;  // by from, then to
};

/// What of the project is drawn; nothing set: all of it.
struct GraphPart {
  TestId test;         // this test and what it uses
  FixtureId fixture;   // this fixture, what it requests, and who requests it, directly or not
  std::string folder;  // tests of this folder or file, relative to the root directory, and what they use
};

/// Fixtures of plugins only appear when something requests them, and in a part all others too. An edge is drawn to the
/// definition that a test really gets (C4), so one fixture may request two definitions of a name, each for some of the
/// tests.
[[nodiscard]] FixtureGraph fixture_graph(const Project& project, const GraphPart& part = {});

}  // namespace hasten
