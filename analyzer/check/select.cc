#include "analyzer/check/select.h"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "analyzer/text/gitignore.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

using Catalogue = std::span<const Rule* const>;

void check_selectors(Catalogue catalogue, const HastenConfig& config, std::vector<Problem>& problems);
bool is_selected(const HastenConfig& config, const Rule& rule);

}  // namespace

std::vector<const Rule*> selected_rules(const HastenConfig& config, std::vector<Problem>& problems) {
  return selected_rules(all_rules(), config, problems);
}

std::vector<const Rule*> selected_rules(Catalogue catalogue, const HastenConfig& config,
                                        std::vector<Problem>& problems) {
  check_selectors(catalogue, config, problems);
  std::vector<const Rule*> selected;
  for (const Rule* rule : catalogue) {
    if (is_selected(config, *rule)) selected.push_back(rule);
  }
  std::ranges::sort(selected, {}, &Rule::code);
  return selected;
}

bool selects(std::string_view selector, const Rule& rule) {
  if (selector == "ALL" || selector == rule.name) return true;
  return selector.starts_with("HS") && rule.code.starts_with(selector);
}

namespace {

/// What a user may have meant: the nearest code or name.
std::string suggestion(Catalogue catalogue, std::string_view selector) {
  std::vector<std::string_view> words = {"ALL"};
  for (const Rule* rule : catalogue) {
    words.push_back(rule->code);
    words.push_back(rule->name);
  }
  const std::string_view nearest = nearest_word(selector, words);
  return nearest.empty() ? std::string() : fmt::format("; did you mean `{}`?", nearest);
}

void check_list(Catalogue catalogue, const HastenConfig& config, std::string_view setting,
                const std::vector<std::string>& selectors, std::vector<Problem>& problems) {
  for (const std::string& selector : selectors) {
    if (std::ranges::any_of(catalogue, [&](const Rule* rule) { return selects(selector, *rule); })) continue;
    if (selector == "ALL") continue;
    Problem problem;
    problem.severity = ProblemSeverity::error;
    problem.path = config.file;
    problem.message = fmt::format("`{}` in `{}` is no rule: expected ALL, a code, the beginning of a code or a name{}",
                                  selector, setting, suggestion(catalogue, selector));
    problems.push_back(std::move(problem));
  }
}

void check_selectors(Catalogue catalogue, const HastenConfig& config, std::vector<Problem>& problems) {
  check_list(catalogue, config, "select", config.select, problems);
  check_list(catalogue, config, "extend-select", config.extend_select, problems);
  check_list(catalogue, config, "ignore", config.ignore, problems);
  for (const HastenConfig::PerFile& per_file : config.per_file_ignores) {
    check_list(catalogue, config, "per-file-ignores", per_file.ignore, problems);
  }
}

/// How closely a selector is aimed: ALL, then longer prefixes, then a whole code or a name.
std::size_t aim(std::string_view selector, const Rule& rule) {
  if (selector == "ALL") return 0;
  return selector == rule.name ? rule.code.size() : selector.size();
}

/// The closest aim among the selectors that match `rule`; none when none does.
std::optional<std::size_t> closest(const std::vector<std::string>& selectors, const Rule& rule) {
  std::optional<std::size_t> best;
  for (const std::string& selector : selectors) {
    if (selects(selector, rule)) best = std::max(best.value_or(0), aim(selector, rule));
  }
  return best;
}

bool is_selected(const HastenConfig& config, const Rule& rule) {
  std::optional<std::size_t> wanted = config.select.empty() ? 0 : closest(config.select, rule);
  wanted = std::max(wanted, closest(config.extend_select, rule));
  const std::optional<std::size_t> unwanted = closest(config.ignore, rule);
  return wanted && (!unwanted || *wanted > *unwanted);
}

struct FilePattern {
  IgnoreList pattern;
  bool is_negated = false;
  const std::vector<std::string>* selectors = nullptr;

  [[nodiscard]] bool covers(const std::string& path) const {
    return pattern.ignores(path, EntryKind::file) != is_negated;
  }
};

std::vector<FilePattern> file_patterns(const HastenConfig& config) {
  std::vector<FilePattern> patterns;
  for (const HastenConfig::PerFile& per_file : config.per_file_ignores) {
    const bool is_negated = per_file.pattern.starts_with('!');
    const std::string pattern = per_file.pattern.substr(is_negated ? 1 : 0);
    patterns.push_back({IgnoreList(std::vector<std::string>{pattern}), is_negated, &per_file.ignore});
  }
  return patterns;
}

}  // namespace

void hide_unsure(const HastenConfig& config, std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& finding) { return finding.confidence < config.min_confidence; });
}

void hide_per_file(const Project& project, const HastenConfig& config, std::vector<Finding>& findings) {
  const std::vector<FilePattern> patterns = file_patterns(config);
  std::erase_if(findings, [&](const Finding& finding) {
    const Rule* rule = find_rule(finding.rule);
    return rule != nullptr && std::ranges::any_of(patterns, [&](const FilePattern& file) {
             return file.covers(project.path(finding.place.file)) &&
                    std::ranges::any_of(*file.selectors,
                                        [&](const std::string& selector) { return selects(selector, *rule); });
           });
  });
}

}  // namespace hasten
