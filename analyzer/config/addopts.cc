#include "analyzer/config/addopts.h"

#include <algorithm>

#include <fmt/format.h>

namespace hasten {
namespace {

/// argparse's view: a negative number is no option, nor is a word with a space in it unless the space belongs to the
/// value: `-p no:cov`, `--ignore=my folder` as one element of a list.
bool looks_like_option(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  if (const std::size_t space = word.find(' '); space != std::string_view::npos) {
    return word[1] == '-' ? word.find('=') < space : arity_of(word.substr(0, 2)) == OptionArity::takes_value;
  }
  return word.find_first_not_of("0123456789.", 1) != std::string_view::npos;
}

class AddoptsReader {
 public:
  explicit AddoptsReader(const std::vector<std::string>& words) : words_(words) {}

  Addopts read();

 private:
  void read_long(std::string_view word);
  void read_short(std::string_view cluster);
  void read_positional(std::string_view word);
  void apply(std::string_view option, std::string_view value);
  void apply_plugin(std::string_view name);
  void apply_override(std::string_view text);
  void apply_import_mode(std::string_view mode);
  void mistake(std::string message) { out_.mistakes.push_back(std::move(message)); }

  /// The next word when it is no option.
  std::optional<std::string_view> take_value() {
    if (at_ >= words_.size() || looks_like_option(words_[at_])) return std::nullopt;
    return words_[at_++];
  }

  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  Addopts out_;
};

Addopts AddoptsReader::read() {
  while (at_ < words_.size()) {
    const std::string_view word = words_[at_++];
    if (word == "--") {
      while (at_ < words_.size()) read_positional(words_[at_++]);
    } else if (!looks_like_option(word)) {
      read_positional(word);
    } else if (word.starts_with("--")) {
      read_long(word);
    } else {
      read_short(word.substr(1));
    }
  }
  return std::move(out_);
}

void AddoptsReader::read_long(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals != std::string_view::npos) return apply(word.substr(0, equals), word.substr(equals + 1));
  switch (arity_of(word)) {
    case OptionArity::flag: return apply(word, {});
    case OptionArity::takes_value:
      if (const auto value = take_value()) apply(word, *value);
      return;
    case OptionArity::unknown: (void)take_value(); return;
  }
}

/// `-xvs`, `-n4`, `-p no:cov`: the first letter that takes a value takes the rest of the word or the next one.
void AddoptsReader::read_short(std::string_view cluster) {
  for (std::size_t at = 0; at < cluster.size(); ++at) {
    const std::string option = {'-', cluster[at]};
    if (arity_of(option) != OptionArity::takes_value) continue;
    std::string_view value = cluster.substr(at + 1);
    if (value.starts_with('=')) value.remove_prefix(1);
    if (value.empty()) value = take_value().value_or(std::string_view());
    return apply(option, value);
  }
}

void AddoptsReader::read_positional(std::string_view word) {
  word = word.substr(0, word.find("::"));
  if (!word.empty() && word[0] != '@') out_.positional.emplace_back(word);
}

void AddoptsReader::apply(std::string_view option, std::string_view value) {
  if (option == "--doctest-modules") out_.doctest_modules = true;
  if (option == "--no-doctest-modules") out_.doctest_modules = false;
  if (option == "--pyargs") out_.pyargs = true;
  if (value.empty()) return;
  if (option == "--ignore") out_.ignore.emplace_back(value);
  if (option == "--ignore-glob") out_.ignore_glob.emplace_back(value);
  if (option == "-p") apply_plugin(value);
  if (option == "-o" || option == "--override-ini") apply_override(value);
  if (option == "--import-mode") apply_import_mode(value);
  if (option == "--asyncio-mode") out_.asyncio_mode = value;
}

void AddoptsReader::apply_plugin(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
  const auto move_to = [&](std::vector<std::string>& to, std::vector<std::string>& from, std::string_view plugin) {
    std::erase(from, plugin);
    if (std::ranges::find(to, plugin) == to.end()) to.emplace_back(plugin);
  };
  if (!name.starts_with("no:")) return move_to(out_.plugins, out_.blocked_plugins, name);
  move_to(out_.blocked_plugins, out_.plugins, name.substr(3));
}

void AddoptsReader::apply_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return mistake(fmt::format("-o {} is not of the form name=value", text));
  out_.overrides.push_back({std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))});
}

void AddoptsReader::apply_import_mode(std::string_view mode) {
  if (mode == "prepend") {
    out_.import_mode = ImportMode::prepend;
  } else if (mode == "append") {
    out_.import_mode = ImportMode::append;
  } else if (mode == "importlib") {
    out_.import_mode = ImportMode::importlib;
  } else {
    mistake(fmt::format("--import-mode={} is unknown, expected prepend, append or importlib", mode));
  }
}

}  // namespace

Addopts parse_addopts(const std::vector<std::string>& words) { return AddoptsReader(words).read(); }

}  // namespace hasten
