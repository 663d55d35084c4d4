#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/cli/command.h"
#include "analyzer/cli/project_options.h"
#include "analyzer/knowledge/project_knowledge.h"
#include "analyzer/report/api.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

struct ApiOptions {
  ProjectOptions project;
  std::string name;
  std::optional<std::string> format;
};

Action declare(Options& options);
ExitCode show_api(const ApiOptions& options, Console& console);
KnownName known_name(const Knowledge& knowledge, const std::string& asked);
std::vector<std::string> masks_of(const Knowledge& knowledge, const Api& api);
std::string unknown_name(const Knowledge& knowledge, std::string_view asked);

}  // namespace

extern const Command api_command;
const Command api_command = {"api", "Print what is known of a function, method or class, and what says so", declare};

namespace {

Action declare(Options& options) {
  auto api_options = std::make_shared<ApiOptions>();
  options.argument("NAME", api_options->name, "Dotted, as one imports it: requests.get, pathlib.Path.write_text");
  options.choice("--output-format", {"text", "json"}, api_options->format, "text when nothing is said");
  declare_project_options(options, api_options->project);
  return [api_options](Console& console) { return show_api(*api_options, console); };
}

ExitCode show_api(const ApiOptions& options, Console& console) {
  std::vector<Problem> problems;
  const std::optional<Config> config = load_project(options.project, problems, console);
  if (!config) return ExitCode::could_not_work;
  const HastenConfig::OwnKnowledge& own = config->hasten.knowledge;
  const ProjectKnowledge project(own.entries, own.files, problems);
  const bool has_error = std::ranges::find(problems, ProblemSeverity::error, &Problem::severity) != problems.end();
  print_problems(problems, config->pytest.root, options.project, console);

  const KnownName known = known_name(project.knowledge(), options.name);
  if (known.api == nullptr && known.class_ == nullptr && known.decorator == nullptr && known.below.empty()) {
    console.complain(unknown_name(project.knowledge(), options.name));
    return has_error ? ExitCode::could_not_work : ExitCode::findings;
  }
  console.print(options.format == "json" ? report_known_name_json(known) : report_known_name(known));
  return has_error ? ExitCode::could_not_work : ExitCode::clean;
}

KnownName known_name(const Knowledge& knowledge, const std::string& asked) {
  KnownName known;
  known.asked = asked;
  known.name = canonical_name(asked);
  known.api = knowledge.find_api(known.name);
  known.class_ = find_class(known.name);
  known.decorator = knowledge.find_decorator(known.name);
  const std::size_t dot = known.name.rfind('.');
  if (known.api == nullptr && dot != std::string::npos) {
    known.api = knowledge.find_method(known.name.substr(0, dot), known.name.substr(dot + 1));
  }
  const std::string below = known.name + ".";
  for (const Api& api : knowledge.apis()) {
    if (api.name.starts_with(below)) known.below.push_back(&api);
  }
  if (known.api != nullptr) known.masked_by = masks_of(knowledge, *known.api);
  return known;
}

/// Does one of `masks` keep the whole of an effect of `api` from happening?
bool covers(std::span<const std::string_view> masks, const Api& api) {
  return std::ranges::any_of(masks, [&](std::string_view mask) {
    if (mask == api.transport) return true;
    for (std::size_t kind = 0; kind < effect_kinds; ++kind) {
      const auto effect = static_cast<EffectKind>(kind);
      if (api.effects.has(effect) && mask == fmt::format("kind:{}", to_string(effect))) return true;
    }
    return false;
  });
}

std::vector<std::string> masks_of(const Knowledge& knowledge, const Api& api) {
  std::set<std::string> masks;
  for (const Api& mask : knowledge.apis()) {
    const bool ends_one = mask.role == Role::stop;
    if (&mask != &api && !ends_one && covers(mask.masks, api)) masks.emplace(mask.name);
  }
  for (const PluginFixture& fixture : all_plugin_fixtures()) {
    if (covers(fixture.masks, api)) masks.insert(fmt::format("fixture {} ({})", fixture.name, fixture.plugin));
  }
  return {masks.begin(), masks.end()};
}

std::string unknown_name(const Knowledge& knowledge, std::string_view asked) {
  std::vector<std::string_view> names;
  for (const Api& api : knowledge.apis()) names.push_back(api.name);
  const std::string_view nearest = nearest_word(asked, names);
  return fmt::format("hasten: nothing is known of `{}`; {}\n", asked,
                     nearest.empty() ? "[[tool.hasten.api]] in pyproject.toml says what it does"
                                     : fmt::format("did you mean `{}`?", nearest));
}

}  // namespace
}  // namespace hasten
