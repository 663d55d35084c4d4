#pragma once

// Why the number of a fixture's set-ups is unknown, in words.

#include <string>
#include <string_view>

#include "analyzer/model/project.h"
#include "analyzer/report/paint.h"
#include "analyzer/report/places.h"

namespace hasten {

/// `class-skip`: stable, for programs.
[[nodiscard]] std::string_view to_string(SetUpDoubt::Why why);

/// "only a run can tell whether unittest skips TestA"; where that stands is in the row.
[[nodiscard]] std::string reason_of(const Project& project, const SetUpDoubt& doubt);

/// " (only a run can tell ..., tests/test_a.py:12)"; empty when the number is known.
[[nodiscard]] std::string doubt_text(const Project& project, FixtureId fixture, Places& places, const Paint& paint);

}  // namespace hasten
