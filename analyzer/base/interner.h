#pragma once

// One id per distinct text. Ids follow the order of first use, so they are stable as long as that order is.

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "analyzer/base/id.h"

namespace hasten {

template <class Tag>
class Interner {
 public:
  using Key = Id<Tag>;

  Key intern(std::string_view text) {
    if (auto found = keys_.find(text); found != keys_.end()) return found->second;
    const Key key(texts_.size());
    keys_.emplace(texts_.emplace_back(text), key);
    return key;
  }

  /// None when `text` was never interned.
  [[nodiscard]] Key find(std::string_view text) const {
    auto found = keys_.find(text);
    return found == keys_.end() ? Key() : found->second;
  }

  /// The view lives as long as the interner; an id that names nothing reads as an empty text.
  [[nodiscard]] std::string_view operator[](Key key) const {
    return key ? std::string_view(texts_[key.index()]) : std::string_view();
  }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // a deque: views into it stay where they are
  std::unordered_map<std::string_view, Key> keys_;
};

}  // namespace hasten
