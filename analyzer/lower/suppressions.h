#pragma once

// The comments that silence findings: `# hasten: ignore[HS201, HS3] reason`, `# hasten: file-ignore[HS4]`,
// `# noqa: HS201` and a bare `# noqa`, which is read as flake8 reads it (any case, codes optional).

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/file_model.h"

namespace hasten {

struct Pragma {
  enum class Verdict : std::uint8_t { none, suppression, malformed };
  Verdict verdict = Verdict::none;
  SuppressionKind kind{};
  std::vector<std::string> codes;  // empty: every code. Those of a noqa in capitals
};

/// `comment` begins with its #. A pragma may follow another comment on the line (`# type: ignore  # noqa`).
[[nodiscard]] Pragma read_pragma(std::string_view comment);

/// The text with every byte that is no UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace hasten
