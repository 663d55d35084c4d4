#include "analyzer/report/line_hash.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include <fmt/format.h>

#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

constexpr std::size_t window_size = 100;
constexpr std::uint64_t factor = 37;
constexpr std::uint64_t end_of_file = 65535;

constexpr std::uint64_t oldest_factor = [] {
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < window_size; ++i) power *= factor;
  return power;
}();

/// The characters that the hash covers pass through a ring; a line's hash is complete when the line's first character
/// is about to leave it.
class LineHasher {
 public:
  void character(std::uint64_t unit) {
    const bool is_second_of_crlf = previous_was_cr_ && unit == '\n';
    previous_was_cr_ = unit == '\r';
    if (unit == ' ' || unit == '\t' || is_second_of_crlf) return;
    if (unit == '\r') unit = '\n';

    emit_line();
    if (at_line_start_) starts_line_[index_] = true;
    at_line_start_ = unit == '\n';
    push(unit);
  }

  std::vector<std::string> finish() && {
    character(end_of_file);
    for (std::size_t i = 0; i < window_size; ++i) {
      emit_line();
      push(0);
    }
    return std::move(hashes_);
  }

 private:
  void emit_line() {
    if (!starts_line_[index_]) return;
    starts_line_[index_] = false;
    hashes_.push_back(fmt::format("{:x}:{}", hash_, ++seen_[hash_]));
  }

  void push(std::uint64_t unit) {
    hash_ = factor * hash_ + unit - oldest_factor * window_[index_];
    window_[index_] = unit;
    index_ = (index_ + 1) % window_size;
  }

  std::array<std::uint64_t, window_size> window_{};
  std::array<bool, window_size> starts_line_{};
  std::size_t index_ = 0;
  std::uint64_t hash_ = 0;
  bool at_line_start_ = true;
  bool previous_was_cr_ = false;
  std::unordered_map<std::uint64_t, int> seen_;
  std::vector<std::string> hashes_;  // lines leave the ring in order
};

}  // namespace

std::vector<std::string> primary_line_hashes(std::string_view text) {
  LineHasher hasher;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    text.remove_prefix(point.length);
    if (point.value < 0x10000) {
      hasher.character(point.value);
    } else {
      hasher.character(0xD800 + ((point.value - 0x10000) >> 10));
      hasher.character(0xDC00 + ((point.value - 0x10000) & 0x3FF));
    }
  }
  return std::move(hasher).finish();
}

}  // namespace hasten
