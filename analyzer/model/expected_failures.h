#pragma once

// Code that a test expects to raise.

#include "analyzer/model/file_model.h"

namespace hasten {

/// `pytest.raises(ValueError)`, `self.assertRaises(ValueError)` and the like, by their last name.
[[nodiscard]] bool expects_failure(const FileModel& model, ExprId call);

/// Is the statement the last below a `with pytest.raises(...)`? It is the one that raises, so what it assigns it does
/// not assign.
[[nodiscard]] bool is_expected_to_fail(const FileModel& model, StatementId statement);

}  // namespace hasten
