#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_view.h"
#include "analyzer/fix/group_marks.h"
#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

struct GroupsOptions {
  ProjectOptions project;
  std::optional<std::string> output_file;
};

Action declare(Options& options);
ExitCode groups(const GroupsOptions& options, Console& console);

}  // namespace

extern const Command groups_command;
const Command groups_command = {
    "groups", "Print, as a patch, the xdist_group marks that make the suite safe under --dist loadgroup", declare};

namespace {

Action declare(Options& options) {
  auto groups_options = std::make_shared<GroupsOptions>();
  options.text("-o,--output-file", "FILE", groups_options->output_file, "Write the patch there");
  declare_project_options(options, groups_options->project);
  return [groups_options](Console& console) { return groups(*groups_options, console); };
}

ExitCode groups(const GroupsOptions& options, Console& console) {
  const std::optional<ProjectView> view = read_view(options.project, LinkDepth::accesses, console);
  if (!view) return ExitCode::could_not_work;
  const GroupPatch patch = group_patch(view->project);
  for (const std::string& note : patch.notes) console.complain(fmt::format("hasten: {}\n", display_text(note)));
  const ExitCode delivered = deliver(patch.patch, options.output_file, console);
  return delivered == ExitCode::clean ? view->code : delivered;
}

}  // namespace
}  // namespace hasten
