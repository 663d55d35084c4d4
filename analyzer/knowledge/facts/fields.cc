#include "analyzer/knowledge/facts/fields.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "analyzer/text/suggest.h"

namespace hasten::facts {

namespace {

/// "did you mean `sleep`?" where one word is near, else all of them.
std::string expectation(std::string_view written, std::span<const std::string_view> known) {
  const std::string_view nearest = nearest_word(written, known);
  if (!nearest.empty()) return fmt::format("did you mean `{}`?", nearest);
  return fmt::format("expected one of {}", fmt::join(known, ", "));
}

bool is_dotted_name(std::string_view name) {
  char previous = '.';
  for (const char character : name) {
    const bool is_digit = character >= '0' && character <= '9';
    const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    if (character == '.' || is_digit) {
      if (previous == '.') return false;
    } else if (!is_letter && character != '_') {
      return false;
    }
    previous = character;
  }
  return previous != '.';
}

}  // namespace

std::string_view Fields::text(std::string_view key) {
  const Key* found = take(key);
  return found == nullptr ? std::string_view() : rows_.texts.keep(std::string(scalar_text(*found)));
}

std::vector<Name> Fields::texts(std::string_view key) {
  const Key* found = take(key);
  if (found == nullptr) return {};
  if (!found->is_list) complain(found->where, fmt::format("`{}` is one value, expected a list", key));
  std::vector<Name> names;
  for (const Scalar& item : found->values) {
    const std::string_view text = item_text(*found, item);
    if (!text.empty()) names.push_back({rows_.texts.keep(std::string(text)), item.where});
  }
  return names;
}

std::uint8_t Fields::flag(std::string_view key) {
  const Key* found = take(key);
  if (found == nullptr) return 0;
  const bool* value = found->is_list ? nullptr : std::get_if<bool>(&found->values.front().value);
  if (value == nullptr) complain(found->where, fmt::format("`{}` is no flag, expected true or false", key));
  return value != nullptr && *value ? 1 : 0;
}

std::int32_t Fields::number(std::string_view key) {
  const Key* found = take(key);
  if (found == nullptr) return 0;
  const auto* value = found->is_list ? nullptr : std::get_if<std::int64_t>(&found->values.front().value);
  if (value != nullptr && *value >= -1 && *value <= std::numeric_limits<std::int32_t>::max()) {
    return static_cast<std::int32_t>(*value);
  }
  complain(found->where, fmt::format("`{}` is no count, expected a whole number, or -1 for unknown", key));
  return 0;
}

ArgumentRef Fields::argument(std::string_view key) {
  ArgumentRef argument;
  const Key* found = take(key);
  if (found == nullptr) return argument;
  const bool is_pair = found->values.size() == 2 && found->values[0].value.index() != found->values[1].value.index();
  const bool is_word = std::ranges::none_of(found->values, [](const Scalar& part) {
    return std::holds_alternative<std::monostate>(part.value) || std::holds_alternative<bool>(part.value);
  });
  if (!is_word || (found->is_list && !is_pair)) {
    complain(found->where, fmt::format("`{}` is no argument, expected a position, \"keyword\" or both in a list", key));
    return argument;
  }
  for (const Scalar& part : found->values) read_argument_part(*found, part, argument);
  return argument;
}

std::vector<Name> Fields::names() {
  std::vector<Name> names = texts("names");
  if (const std::string_view name = text("name"); !name.empty()) names.push_back({name, where("name")});
  if (names.empty()) complain(entry_.where, fmt::format("[[{}]] names nothing, expected name or names", entry_.kind));
  const std::string_view prefix = text("in");
  for (Name& name : names) {
    if (!prefix.empty()) name.text = rows_.texts.keep(fmt::format("{}.{}", prefix, name.text));
    if (!is_dotted_name(name.text)) complain(name.where, fmt::format("`{}`, expected a dotted name", name.text));
  }
  return names;
}

std::span<const std::string_view> Fields::list(std::string_view key) {
  std::vector<std::string_view> list;
  for (const Name& name : texts(key)) list.push_back(name.text);
  return rows_.texts.keep(std::move(list));
}

EffectSet Fields::effects(std::string_view key) {
  EffectSet effects;
  for (const Name& name : texts(key)) {
    if (const auto kind = from_word<EffectKind>(name.text)) {
      effects.add(*kind);
    } else {
      const std::vector<std::string_view> known = words_of<EffectKind>();
      complain(name.where, fmt::format("unknown effect `{}`, {}", name.text, expectation(name.text, known)));
    }
  }
  return effects;
}

void Fields::finish() {
  std::ranges::sort(taken_);
  const auto repeated = std::ranges::unique(taken_);
  taken_.erase(repeated.begin(), repeated.end());
  for (const Key& key : entry_.keys) {
    if (std::ranges::binary_search(taken_, std::string_view(key.name))) continue;
    complain(key.where,
             fmt::format("unknown key `{}` in [[{}]], {}", key.name, entry_.kind, expectation(key.name, taken_)));
  }
}

Where Fields::where(std::string_view key) const {
  const auto found = std::ranges::find(entry_.keys, key, &Key::name);
  return found == entry_.keys.end() ? entry_.where : found->where;
}

const Key* Fields::take(std::string_view key) {
  taken_.push_back(key);
  const auto found = std::ranges::find(entry_.keys, key, &Key::name);
  return found == entry_.keys.end() ? nullptr : &*found;
}

std::string_view Fields::scalar_text(const Key& key) {
  if (!key.is_list) return item_text(key, key.values.front());
  complain(key.where, fmt::format("`{}` is a list, expected one text", key.name));
  return {};
}

std::string_view Fields::item_text(const Key& key, const Scalar& item) {
  const auto* text = std::get_if<std::string>(&item.value);
  if (text != nullptr && !text->empty()) return *text;
  complain(item.where, fmt::format("`{}` holds a value that is no text, expected a text that is not empty", key.name));
  return {};
}

void Fields::read_argument_part(const Key& key, const Scalar& part, ArgumentRef& argument) {
  constexpr std::int64_t longest_signature = 30;
  if (const auto* position = std::get_if<std::int64_t>(&part.value)) {
    if (*position < -1 || *position > longest_signature) {
      complain(part.where, fmt::format("`{}` is argument {}, expected a position from 0, or -1 for keyword only",
                                       key.name, *position));
      return;
    }
    argument.position = static_cast<std::int8_t>(*position);
    return;
  }
  const std::string_view keyword = item_text(key, part);
  if (!is_dotted_name(keyword) || keyword.find('.') != std::string_view::npos) {
    complain(part.where, fmt::format("`{}` is argument `{}`, expected the name of a parameter", key.name, keyword));
  }
  argument.keyword = rows_.texts.keep(std::string(keyword));
}

void Fields::complain_about_word(const Key& key, std::string_view word, std::span<const std::string_view> known) {
  if (word.empty()) return;  // already complained about
  complain(key.where, fmt::format("unknown {} `{}`, {}", key.name, word, expectation(word, known)));
}

}  // namespace hasten::facts
