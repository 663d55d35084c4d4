#pragma once

// What one call or decorator of a mocking API replaces or neutralises (spec E): the masks it makes, before anyone knows
// how far they reach.

#include <string_view>
#include <vector>

#include "analyzer/effects/masks.h"

namespace hasten {

struct Switch {
  ProjectTables& tables;
  Values& values;
  FileId file;
  BlockId block;
  ExprId call;  // none for a bare decorator
  const Api& api;

  [[nodiscard]] const FileModel& model() const { return tables.files[file].model; }
  /// The argument that says what is replaced, or holds it.
  [[nodiscard]] ExprId target() const;
  /// What the expression is as a text; empty when it is none, or not known.
  [[nodiscard]] std::string_view text(ExprId expr) const;
};

/// Does a call of `api` switch masks on? Null: no.
[[nodiscard]] bool is_switch(const Api* api);
/// Appends the masks that it switches on, without extent.
void add_masks(const Switch& by, std::vector<Mask>& masks);

/// The attribute of an object or class is looked up under the names of all its classes: a method of the base class that
/// calls `self.fetch()` finds what was put on the subclass.
[[nodiscard]] std::vector<NameId> references_to(const Value& object, std::string_view attribute, ProjectTables& tables,
                                                Values& values);

}  // namespace hasten
