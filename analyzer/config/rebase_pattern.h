#pragma once

// A gitignore-style pattern with a slash faces the directory of the file it stands in. Everybody behind the
// configuration wants it to face the root directory.

#include <optional>
#include <string>
#include <string_view>

namespace hasten {

/// The pattern that matches below `to` what `pattern` matches when it faces `from`; both are absolute directories. None
/// when it can match nothing below `to`, or means all of `to`.
[[nodiscard]] std::optional<std::string> rebase_pattern(std::string_view pattern, std::string_view from,
                                                        std::string_view to);

}  // namespace hasten
