#include <algorithm>

#include <fmt/format.h>

#include "analyzer/knowledge/api_arguments.h"
#include "analyzer/report/api.h"

namespace hasten {
namespace {

constexpr std::size_t most_names = 12;  // of a list on one line

/// "`url`", "argument 0 or `url`", "the object itself".
std::string text_of(const ArgumentRef& argument) {
  if (argument.is_receiver()) return "the object it is called on";
  const std::string keyword = argument.keyword.empty() ? "" : fmt::format("`{}`", argument.keyword);
  if (argument.position < 0) return keyword;
  const std::string position = fmt::format("argument {}", argument.position);
  return keyword.empty() ? position : fmt::format("{} or {}", position, keyword);
}

class Lines {
 public:
  void head(std::string_view text) { text_ += fmt::format("{}\n", text); }
  void add(std::string_view label, std::string_view value) {
    if (!value.empty()) text_ += fmt::format("  {}: {}\n", label, value);
  }
  template <class Range>
  void add_list(std::string_view label, const Range& names) {
    std::string listed;
    std::size_t count = 0;
    for (const auto& name : names) {
      if (++count <= most_names) listed += fmt::format("{}{}", listed.empty() ? "" : ", ", name);
    }
    if (count > most_names) listed += fmt::format(" and {} more", count - most_names);
    add(label, listed);
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

std::vector<std::string_view> words_of(EffectSet effects) {
  std::vector<std::string_view> words;
  for (std::size_t kind = 0; kind < effect_kinds; ++kind) {
    if (effects.has(static_cast<EffectKind>(kind))) words.push_back(to_string(static_cast<EffectKind>(kind)));
  }
  return words;
}

void add_arguments(const Api& api, Lines& lines) {
  for (const auto& [key, member] : api_arguments) {
    if ((api.*member).given()) lines.add(key, text_of(api.*member));
  }
}

std::vector<std::string_view> traits_of(const Api& api) {
  std::vector<std::string_view> traits;
  if (api.is_restoring) traits.push_back("takes its own change back");
  if (api.is_in_process) traits.push_back("stays in the process");
  if (api.is_context) traits.push_back("lasts for a `with`");
  if (api.covers_set_up) traits.push_back("as the decorator of a class it covers setUp too");
  if (api.is_beside) traits.push_back("nobody waits for what it runs");
  if (api.is_in_milliseconds) traits.push_back("told in milliseconds");
  if (api.is_wait) traits.push_back("ends as soon as what it waits for happens");
  return traits;
}

void add_api(const Api& api, Lines& lines) {
  lines.add("from", api.from);
  lines.add_list("effects", words_of(api.effects));
  if (api.cost != CostClass::none) {
    lines.add("cost", fmt::format("{}, about {:g} s a call", to_string(api.cost), typical_seconds(api.cost).value));
  }
  if (api.role != Role::none) lines.add("role", to_string(api.role));
  lines.add("transport", api.transport);
  add_arguments(api, lines);
  lines.add("port when none is given", api.default_port);
  if (api.rate != 0) lines.add("reads", fmt::format("about {} MB/s", api.rate));
  lines.add("makes", api.object);
  lines.add("returns", api.returns);
  if (api.root != PathRoot::none) lines.add("path that it yields", to_string(api.root));
  lines.add_list("besides", traits_of(api));
  lines.add_list("masks", api.masks);
  lines.add_list("looks up", api.uses);
  lines.add_list("notices changes by", api.notices);
  lines.add_list("no file with", api.elsewhere);
  lines.add("why", api.why);
  lines.add("docs", api.docs);
}

}  // namespace

std::string report_known_name(const KnownName& known) {
  Lines lines;
  lines.head(known.api != nullptr ? known.api->name : std::string_view(known.name));
  if (known.asked != known.name) lines.add("asked for", known.asked);
  if (known.api != nullptr) add_api(*known.api, lines);
  lines.add_list("masked by", known.masked_by);
  if (known.class_ != nullptr) lines.add_list("bases", known.class_->bases);
  if (known.decorator != nullptr) {
    lines.add_list("removes from a test's arguments", known.decorator->removes);
    lines.add_list("adds to a test's arguments", known.decorator->adds);
    if (known.decorator->cases != 0) lines.add("cases of a test", fmt::format("{}", known.decorator->cases));
  }
  std::vector<std::string_view> below;
  for (const Api* api : known.below) below.push_back(api->name.substr(known.name.size() + 1));
  if (!below.empty()) lines.head(fmt::format("\n{} known in {}:", below.size(), known.name));
  for (const std::string_view name : below) lines.head(fmt::format("  {}", name));
  return std::move(lines).take();
}

}  // namespace hasten
