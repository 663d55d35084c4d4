#pragma once

// Takes the keys of one entry by name and type. What is asked for is known; what nobody asked for is an unknown key.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/facts/rows.h"
#include "analyzer/knowledge/facts/words.h"
#include "analyzer/model/entry.h"

namespace hasten::facts {

struct Name {
  std::string_view text;
  Where where;
};

class Fields {
 public:
  /// Both must outlive the object.
  Fields(const Entry& entry, Rows& rows) : entry_(entry), rows_(rows) {}

  /// Empty when the key is not there.
  [[nodiscard]] std::string_view text(std::string_view key);
  [[nodiscard]] std::vector<Name> texts(std::string_view key);
  [[nodiscard]] std::uint8_t flag(std::string_view key);
  [[nodiscard]] std::int32_t number(std::string_view key);
  /// `2`, `"timeout"` or `[2, "timeout"]`.
  [[nodiscard]] ArgumentRef argument(std::string_view key);
  /// `name` or `names`, with `in` put before each; at least one, each dotted.
  [[nodiscard]] std::vector<Name> names();
  /// Texts without their places, kept for the rows.
  [[nodiscard]] std::span<const std::string_view> list(std::string_view key);

  template <Worded Enum>
  [[nodiscard]] Enum word(std::string_view key) {
    const Key* found = take(key);
    if (found == nullptr) return {};
    const std::string_view word = scalar_text(*found);
    if (const auto value = from_word<Enum>(word)) return *value;
    complain_about_word(*found, word, words_of<Enum>());
    return {};
  }
  [[nodiscard]] EffectSet effects(std::string_view key);

  /// Complains about every key that nobody took; call it last.
  void finish();

  [[nodiscard]] Where where() const { return entry_.where; }
  [[nodiscard]] Where where(std::string_view key) const;
  void complain(Where where, std::string message) { rows_.complaints.push_back({where, std::move(message)}); }

 private:
  const Key* take(std::string_view key);
  std::string_view scalar_text(const Key& key);
  std::string_view item_text(const Key& key, const Scalar& item);
  void read_argument_part(const Key& key, const Scalar& part, ArgumentRef& argument);
  void complain_about_word(const Key& key, std::string_view word, std::span<const std::string_view> known);

  const Entry& entry_;
  Rows& rows_;
  std::vector<std::string_view> taken_;
};

}  // namespace hasten::facts
