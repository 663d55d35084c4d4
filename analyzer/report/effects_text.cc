#include <utility>

#include <fmt/format.h>

#include "analyzer/report/display_text.h"
#include "analyzer/report/effect_rows.h"
#include "analyzer/report/effects.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"
#include "analyzer/report/summary.h"

namespace hasten {
namespace {

constexpr std::size_t bytes_in_a_part = std::size_t{64} * 1024;

/// ", possible": a call on the way may lead elsewhere.
std::string certainty_of(const Project& project, const Reach& reach) {
  return project->paths[reach.path].is_possible ? ", possible" : "";
}

std::string fate_of(const Project& project, const Reach& reach) {
  if (reach.masked_by) {  // "restored by fixture x" says so itself
    const std::string label = display_text(project.name(reach.masked_by));
    if (label.starts_with("restored ")) return ", " + label;
    return fmt::format(", {} by {}", reach.is_put_back ? "restored" : reach.is_moved ? "moved" : "masked", label);
  }
  return is_restored(project, reach) ? ", restored" : "";
}

std::string phase_of(const Project& project, const Reach& reach) {
  const std::string phase(to_string(project->paths[reach.path].phase));
  if (!reach.fixture) return phase;
  return fmt::format("{} of {}", phase, display_text(project.name(project->fixtures[reach.fixture].name)));
}

}  // namespace

void report_effects(const Project& project, std::string base, const TextStyle& style, const TextSink& sink) {
  const Paint paint(style);
  Places places(project, std::move(base));
  std::string out;
  const std::vector<std::uint32_t> rows = effect_rows(project);
  for (const std::uint32_t row : rows) {
    const Reach& reach = project->reaches[row];
    const Effect& effect = project->effects[reach.effect];
    const std::string resource = resource_of(project, effect);
    const std::string api = display_text(project.name(effect.api));
    out += fmt::format("{}: {} {}{} in {} ({}{}{})\n", paint(Ink::dim, places.line_link(effect.place)),
                       paint(Ink::bold, listed_kind(effect.kind)), api,
                       resource.empty() || resource == api ? "" : fmt::format(" `{}`", display_text(resource)),
                       display_text(project.name(project->tests[reach.test].qualified_name)), phase_of(project, reach),
                       certainty_of(project, reach), fate_of(project, reach));
    if (out.size() < bytes_in_a_part) continue;
    sink(out);
    out.clear();
  }
  if (style.has_summary) out += counted(rows.size(), "effect") + ".\n";
  sink(out);
}

}  // namespace hasten
