#pragma once

// The words that knowledge files and generated code use for enumerators: `very-heavy` is CostClass::very_heavy. They
// are the ones that to_string prints, so a new enumerator is a new word without an edit here.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/knowledge.h"

namespace hasten::facts {

template <class Enum>
concept Worded = requires(Enum value) {
  { to_string(value) } -> std::convertible_to<std::string_view>;
};

/// Calls `visit(value, word)` for every enumerator; to_string says "?" behind the last.
template <Worded Enum, class Visit>
void for_each_word(Visit visit) {
  for (std::uint8_t number = 0; to_string(static_cast<Enum>(number)) != "?"; ++number) {
    visit(static_cast<Enum>(number), to_string(static_cast<Enum>(number)));
  }
}

template <Worded Enum>
std::optional<Enum> from_word(std::string_view word) {
  std::optional<Enum> found;
  for_each_word<Enum>([&](Enum value, std::string_view candidate) {
    if (candidate == word) found = value;
  });
  return found;
}

template <Worded Enum>
std::vector<std::string_view> words_of() {
  std::vector<std::string_view> words;
  for_each_word<Enum>([&](Enum, std::string_view word) { words.push_back(word); });
  return words;
}

/// The C++ name of the enumerator; keywords carry a trailing underscore by our own convention.
template <Worded Enum>
std::string enumerator(Enum value) {
  std::string name(to_string(value));
  std::ranges::replace(name, '-', '_');
  return name == "class" || name == "setattr" ? name + "_" : name;
}

}  // namespace hasten::facts
