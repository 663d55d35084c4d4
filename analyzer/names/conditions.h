#pragma once

// What an `if` that stands outside functions decides when tests are collected, as far as it can be told without
// running anything: type checking is off, the module is imported and not run, Python is a recent CPython on Linux.

#include <array>
#include <cstdint>

#include "analyzer/model/file_model.h"

namespace hasten {

/// The Python that suites are taken to run on: conditions and values go by the same.
inline constexpr std::array<int, 3> assumed_python = {3, 11, 2};

enum class Truth : std::uint8_t { no, yes, unknown };

[[nodiscard]] Truth opposite(Truth truth);

[[nodiscard]] Truth truth_of(const FileModel& file, ExprId condition);

/// Whether `block` is entered: the truth of all conditions around it, up to the module, class or function it is in.
[[nodiscard]] Truth is_entered(const FileModel& file, BlockId block);

}  // namespace hasten
