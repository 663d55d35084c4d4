#pragma once

// Operator tokens -> Operator.

#include "analyzer/model/file_model.h"
#include "analyzer/syntax/tree.h"

namespace hasten {

/// none when `kind` is no operator. Of an augmented assignment's token, the operator it applies.
[[nodiscard]] Operator operator_of(Kind token);

/// That of the first token that is one.
[[nodiscard]] Operator first_operator(const std::vector<Node>& nodes);

}  // namespace hasten
