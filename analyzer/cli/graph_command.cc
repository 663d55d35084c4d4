#include <memory>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/cli/subject_option.h"
#include "analyzer/config/paths.h"
#include "analyzer/report/fixture_graph.h"
#include "analyzer/report/report.h"

namespace hasten {
namespace {

struct GraphOptions {
  ProjectOptions project;
  std::optional<std::string> format;
  std::optional<std::string> center;
  std::optional<std::string> output_file;
};

Action declare(Options& options);
ExitCode graph(const GraphOptions& options, Console& console);
std::optional<GraphPart> graph_part(const GraphOptions& options, const Project& project, Console& console);
GraphFormat graph_format(std::string_view word);

}  // namespace

extern const Command graph_command;
const Command graph_command = {"graph", "Print the fixture graph", declare};

namespace {

Action declare(Options& options) {
  auto graph_options = std::make_shared<GraphOptions>();
  options.choice("--format", {"dot", "mermaid", "json"}, graph_options->format, "dot when nothing is said");
  options.text("--of", "WHAT", graph_options->center,
               "Only a test and what it uses, a fixture and all that leads to it and from it, or a folder's tests");
  options.text("-o,--output-file", "FILE", graph_options->output_file, "Write the graph there");
  declare_project_options(options, graph_options->project);
  return [graph_options](Console& console) { return graph(*graph_options, console); };
}

ExitCode graph(const GraphOptions& options, Console& console) {
  const std::optional<ProjectView> view = read_view(options.project, LinkDepth::fixtures, console);
  if (!view) return ExitCode::could_not_work;
  const std::optional<GraphPart> part = graph_part(options, view->project, console);
  if (!part) return ExitCode::could_not_work;
  const std::string text = report_graph(view->project, graph_format(options.format.value_or("dot")), *part);
  if (options.format == "mermaid" && is_too_long_for_mermaid(text) && !options.project.is_quiet) {
    console.complain(
        "hasten: Mermaid draws no graph of this size unless its maxEdges and maxTextSize are raised; "
        "--of draws a part\n");
  }
  const ExitCode delivered = deliver(text, options.output_file, console);
  return delivered == ExitCode::clean ? view->code : delivered;
}

/// None when the word names nothing; then the user has been told.
std::optional<GraphPart> graph_part(const GraphOptions& options, const Project& project, Console& console) {
  GraphPart part;
  if (!options.center) return part;
  const std::string path = absolute_path(*options.center, working_directory());
  // A fixture called like a folder is the fixture: `./db` is the folder.
  if (path_kind(path) != PathKind::missing && subjects_called(project, *options.center).empty()) {
    if (path != project->root) part.folder = relative_path(path, project->root);
    return part;
  }
  const std::optional<Subject> subject = find_subject(project, *options.center, console);
  if (!subject) return std::nullopt;
  part.test = subject->test;
  part.fixture = subject->fixture;
  return part;
}

GraphFormat graph_format(std::string_view word) {
  if (word == "json") return GraphFormat::json;
  return word == "mermaid" ? GraphFormat::mermaid : GraphFormat::dot;
}

}  // namespace
}  // namespace hasten
