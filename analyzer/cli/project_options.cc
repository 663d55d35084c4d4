#include "analyzer/cli/project_options.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "analyzer/cli/color.h"
#include "analyzer/config/paths.h"

namespace hasten {
namespace {

const char* environment(const char* name) { return std::getenv(name); }

}  // namespace

void declare_project_options(Options& options, ProjectOptions& project) {
  ConfigRequest& request = project.request;
  options.arguments("PATHS", request.paths, "Folders and files to analyse; the working directory when there is none");
  options.text("--config", "FILE", request.config_file,
               "Read this hasten.toml or pyproject.toml and look for no other");
  options.flag("--isolated", request.isolated, "Read no configuration of hasten at all");
  options.list("--exclude", "PATTERN", request.exclude, "Leave out these files, in place of the configured patterns");
  options.list("--extend-exclude", "PATTERN", request.extend_exclude, "Leave out these files too");
  options.flag("--no-respect-gitignore", project.ignores_gitignore, "Read files that git ignores as well");
  options.text("-c,--pytest-config", "FILE", request.pytest_config_file, "pytest's -c: its configuration file");
  options.text("--rootdir", "FOLDER", request.root_dir, "pytest's --rootdir");
  options.text("--pytest-version", "VERSION", request.pytest_version,
               "Collect as this pytest does (8.3), whatever the project's files say");
  options.list(
      "--plugins", "NAME", request.plugins,
      "The distributions with pytest plugins that are installed (pytest-asyncio==0.21), and no others; none for none");
  options.number("-j,--workers", "N", request.workers, "Threads; 0, the default, is one per processor");
  options.choice("--color", {"auto", "always", "never"}, project.color, "Colours; auto looks at the terminal");
  options.flag("-q,--quiet", project.is_quiet, "No summary and no warnings");
  options.flag("-v,--verbose", project.is_verbose, "Say on standard error what was analysed and how long it took");
}

std::optional<Config> load_project(const ProjectOptions& project, std::vector<Problem>& problems, Console& console) {
  ConfigRequest request = project.request;
  if (project.ignores_gitignore) request.respect_gitignore = false;
  Result<Config, Problem> config = load_config(request, problems);
  if (config) return std::move(*config);

  problems.push_back(config.reason());
  print_problems(problems, working_directory(), project, console);
  return std::nullopt;
}

void print_problems(std::vector<Problem>& problems, std::string_view root, const ProjectOptions& options,
                    Console& console) {
  std::ranges::sort(problems, {}, [](const Problem& problem) {
    return std::tie(problem.path, problem.line, problem.column, problem.message, problem.severity);
  });
  const auto repeated = std::ranges::unique(problems);
  problems.erase(repeated.begin(), repeated.end());
  const std::string base = working_directory();
  for (const Problem& problem : problems) {
    if (options.is_quiet && problem.severity != ProblemSeverity::error) continue;
    console.complain(report_problem(problem, root, base));
  }
}

TextStyle text_style(const ProjectOptions& options, const Console& console) {
  TextStyle style;
  style.is_colored = wants_color(color_choice(options.color.value_or("auto")), console.out_is_terminal(), environment);
  style.has_summary = !options.is_quiet;
  style.width = console.columns().value_or(style.width);
  return style;
}

}  // namespace hasten
