#include "analyzer/report/set_up_doubts.h"

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {

std::string_view to_string(SetUpDoubt::Why why) {
  switch (why) {
    case SetUpDoubt::Why::condition: return "condition";
    case SetUpDoubt::Why::class_skip: return "class-skip";
    case SetUpDoubt::Why::hook: return "hook";
    case SetUpDoubt::Why::computed_request: return "computed-request";
    case SetUpDoubt::Why::choice: return "choice";
    case SetUpDoubt::Why::arguments: return "arguments";
    case SetUpDoubt::Why::computed_mark: return "computed-mark";
    case SetUpDoubt::Why::imported: return "imported";
    case SetUpDoubt::Why::module_hooks: return "module-hooks";
    case SetUpDoubt::Why::cases: return "cases";
    case SetUpDoubt::Why::parameters: return "parameters";
    case SetUpDoubt::Why::scope: return "scope";
    case SetUpDoubt::Why::outside_base: return "outside-base";
    case SetUpDoubt::Why::computed_base: return "computed-base";
    case SetUpDoubt::Why::made_tests: return "made-tests";
    case SetUpDoubt::Why::size: return "size";
  }
  return "?";
}

std::string reason_of(const Project& project, const SetUpDoubt& doubt) {
  const std::string subject = display_text(project.name(doubt.subject));
  const std::string detail = display_text(project.name(doubt.detail));
  switch (doubt.why) {
    case SetUpDoubt::Why::condition: return fmt::format("only a run can tell whether {} is there", subject);
    case SetUpDoubt::Why::class_skip: return fmt::format("only a run can tell whether unittest skips {}", subject);
    case SetUpDoubt::Why::hook: return fmt::format("only a run can tell whether a hook skips {}", subject);
    case SetUpDoubt::Why::computed_request: return fmt::format("{} asks for a fixture by a computed name", subject);
    case SetUpDoubt::Why::choice: return fmt::format("{} asks for it under a condition", subject);
    case SetUpDoubt::Why::arguments: return fmt::format("a decorator changes what {} asks for", subject);
    case SetUpDoubt::Why::computed_mark: return fmt::format("a mark of {} has computed names", subject);
    case SetUpDoubt::Why::imported:
      return fmt::format("{} of {} may be a fixture from outside the project", detail, subject);
    case SetUpDoubt::Why::module_hooks:
      return fmt::format("only a run can tell which set-up functions the module of {} has", subject);
    case SetUpDoubt::Why::cases: return fmt::format("the cases of {} are unknown: {}", subject, detail);
    case SetUpDoubt::Why::parameters: return fmt::format("the parameters of {} are unknown", subject);
    case SetUpDoubt::Why::scope: return "its scope is computed";
    case SetUpDoubt::Why::outside_base:
      return fmt::format("{} may inherit tests from {}, which lies outside the project", subject, detail);
    case SetUpDoubt::Why::computed_base: return fmt::format("{} has a base class that is computed", subject);
    case SetUpDoubt::Why::made_tests: return fmt::format("{} may get tests at run time", subject);
    case SetUpDoubt::Why::size: return "the suite has too many items to follow";
  }
  return "?";
}

std::string doubt_text(const Project& project, FixtureId fixture, Places& places, const Paint& paint) {
  const SetUpDoubt* doubt = project.set_up_doubt_of(fixture);
  if (doubt == nullptr) return {};
  const std::string reason = reason_of(project, *doubt);
  if (!doubt->place.file) return fmt::format(" ({})", reason);
  return fmt::format(" ({}, {})", reason, paint(Ink::dim, places.line_link(doubt->place)));
}

}  // namespace hasten
