#pragma once

// GitHub's primaryLocationLineHash, by which it follows an alert through edits above it: for each line a rolling hash
// over the 100 next characters that are no blanks (github/codeql-action, src/fingerprints.ts).

#include <string>
#include <string_view>
#include <vector>

namespace hasten {

/// The hash of line k at index k - 1, as `hex:n`. `text` is the file as UTF-8, its byte order mark included. LF, CR and
/// CRLF end a line, as they do there.
[[nodiscard]] std::vector<std::string> primary_line_hashes(std::string_view text);

}  // namespace hasten
