#include "analyzer/cli/project_view.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/pool.h"
#include "analyzer/cli/write_all.h"
#include "analyzer/pipeline.h"
#include "analyzer/report/summary.h"

namespace hasten {

std::optional<ProjectView> read_view(const ProjectOptions& options, LinkDepth depth, Console& console) {
  const Stopwatch watch;
  std::vector<Problem> problems;
  const std::optional<Config> config = load_project(options, problems, console);
  if (!config) return std::nullopt;

  Collected collected = collect(*config, Pool(config->workers), depth);
  problems.insert(problems.end(), collected.problems.begin(), collected.problems.end());
  print_problems(problems, config->pytest.root, options, console);
  if (options.is_verbose) narrate(*config, collected.project, watch, console);
  const bool has_error = std::ranges::find(problems, ProblemSeverity::error, &Problem::severity) != problems.end();
  const bool has_nothing = collected.project->files.empty() && !problems.empty();
  return ProjectView{std::move(collected.project),
                     has_error || has_nothing ? ExitCode::could_not_work : ExitCode::clean};
}

void narrate(const Config& config, const Project& project, const Stopwatch& watch, Console& console) {
  console.complain(fmt::format("{}, {}, {} in {:.2f} s; root {}, pytest configuration {}, hasten configuration {}\n",
                               counted(project->files.size(), "file"), counted(project->tests.size(), "test"),
                               counted(project->fixtures.size(), "fixture"), watch.seconds(), config.pytest.root,
                               config.pytest.file.empty() ? "none" : config.pytest.file,
                               config.hasten.file.empty() ? "none" : config.hasten.file));
}

ExitCode deliver(std::string_view text, const std::optional<std::string>& file, Console& console) {
  if (!file) {
    console.print(text);
    return ExitCode::clean;
  }
  const auto failure = write_file(*file, text);
  if (!failure) return ExitCode::clean;
  console.complain(fmt::format("hasten: cannot write {}: {}\n", *file, failure->message));
  return ExitCode::could_not_work;
}

}  // namespace hasten
