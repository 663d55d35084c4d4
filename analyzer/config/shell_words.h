#pragma once

// Python's shlex.split(comments=False), the way pytest cuts every ini value of type args (A8).

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"

namespace hasten {

/// Quotes and backslashes act, `#` is an ordinary character. Fails on a quotation or escape that is not finished.
[[nodiscard]] Result<std::vector<std::string>> split_shell_words(std::string_view text);

}  // namespace hasten
