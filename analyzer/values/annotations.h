#pragma once

// The forms of annotations that say what a value is.

#include <string_view>

#include "analyzer/model/file_model.h"

namespace hasten {

/// `Client` of `Iterator[Client]`, `Generator[Client, None, None]`, `AsyncIterator[Client]`; none for anything else.
[[nodiscard]] ExprId yielded(const FileModel& model, ExprId annotation);

/// `Client` of `Optional[Client]`, `Client | None`, `Union[Client, None]`, `Annotated[Client, ...]`, `Final[Client]`;
/// what is written when it is none of these; none where it says several things.
[[nodiscard]] ExprId bare(const FileModel& model, ExprId annotation);

/// The same for what is written as a text: `"Client"`, `"Optional[Client]"`, `"Client | None"`.
[[nodiscard]] std::string_view bare(std::string_view annotation);

}  // namespace hasten
