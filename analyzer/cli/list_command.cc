#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/config/paths.h"
#include "analyzer/report/effects.h"
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

constexpr std::array<std::string_view, 3> lists = {"tests", "fixtures", "effects"};

Action declare(Options& options);
ExitCode list(const ListOptions& options, Console& console);
std::string unknown_list(std::string_view what);
void report(const ListOptions& options, const Project& project, const Console& console, const TextSink& sink);

}  // namespace

extern const Command list_command;
const Command list_command = {"list", "List the tests that pytest would collect, the fixtures, or what the tests do",
                              declare};

namespace {

Action declare(Options& options) {
  auto list_options = std::make_shared<ListOptions>();
  options.argument("WHAT", list_options->what, "tests, fixtures or effects");
  options.choice("--output-format", {"concise", "json"}, list_options->format,
                 "concise, one line each, when nothing is said; json holds tests and fixtures both, or the effects");
  options.text("-o,--output-file", "FILE", list_options->output_file, "Write the list there");
  declare_project_options(options, list_options->project);
  return [list_options](Console& console) { return list(*list_options, console); };
}

ExitCode list(const ListOptions& options, Console& console) {
  if (std::ranges::find(lists, options.what) == lists.end()) {
    console.complain(unknown_list(options.what));
    return ExitCode::could_not_work;
  }
  const bool is_fixtures = options.what == "fixtures" && options.format != "json";
  const LinkDepth depth = is_fixtures ? LinkDepth::fixtures : LinkDepth::accesses;
  const std::optional<ProjectView> view = read_view(options.project, depth, console);
  if (!view) return ExitCode::could_not_work;
  if (!options.output_file) {
    report(options, view->project, console, [&](std::string_view part) { console.print(part); });
    return view->code;
  }
  std::string text;
  report(options, view->project, console, [&](std::string_view part) { text += part; });
  const ExitCode delivered = deliver(text, options.output_file, console);
  return delivered == ExitCode::clean ? view->code : delivered;
}

std::string unknown_list(std::string_view what) {
  const std::string_view meant = nearest_word(what, lists);
  return fmt::format(
      "hasten: there is no list `{}`; {}\n", what,
      meant.empty() ? "there are tests, fixtures and effects" : fmt::format("did you mean `{}`?", meant));
}

void report(const ListOptions& options, const Project& project, const Console& console, const TextSink& sink) {
  const TextStyle style = text_style(options.project, console);
  if (options.what == "effects") {
    options.format == "json" ? report_effects_json(project, sink)
                             : report_effects(project, working_directory(), style, sink);
  } else if (options.format == "json") {
    sink(report_lists_json(project));
  } else {
    sink(options.what == "tests" ? report_tests(project, working_directory(), style)
                                 : report_fixtures(project, working_directory(), style));
  }
}

}  // namespace
}  // namespace hasten
