#pragma once

// What tests do, one row per test, kind of effect and place, in the order in which lists print it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// The words of the lists: network, sleep, env, global, cwd, process-state, file-write, subprocess, db, port; for what
/// lists leave out, the word of expectation comments.
[[nodiscard]] std::string_view listed_kind(EffectKind kind);

/// One of those ten. A wait without a limit (HS205) is no sleep: what it waits for may be there at once.
[[nodiscard]] bool is_listed(const Effect& effect);

/// Positions in `reaches`, by test, then place and kind. Of several ways by which a test reaches one place, the first
/// that nothing masks. A number a row: a suite may have hundreds of thousands.
[[nodiscard]] std::vector<std::uint32_t> effect_rows(const Project& project);

/// What is written to, asked for, changed: a path, a URL, a key, a port, a dotted name, "2 s". Empty when not known.
[[nodiscard]] std::string resource_of(const Project& project, const Effect& effect);

[[nodiscard]] bool is_restored(const Project& project, const Reach& reach);

}  // namespace hasten
