#pragma once

// What ends a wait: the word that somebody waits for is said.

#include <string_view>

#include "analyzer/model/file_model.h"

namespace hasten {

/// `event.set()`, `queue.put(x)`, `queue.put_nowait(x)` on `receiver`, as it is written.
[[nodiscard]] bool says_word(const FileModel& model, const Call& call, std::string_view receiver);

}  // namespace hasten
