#pragma once

// Versions and the clauses that bound them, as pip (PEP 440) and poetry write them:
//
//     >=7,<8    ==8.3.*    ~=7.4    !=8.1.0    ===8.0    ^8.1    ~8.1    8.3.4    *    ^7 || ^8
//
// Pre-releases count as the release that they lead to.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hasten {

/// The release as numbers: {8, 3, 4}; none when the text is no version.
[[nodiscard]] std::optional<std::vector<int>> release_of(std::string_view version);

/// Missing numbers are 0.
[[nodiscard]] bool is_older_release(std::string_view left, std::string_view right);

/// Whether `clauses` let `version` through; a clause that cannot be read lets everything through.
[[nodiscard]] bool admits(std::string_view clauses, std::string_view version);

/// The version that `clauses` pin: `==8.3.4`, a bare `8.3.4`. None for ranges and for `==8.*`.
[[nodiscard]] std::optional<std::string> pinned_version(std::string_view clauses);

/// The newest series of pytest ("8.4") of which all of `bounds` let some release through; none when they let through
/// nothing that is known.
[[nodiscard]] std::optional<std::string> newest_pytest(const std::vector<std::string>& bounds);

}  // namespace hasten
