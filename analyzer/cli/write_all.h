#pragma once

// Text into a file descriptor or a file, whole or not at all.

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/result.h"

namespace hasten {

/// 0, or the errno of the write that failed.
[[nodiscard]] int write_all(int descriptor, std::string_view text);

/// Replaces the file in one step: who reads it meanwhile sees the old bytes or the new ones. Something that is no
/// regular file (/dev/stdout, a pipe) is written to. The reason why it failed, if it did.
[[nodiscard]] std::optional<Failure> write_file(const std::string& path, std::string_view text);

}  // namespace hasten
