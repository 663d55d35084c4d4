#pragma once

// What keeps effects from happening: mocks that replace a reference, mockers of a transport, fake file systems (spec
// E). A mask has an extent in the function that switches it on; a lasting one also covers what its caller does
// afterwards, and, switched on by a fixture, the tests that use the fixture.

#include <span>
#include <string_view>
#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/hook_marks.h"
#include "analyzer/model/project.h"

namespace hasten {

struct Mask {
  // The replaced `namespace.attribute`; `.attribute` when whose it is cannot be followed, `namespace.` when the
  // attribute's name is computed, `.` when both are; none for the other kinds.
  NameId reference;
  std::span<const std::string_view> masks;  // transports and `kind:...`, as knowledge has them
  std::uint8_t moves_directory = 0;         // relative paths lead to a temporary folder
  std::uint8_t moves_home = 0;              // HOME names another folder
  std::uint8_t lasts = 0;                   // beyond the function
  std::uint8_t covers_set_up = 0;           // on a class it holds for setUp as well
  std::uint8_t is_by_hand = 0;              // an assignment, which nothing takes back
  std::uint8_t is_by_project = 0;           // by the project's own code, not by test code
  TextRange extent;                         // in the function's file
  NameId label;                             // `mock.patch("time.sleep")`
};

/// Masks that a function's body and its decorators switch on.
[[nodiscard]] std::vector<Mask> masks_of(FunctionRef function, ProjectTables& tables, Values& values, Calls& calls);
/// Masks that an expression in the place of a decorator or mark switches on for `extent`.
void add_decorator_mask(FileId file, BlockId block, ExprId decorator, TextRange extent, ProjectTables& tables,
                        Values& values, std::vector<Mask>& masks);
/// Masks of marks, those of hooks included, class decorators and plugin fixtures around a test.
[[nodiscard]] std::vector<Mask> masks_around(const Test& test, const std::vector<HookMark>& hooks,
                                             ProjectTables& tables, Values& values);

/// Is it a patch of the project's own code of which neither the target nor the attribute is known? It may replace
/// anything outside the project but Python's own functions: code of the project is followed under it. One of test code
/// may replace anything at all.
[[nodiscard]] bool is_of_anything_outside(const Mask& mask, const Interner<NameTag>& names);
/// Does the mask replace something that a call looks up?
[[nodiscard]] bool neutralises(const Mask& mask, const References& references, const Interner<NameTag>& names);
/// Does it neutralise an effect whatever call makes it?
[[nodiscard]] bool neutralises(const Mask& mask, const Effect& effect, const Api* api, const Interner<NameTag>& names);

}  // namespace hasten
