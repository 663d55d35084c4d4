#include <memory>

#include <fmt/format.h>

#include "analyzer/base/pool.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/project_options.h"
#include "analyzer/cli/write_all.h"
#include "analyzer/pipeline.h"
#include "analyzer/report/report.h"

namespace hasten {
namespace {

struct GraphOptions {
  ProjectOptions project;
  std::optional<std::string> format;
  std::optional<std::string> output_file;
};

Action declare(Options& options);
ExitCode graph(const GraphOptions& options, Console& console);
GraphFormat graph_format(std::string_view word);

}  // namespace

extern const Command graph_command;
const Command graph_command = {"graph", "Print the fixture graph", declare};

namespace {

Action declare(Options& options) {
  auto graph_options = std::make_shared<GraphOptions>();
  options.choice("--format", {"dot", "mermaid", "json"}, graph_options->format, "dot when nothing is said");
  options.text("-o,--output-file", "FILE", graph_options->output_file, "Write the graph there");
  declare_project_options(options, graph_options->project);
  return [graph_options](Console& console) { return graph(*graph_options, console); };
}

ExitCode graph(const GraphOptions& options, Console& console) {
  std::vector<Problem> problems;
  std::optional<Config> config = load_project(options.project, problems, console);
  if (!config) return ExitCode::could_not_work;

  // The graph needs a linked project and no rule.
  config->hasten.select.clear();
  config->hasten.extend_select.clear();
  config->hasten.ignore = {"ALL"};
  Outcome outcome = analyze(*config, Pool(config->workers));
  outcome.problems.insert(outcome.problems.end(), problems.begin(), problems.end());
  print_problems(outcome.problems, config->pytest.root, options.project, console);

  const std::string text = report_graph(outcome.project, graph_format(options.format.value_or("dot")));
  if (!options.output_file) {
    console.print(text);
  } else if (const auto failure = write_file(*options.output_file, text)) {
    console.complain(fmt::format("hasten: cannot write {}: {}\n", *options.output_file, failure->message));
    return ExitCode::could_not_work;
  }
  const bool has_nothing = outcome.project->files.empty() && !outcome.problems.empty();
  return has_nothing ? ExitCode::could_not_work : ExitCode::clean;
}

GraphFormat graph_format(std::string_view word) {
  if (word == "json") return GraphFormat::json;
  return word == "mermaid" ? GraphFormat::mermaid : GraphFormat::dot;
}

}  // namespace
}  // namespace hasten
