#pragma once

// Bytes -> FileModel. One walk over the syntax tree, no recursion, no lock, no knowledge of pytest: the same bytes give
// the same rows. The tree dies here.

#include "analyzer/model/file_model.h"
#include "analyzer/syntax/parser.h"

namespace hasten {

/// `parser` is the worker's own. Syntax errors, bad bytes and too deep nesting become rows of `problems`; what lies
/// around them is lowered all the same.
[[nodiscard]] FileModel lower(std::string_view bytes, Parser& parser);

}  // namespace hasten
