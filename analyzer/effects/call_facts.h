#pragma once

// From a call of a known API to the effects of this very call: its seconds, its path, whether the mode writes, whether
// the URL leaves the machine.

#include <vector>

#include "analyzer/effects/calls.h"

namespace hasten {

struct CallSite {
  ProjectTables& tables;
  Values& values;
  FileId file;
  CallId call;
  ExprId handed_over = {};  // what happens is that this argument is called: `path.unlink` in `to_thread(path.unlink)`
  Frame* frame = nullptr;   // what callers pass to the function around the call; none: nothing is known of that

  [[nodiscard]] const FileModel& model() const { return tables.files[file].model; }
  [[nodiscard]] const Call& row() const { return model().calls[call]; }
  /// What is called.
  [[nodiscard]] ExprId function() const;
  /// The argument that `ref` points at, or none.
  [[nodiscard]] ExprId argument(const ArgumentRef& ref) const;
  /// Is a constructor called on its class, with the object as the first argument?
  [[nodiscard]] bool passes_self() const;
  /// Of an expression where the call stands.
  [[nodiscard]] Value evaluate(ExprId expr) const { return evaluate(file, row().block, expr); }
  /// Of one that it leads to.
  [[nodiscard]] Value evaluate(FileId in, BlockId block, ExprId expr) const;
  /// Of the argument that `argument` points at.
  [[nodiscard]] Value value(const ArgumentRef& argument) const;
};

struct CallEffect {
  Effect row;
  std::vector<ParamId> assumed;  // holds only for callers that leave these parameters at their defaults
};

/// How often the loops around the call run it, as far as they are literal; at least 1.
[[nodiscard]] std::uint32_t repeats_of(const CallSite& site);

/// Empty when what was passed makes the call harmless (`open(path)` reads, `sleep(0)`). What only this test can notice
/// (a loopback URL, a file below tmp_path) is left out unless `detail` is all.
[[nodiscard]] std::vector<CallEffect> effects_of_call(const CallSite& site, const Callee& callee, EffectDetail detail);

}  // namespace hasten
