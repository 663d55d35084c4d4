#pragma once

// The kinds of rows there are. Ids of the first group are local to one file; `In` makes them project-wide.

#include <compare>

#include "analyzer/base/id.h"
#include "analyzer/text/text_range.h"

namespace hasten {

// Rows of one file (file_model.h).
using WordId = Id<struct WordTag>;  // an identifier, a dotted name or the decoded text of a literal
using ExprId = Id<struct ExprTag>;
using CallId = Id<struct CallTag>;
using StatementId = Id<struct StatementTag>;
using BlockId = Id<struct BlockTag>;
using FunctionId = Id<struct FunctionTag>;
using ParamId = Id<struct ParamTag>;
using DecoratorId = Id<struct DecoratorTag>;
using ClassId = Id<struct ClassTag>;
using ImportId = Id<struct ImportTag>;

// Rows of the project (project.h).
using FileId = Id<struct FileTag>;  // rank of the path
using NameId = Id<struct NameTag>;  // a text known to the whole project
using TestId = Id<struct TestTag>;
using FixtureId = Id<struct FixtureTag>;
using EffectId = Id<struct EffectTag>;
using PathId = Id<struct PathTag>;
using StepId = Id<struct StepTag>;

/// A row of one file, named from anywhere. Names nothing when the file is none.
template <class LocalId>
struct In {
  FileId file;
  LocalId id;
  constexpr explicit operator bool() const { return static_cast<bool>(file) && static_cast<bool>(id); }
  friend constexpr auto operator<=>(In, In) = default;
};
using FunctionRef = In<FunctionId>;
using ClassRef = In<ClassId>;
using ExprRef = In<ExprId>;
using CallRef = In<CallId>;

/// Where something stands.
struct Place {
  FileId file;
  TextRange range;
  friend constexpr auto operator<=>(Place, Place) = default;
};

}  // namespace hasten

template <class LocalId>
struct std::hash<hasten::In<LocalId>> {
  std::size_t operator()(hasten::In<LocalId> row) const noexcept {
    return std::hash<hasten::FileId>()(row.file) * 31 + std::hash<LocalId>()(row.id);
  }
};
