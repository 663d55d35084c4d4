#include <fmt/format.h>
#include <xxhash.h>

#include "analyzer/report/display_text.h"
#include "analyzer/report/fixture_graph.h"
#include "analyzer/report/json_writer.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/places.h"
#include "analyzer/report/report.h"
#include "analyzer/report/summary.h"

namespace hasten {
namespace {

/// JSON: {version, nodes: [{id, type: tests|test|fixture, ...}], edges: [{from, to, tests}]}.
std::string as_json(const Project& project, const FixtureGraph& graph);
std::string as_dot(const Project& project, const FixtureGraph& graph);
std::string as_mermaid(const Project& project, const FixtureGraph& graph);

}  // namespace

bool is_too_long_for_mermaid(std::string_view graph) {
  constexpr std::size_t most_edges = 499, most_characters = 50000;
  std::size_t edges = 0;
  for (std::size_t at = graph.find(" --> "); at != std::string_view::npos; at = graph.find(" --> ", at + 1)) ++edges;
  return edges > most_edges || graph.size() > most_characters;
}

std::string report_graph(const Project& project, GraphFormat format, const GraphPart& part) {
  const FixtureGraph graph = fixture_graph(project, part);
  switch (format) {
    case GraphFormat::dot: return as_dot(project, graph);
    case GraphFormat::mermaid: return as_mermaid(project, graph);
    case GraphFormat::json: return as_json(project, graph);
  }
  return {};
}

namespace {

/// The `def` line is what a reader looks for.
Place name_of_code(const Project& project, const Fixture& fixture) {
  if (!fixture.function) return project.code_of(fixture);
  return {fixture.function.file, project.function(fixture.function).name_range};
}

/// The lines of a node's label, not yet escaped.
std::vector<std::string> label(const Project& project, Places& places, const GraphNode& node) {
  if (node.test)
    return {display_text(project.name(project->tests[node.test].name)), display_text(project.path(node.file))};
  if (!node.fixture) return {display_text(project.path(node.file)), counted(node.tests, "test")};
  const Fixture& fixture = project->fixtures[node.fixture];
  std::vector<std::string> lines = {display_text(project.name(fixture.name)), traits_of(fixture)};
  const Place code = name_of_code(project, fixture);
  lines.push_back(code.file ? places.line_link(code) : "plugin");
  return lines;
}

void write_fixture(JsonWriter& json, const Project& project, Places& places, const Fixture& fixture) {
  json.member("name", project.name(fixture.name));
  json.key("scope");
  fixture.scope_is_known ? json.text(to_string(fixture.scope)) : json.null();
  json.key("autouse").truth(fixture.is_autouse != 0);
  json.key("params");
  fixture.params.known() ? json.number(fixture.params.value) : json.null();
  json.key("file");
  const Place code = name_of_code(project, fixture);
  if (!code.file) {
    json.null().key("line").null();
    return;
  }
  json.text(project.path(code.file)).member("line", places.region(code).start.line);
}

std::string as_json(const Project& project, const FixtureGraph& graph) {
  Places places(project, "");
  JsonWriter json;
  json.begin_object().member("version", 1).key("nodes").begin_array();
  for (const GraphNode& node : graph.nodes) {
    json.begin_object().member("id", node.id).member("type", node.fixture ? "fixture" : node.test ? "test" : "tests");
    if (node.fixture) {
      write_fixture(json, project, places, project->fixtures[node.fixture]);
      const Count setups = project->fixtures[node.fixture].setups;
      json.key("setups");
      setups.known() ? json.number(setups.value) : json.null();
    } else {
      json.member("file", project.path(node.file));
    }
    json.member("tests", node.tests).end_object();
  }
  json.end_array().key("edges").begin_array();
  for (const GraphEdge& edge : graph.edges) {
    json.begin_object().member("from", graph.nodes[edge.from].id).member("to", graph.nodes[edge.to].id);
    json.member("tests", edge.tests).end_object();
  }
  json.end_array().end_object();
  return std::move(json).document();
}

std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string as_dot(const Project& project, const FixtureGraph& graph) {
  Places places(project, "");
  std::string out = "digraph fixtures {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n";
  for (const GraphNode& node : graph.nodes) {
    std::string lines;
    for (const std::string& line : label(project, places, node)) {
      const std::string quoted = dot_quoted(line);
      lines += fmt::format("{}{}", lines.empty() ? "" : "\\n", quoted.substr(1, quoted.size() - 2));
    }
    const std::string_view shape = node.fixture ? "style=rounded" : "shape=folder";
    out += fmt::format("  {} [label=\"{}\", {}];\n", dot_quoted(display_text(node.id)), lines, shape);
  }
  for (const GraphEdge& edge : graph.edges) {
    out += fmt::format("  {} -> {};\n", dot_quoted(display_text(graph.nodes[edge.from].id)),
                       dot_quoted(display_text(graph.nodes[edge.to].id)));
  }
  return out + "}\n";
}

/// Mermaid has no escapes in ids, so a node is called by the hash of its id, which stays when others come and go.
std::string mermaid_id(const GraphNode& node) {
  return fmt::format("n{:012x}", XXH3_64bits(node.id.data(), node.id.size()) >> 16);
}

/// Inside quotes Mermaid reads entities, Markdown and HTML; every character that could begin one becomes an entity.
std::string mermaid_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\"#&<>`").find(c) != std::string_view::npos) {
      out += fmt::format("#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string as_mermaid(const Project& project, const FixtureGraph& graph) {
  Places places(project, "");
  std::string out = "flowchart LR\n";
  for (const GraphNode& node : graph.nodes) {
    std::string lines;
    for (const std::string& line : label(project, places, node)) {
      lines += fmt::format("{}{}", lines.empty() ? "" : "<br/>", mermaid_text(line));
    }
    out += fmt::format("  {}{}\"{}\"{}\n", mermaid_id(node), node.fixture ? "(" : "[", lines, node.fixture ? ")" : "]");
  }
  for (const GraphEdge& edge : graph.edges) {
    out += fmt::format("  {} --> {}\n", mermaid_id(graph.nodes[edge.from]), mermaid_id(graph.nodes[edge.to]));
  }
  return out;
}

}  // namespace
}  // namespace hasten
