#pragma once

// Paths as text: absolute, normalised without asking the file system (as os.path.abspath does, so links stay as they
// are written), `/` separated, no slash at the end except in "/" itself.

#include <cstdint>
#include <string>
#include <string_view>

namespace hasten {

enum class PathKind : std::uint8_t { missing, file, directory, other };

/// Follows links; a name that cannot be asked about is missing.
[[nodiscard]] PathKind path_kind(const std::string& path);

[[nodiscard]] std::string working_directory();

/// `path` seen from the absolute directory `base`.
[[nodiscard]] std::string absolute_path(std::string_view path, std::string_view base);

/// `path` as printed: relative to `base`, `../x` when it lies outside, "." for `base` itself. Both absolute.
[[nodiscard]] std::string relative_path(std::string_view path, std::string_view base);

/// "/" is its own parent.
[[nodiscard]] std::string_view parent_path(std::string_view path);
[[nodiscard]] std::string_view base_name(std::string_view path);

/// `name` in `directory`.
[[nodiscard]] std::string join_path(std::string_view directory, std::string_view name);

/// Whether `path` is `directory` or lies below it.
[[nodiscard]] bool lies_in(std::string_view path, std::string_view directory);

[[nodiscard]] std::string common_ancestor(std::string_view a, std::string_view b);

}  // namespace hasten
