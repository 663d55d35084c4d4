#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "analyzer/base/clock.h"
#include "analyzer/base/pool.h"
#include "analyzer/check/select.h"
#include "analyzer/cli/command.h"
#include "analyzer/cli/project_options.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/cli/write_all.h"
#include "analyzer/config/discover.h"
#include "analyzer/config/distribution.h"
#include "analyzer/config/paths.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/pipeline.h"
#include "analyzer/report/report.h"
#include "analyzer/report/settings.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

struct CheckOptions {
  ProjectOptions project;
  std::optional<std::string> output_file;
  bool ends_with_zero = false;
  bool shows_statistics = false;
  bool shows_files = false;
  bool shows_settings = false;
};

constexpr std::array<std::string_view, 4> formats = {"full", "concise", "json", "sarif"};

Action declare(Options& options);
ExitCode check(CheckOptions options, Console& console);
ExitCode show_files(const Config& config, Console& console);
ExitCode show_settings(const Config& config, const ProjectOptions& options, std::vector<Problem>& problems,
                       Console& console);
std::optional<std::string> unknown_format(std::string_view format);
std::string report(const CheckOptions& options, std::string_view format, ReportInput input, const Console& console);
std::string repository_above(const std::string& directory);
ExitCode verdict(const CheckOptions& options, const Outcome& outcome);

}  // namespace

extern const Command check_command;
const Command check_command = {"check", "Print findings: what is slow or unsafe to run in parallel, where and why",
                               declare};

namespace {

Action declare(Options& options) {
  auto check_options = std::make_shared<CheckOptions>();
  ConfigRequest& request = check_options->project.request;
  options.list("--select", "RULE", request.select, "Only these rules: codes, prefixes (HS2), names or ALL");
  options.list("--extend-select", "RULE", request.extend_select, "These rules as well");
  options.list("--ignore", "RULE", request.ignore, "Not these rules");
  options.choice("--output-format", {formats.begin(), formats.end()}, request.output_format,
                 "How findings are printed; full when nothing says otherwise");
  options.choice("--min-confidence", {"low", "medium", "high"}, request.min_confidence,
                 "Leave out findings that are less sure; medium when nothing says otherwise");
  options.text("-o,--output-file", "FILE", check_options->output_file, "Write the report there");
  options.flag("--statistics", check_options->shows_statistics, "Count findings per rule instead of listing them");
  options.flag("--show-files", check_options->shows_files, "List the files that would be analysed, and stop");
  options.flag("--show-settings", check_options->shows_settings,
               "Print every setting with the place that set it, pytest's version and plugins among them, and stop");
  options.flag("--exit-zero", check_options->ends_with_zero, "End with 0 even when there are findings");
  declare_project_options(options, check_options->project);
  return [check_options](Console& console) { return check(*check_options, console); };
}

ExitCode check(CheckOptions options, Console& console) {
  const Stopwatch watch;
  std::vector<Problem> problems;
  const std::optional<Config> config = load_project(options.project, problems, console);
  if (!config) return ExitCode::could_not_work;
  if (options.shows_files) return show_files(*config, console);
  if (options.shows_settings) return show_settings(*config, options.project, problems, console);

  std::vector<Problem> refusals;
  const std::vector<const Rule*> rules = selected_rules(config->hasten, refusals);
  if (const auto refusal = unknown_format(config->hasten.output_format)) {
    refusals.push_back({ProblemSeverity::error, config->hasten.file, 0, 0, *refusal});
  }
  if (!refusals.empty()) {
    print_problems(refusals, config->pytest.root, options.project, console);
    return ExitCode::could_not_work;
  }

  Outcome outcome = analyze(*config, Pool(config->workers));
  outcome.problems.insert(outcome.problems.end(), problems.begin(), problems.end());
  print_problems(outcome.problems, config->pytest.root, options.project, console);
  if (options.project.is_verbose) narrate(*config, outcome.project, watch, console);

  const std::string text =
      report(options, config->hasten.output_format,
             {outcome.project, outcome.findings, outcome.problems, rules, working_directory()}, console);
  if (!options.output_file) {
    console.print(text);
  } else if (const auto failure = write_file(*options.output_file, text)) {
    console.complain(fmt::format("hasten: cannot write {}: {}\n", *options.output_file, failure->message));
    return ExitCode::could_not_work;
  }
  return verdict(options, outcome);
}

ExitCode show_files(const Config& config, Console& console) {
  const Discovery discovery = discover(config);
  std::string text;
  for (const FoundFile& file : discovery.files) text += file.relative + '\n';
  console.print(text);
  return ExitCode::clean;
}

ExitCode show_settings(const Config& config, const ProjectOptions& options, std::vector<Problem>& problems,
                       Console& console) {
  const TestEnvironment environment = environment_of(config, problems);
  print_problems(problems, config.pytest.root, options, console);
  std::vector<std::string> plugins;
  for (const PluginFixture& fixture : all_plugin_fixtures()) plugins.push_back(normalized_distribution(fixture.plugin));
  std::ranges::sort(plugins);
  console.print(report_settings({config, environment, plugins}));
  return ExitCode::clean;
}

std::optional<std::string> unknown_format(std::string_view format) {
  if (std::ranges::find(formats, format) != formats.end()) return std::nullopt;
  const std::string_view meant = nearest_word(format, formats);
  return fmt::format(
      "unknown output format `{}`; {}", format,
      meant.empty() ? fmt::format("there are {}", fmt::join(formats, ", ")) : fmt::format("did you mean `{}`?", meant));
}

std::string report(const CheckOptions& options, std::string_view format, ReportInput input, const Console& console) {
  if (options.shows_statistics) return report_statistics(input);
  if (format == "json") return report_json(input);
  if (format == "sarif") {
    input.base = repository_above(input.project->root);
    return report_sarif(input);
  }
  TextStyle style = text_style(options.project, console);
  // A file is no terminal; who wants its escapes there says so.
  if (options.output_file && options.project.color != "always") style.is_colored = false;
  return format == "concise" ? report_concise(input, style) : report_full(input, style);
}

/// Code scanning wants paths as they stand in the repository, and the project may be a folder of it.
std::string repository_above(const std::string& directory) {
  for (std::string_view path = directory;; path = parent_path(path)) {
    if (path_kind(join_path(path, ".git")) != PathKind::missing) return std::string(path);
    if (path == "/") return directory;
  }
}

ExitCode verdict(const CheckOptions& options, const Outcome& outcome) {
  const bool has_error =
      std::ranges::find(outcome.problems, ProblemSeverity::error, &Problem::severity) != outcome.problems.end();
  const bool has_nothing = outcome.project->files.empty() && !outcome.problems.empty();
  if (has_error || has_nothing) return ExitCode::could_not_work;
  return outcome.findings.empty() || options.ends_with_zero ? ExitCode::clean : ExitCode::findings;
}

}  // namespace
}  // namespace hasten
