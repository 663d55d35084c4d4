#include "analyzer/report/verdict_text.h"

#include <fmt/format.h>

namespace hasten {
namespace {

std::string name_of(const Project& project, TestId test) {
  return fmt::format("`{}`", project.name(project->tests[test].qualified_name));
}

std::string others(const Project& project, const Reason& reason) {
  if (reason.others <= 1) return name_of(project, reason.other);
  return fmt::format("{} other tests ({}, ...)", reason.others, name_of(project, reason.other));
}

std::string cases_of(const Test& test) {
  return test.cases.known() ? fmt::format("its {} cases", test.cases.value) : std::string("its cases");
}

std::string unknown_place(const Project& project, const Access& access) {
  const Resource& resource = project->resources[access.resource];
  const std::string_view api = project.name(project->effects[project->reaches[access.reach].effect].api);
  if (project->paths[project->reaches[access.reach].path].is_possible) {
    const std::string_view thing = resource.kind == ResourceKind::port ? "a port" : "a database";
    return fmt::format("it may run `{}`, which takes {}; which function it calls would settle it", api, thing);
  }
  switch (resource.kind) {
    case ResourceKind::port: return fmt::format("`{}` takes a port that is computed; which one would settle it", api);
    case ResourceKind::database:
      return fmt::format("`{}` opens a database that is computed; which one would settle it", api);
    default:
      return fmt::format("`{}` works below `{}`, under a name that is computed; which one would settle it", api,
                         path_template(resource.root, ""));
  }
}

}  // namespace

std::string_view to_string(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::is_marked: return "is-marked";
    case ReasonKind::measures_time: return "measures-time";
    case ReasonKind::unknown_place: return "unknown-place";
    case ReasonKind::changes_outside: return "changes-outside";
    case ReasonKind::meets: return "meets";
    case ReasonKind::meets_itself: return "meets-itself";
    case ReasonKind::leaks: return "leaks";
    case ReasonKind::is_leaked_to: return "is-leaked-to";
    case ReasonKind::leaves_behind: return "leaves-behind";
    case ReasonKind::asks_outside: return "asks-outside";
  }
  return "?";
}

std::string resource_text(const Project& project, const Resource& resource) {
  const std::string_view name = project.name(resource.name);
  switch (resource.kind) {
    case ResourceKind::path: return fmt::format("path {}", path_template(resource.root, name));
    case ResourceKind::port: return name.empty() ? "some port" : fmt::format("port {}", name);
    case ResourceKind::database:
      return name.empty() ? "some database" : fmt::format("database {}", path_template(resource.root, name));
    case ResourceKind::named_object: return std::string(name);
    case ResourceKind::service: return name.empty() ? "some service" : fmt::format("service {}", name);
    case ResourceKind::environment:
      return name.empty() ? "the environment" : fmt::format("environment variable {}", name);
    case ResourceKind::global_state:
    case ResourceKind::process_state: return std::string(name);
    case ResourceKind::working_directory: return "the working directory";
  }
  return {};
}

std::string reason_text(const Project& project, TestId test, const Reason& reason) {
  const bool has_access = reason.access != Reason::no_access;
  const Access access = has_access ? project->accesses[reason.access] : Access();
  const std::string what = has_access ? resource_text(project, project->resources[access.resource]) : std::string();
  const auto api = [&] { return project.name(project->effects[project->reaches[access.reach].effect].api); };
  switch (reason.kind) {
    case ReasonKind::is_marked: return fmt::format("is marked `{}`", project.name(reason.detail));
    case ReasonKind::measures_time: return fmt::format("fixture `{}` measures time", project.name(reason.detail));
    case ReasonKind::unknown_place: return unknown_place(project, access);
    case ReasonKind::changes_outside:
      return fmt::format("`{}` changes something at {}; whether tests are kept apart there would settle it", api(),
                         what);
    case ReasonKind::meets: return fmt::format("uses {} like {}", what, others(project, reason));
    case ReasonKind::meets_itself: return fmt::format("{} use {}", cases_of(project->tests[test]), what);
    case ReasonKind::leaks: return fmt::format("leaves {} changed, which {} reads", what, others(project, reason));
    case ReasonKind::is_leaked_to:
      return fmt::format("reads {}, which {} leaves changed", what, others(project, reason));
    case ReasonKind::leaves_behind: return fmt::format("leaves {} changed for tests on the same worker", what);
    case ReasonKind::asks_outside: return fmt::format("asks {}", what);
  }
  return {};
}

}  // namespace hasten
