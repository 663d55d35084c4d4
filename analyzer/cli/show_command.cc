#include <memory>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/cli/subject_option.h"
#include "analyzer/config/paths.h"
#include "analyzer/report/show.h"

namespace hasten {
namespace {

struct ShowOptions {
  ProjectOptions project;
  std::string word;
  std::optional<std::string> format;
};

Action declare(Options& options);
ExitCode show(const ShowOptions& options, Console& console);

}  // namespace

extern const Command show_command;
const Command show_command = {"show", "Show all that is known about a test or a fixture", declare};

namespace {

Action declare(Options& options) {
  auto show_options = std::make_shared<ShowOptions>();
  options.argument("WHAT", show_options->word,
                   "A test's node id, what it ends in (test_x, TestA::test_x), or the name of a fixture");
  options.choice("--output-format", {"text", "json"}, show_options->format, "text when nothing is said");
  declare_project_options(options, show_options->project);
  return [show_options](Console& console) { return show(*show_options, console); };
}

ExitCode show(const ShowOptions& options, Console& console) {
  const std::optional<ProjectView> view = read_view(options.project, LinkDepth::accesses, console);
  if (!view) return ExitCode::could_not_work;
  const std::optional<Subject> subject = find_subject(view->project, options.word, console);
  if (!subject) return ExitCode::could_not_work;
  console.print(options.format == "json" ? report_subject_json(view->project, *subject)
                                         : report_subject(view->project, *subject, working_directory(),
                                                          text_style(options.project, console)));
  return view->code;
}

}  // namespace
}  // namespace hasten
