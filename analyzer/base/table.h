#pragma once

// A vector that only its own kind of id can index.

#include <cassert>
#include <utility>
#include <vector>

#include "analyzer/base/id.h"

namespace hasten {

template <class Tag, class Row>
class Table {
 public:
  using Key = Id<Tag>;

  Key add(Row row) {
    rows_.push_back(std::move(row));
    return Key(rows_.size() - 1);
  }

  [[nodiscard]] const Row& operator[](Key id) const {
    assert(id.index() < rows_.size());
    return rows_[id.index()];
  }
  [[nodiscard]] Row& operator[](Key id) {
    assert(id.index() < rows_.size());
    return rows_[id.index()];
  }

  /// Every id, in order.
  [[nodiscard]] Run<Tag> ids() const { return {0, static_cast<std::uint32_t>(rows_.size())}; }
  [[nodiscard]] Key next_id() const { return Key(rows_.size()); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }
  [[nodiscard]] auto begin() { return rows_.begin(); }
  [[nodiscard]] auto end() { return rows_.end(); }

  void reserve(std::size_t rows) { rows_.reserve(rows); }
  void resize(std::size_t rows) { rows_.resize(rows); }
  void shrink_to_fit() { rows_.shrink_to_fit(); }
  [[nodiscard]] std::size_t bytes() const { return rows_.capacity() * sizeof(Row); }

 private:
  std::vector<Row> rows_;
};

}  // namespace hasten
