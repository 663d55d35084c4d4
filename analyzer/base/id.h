#pragma once

// How rows of one table name rows of another: four-byte indices that the compiler keeps apart. No pointers between
// rows, so tables can be moved, written to a cache and mapped back as they are.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace hasten {

/// Names one row of the table with the same tag. Ordered by position; default constructed it names nothing.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr std::uint32_t index() const { return index_; }
  constexpr explicit operator bool() const { return index_ != none; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::uint32_t index_ = none;
};

/// Consecutive rows of one table: how a parent names its children. Iterating yields ids.
template <class Tag>
struct Run {
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  class Iterator {
   public:
    using value_type = Id<Tag>;
    using difference_type = std::ptrdiff_t;
    constexpr Iterator() = default;
    constexpr explicit Iterator(std::uint32_t index) : index_(index) {}
    constexpr Id<Tag> operator*() const { return Id<Tag>(index_); }
    constexpr Iterator& operator++() {
      ++index_;
      return *this;
    }
    constexpr Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    std::uint32_t index_ = 0;
  };

  [[nodiscard]] constexpr Iterator begin() const { return Iterator(first); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(first + count); }
  [[nodiscard]] constexpr bool empty() const { return count == 0; }
  [[nodiscard]] constexpr std::uint32_t size() const { return count; }
  [[nodiscard]] constexpr Id<Tag> operator[](std::size_t i) const { return Id<Tag>(first + i); }
  [[nodiscard]] constexpr bool contains(Id<Tag> id) const { return id.index() >= first && id.index() - first < count; }
};

}  // namespace hasten

template <class Tag>
struct std::hash<hasten::Id<Tag>> {
  std::size_t operator()(hasten::Id<Tag> id) const noexcept { return id.index() * std::size_t{0x9E3779B97F4A7C15}; }
};
