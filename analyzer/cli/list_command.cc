#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/config/paths.h"
#include "analyzer/report/lists.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

struct ListOptions {
  ProjectOptions project;
  std::string what;
  std::optional<std::string> format;
  std::optional<std::string> output_file;
};

constexpr std::array<std::string_view, 2> lists = {"tests", "fixtures"};

Action declare(Options& options);
ExitCode list(const ListOptions& options, Console& console);
std::string unknown_list(std::string_view what);
std::string report(const ListOptions& options, const Project& project, const Console& console);

}  // namespace

extern const Command list_command;
const Command list_command = {"list", "List the tests that pytest would collect, or the fixtures", declare};

namespace {

Action declare(Options& options) {
  auto list_options = std::make_shared<ListOptions>();
  options.argument("WHAT", list_options->what, "tests or fixtures");
  options.choice("--output-format", {"concise", "json"}, list_options->format,
                 "concise, one line each, when nothing is said; json holds both lists");
  options.text("-o,--output-file", "FILE", list_options->output_file, "Write the list there");
  declare_project_options(options, list_options->project);
  return [list_options](Console& console) { return list(*list_options, console); };
}

ExitCode list(const ListOptions& options, Console& console) {
  if (std::ranges::find(lists, options.what) == lists.end()) {
    console.complain(unknown_list(options.what));
    return ExitCode::could_not_work;
  }
  const std::optional<ProjectView> view = read_view(options.project, console);
  if (!view) return ExitCode::could_not_work;
  const ExitCode delivered = deliver(report(options, view->project, console), options.output_file, console);
  return delivered == ExitCode::clean ? view->code : delivered;
}

std::string unknown_list(std::string_view what) {
  const std::string_view meant = nearest_word(what, lists);
  return fmt::format("hasten: there is no list `{}`; {}\n", what,
                     meant.empty() ? "there are tests and fixtures" : fmt::format("did you mean `{}`?", meant));
}

std::string report(const ListOptions& options, const Project& project, const Console& console) {
  if (options.format == "json") return report_lists_json(project);
  const TextStyle style = text_style(options.project, console);
  return options.what == "tests" ? report_tests(project, working_directory(), style)
                                 : report_fixtures(project, working_directory(), style);
}

}  // namespace
}  // namespace hasten
