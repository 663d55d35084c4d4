#pragma once

// The folder part of a path with `/` between its names; nothing is looked up on the disk.

#include <cstddef>
#include <string_view>

namespace hasten {

/// `tests/api` of `tests/api/test_users.py`; empty for a name without a folder. A view of `path`.
[[nodiscard]] inline std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// Is the file somewhere in the folder? Everything is in the empty one, the root.
[[nodiscard]] inline bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace hasten
