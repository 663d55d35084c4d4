#pragma once

// Do two calls in different functions make the same thing?

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/project.h"

namespace hasten {

/// The call that stands at `place`, or whose callee does; none when there is none.
[[nodiscard]] ExprId call_at(const FileModel& model, TextRange place);

/// The call in words, white space aside, with what its names mean: two calls that have the same do the same. Nothing
/// where a parameter, a local variable, a lambda or a comprehension is in it, which may be something else every time.
[[nodiscard]] std::optional<std::string> call_signature(const Project& project, FileId file, ExprId call);

/// For messages: as it is written, or `Name(...)` when that is long.
[[nodiscard]] std::string written_call(const Project& project, FileId file, ExprId call);

/// `SparkSession.builder.getOrCreate()` builds once, however many ask. `signature` is that of the call.
[[nodiscard]] bool keeps_what_it_built(const Project& project, EffectId effect, std::string_view signature);

}  // namespace hasten
