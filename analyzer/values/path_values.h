#pragma once

// Paths as templates: a root (whose folder is it?) and the tail as far as it is literal. Folding of the texts and
// numbers that they and other arguments are made of.

#include <string_view>

#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

/// A call whose result may be a path, with what is needed to look at its arguments.
struct PathCall {
  Values& values;
  ProjectTables& tables;
  FileId file;
  BlockId block;
  ExprId call;
};

/// A literal text in the place of a path: its spelling tells the root. `s3://...` and `:memory:` are no paths.
[[nodiscard]] Value path_from_text(std::string_view text, ProjectTables& tables);
/// The same value as a path when it has a root; unknown otherwise.
[[nodiscard]] Value path_of(const Value& value, ProjectTables& tables);
/// `base / tail`. An unknown tail keeps the root only where any tail is as good as another: below a unique temporary
/// folder, the source tree or the home; elsewhere it may well be a unique name.
[[nodiscard]] Value joined(const Value& base, const Value& tail, ProjectTables& tables);

/// pathlib, os.path, tempfile, getcwd: what they return.
[[nodiscard]] Value path_result(const Value& callee, const PathCall& call);
/// `.parent`, `.name` of a temporary file, ...
[[nodiscard]] Value path_attribute(const Value& object, std::string_view name, ProjectTables& tables);
/// `with TemporaryDirectory() as folder` binds a path; most other objects enter as themselves.
[[nodiscard]] Value entered_path(const Value& value, ProjectTables& tables);

}  // namespace hasten
