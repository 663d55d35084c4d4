#pragma once

// Is a change of state taken back? Recognised are the forms that real suites use: try/finally, code after a fixture's
// or context manager's yield, finalizers and addCleanup, set-up and tear-down pairs, __enter__ and __exit__, a saved
// value put back further down, monkeypatch on the same state, a surrounding context manager that restores. When in
// doubt the change counts as taken back: one false alarm costs more than one miss.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzer/effects/bodies.h"
#include "analyzer/model/project.h"

namespace hasten {

class Restoration {
 public:
  Restoration(const ProjectTables& tables, Values& values, Calls& calls, const Bodies& bodies)
      : tables_(tables), values_(values), calls_(calls), bodies_(bodies) {}

  /// Something changes `effect`'s state at byte `at` of `body`, itself or in a call made there: does this function, its
  /// class or the clean-up that it registers take the change back?
  [[nodiscard]] bool takes_back(BodyId body, std::uint32_t at, BlockId block, const Effect& effect) const;

  /// False when takes_back() is false for whatever happens in `body`: nothing in it looks like clean-up.
  [[nodiscard]] bool may_take_back(BodyId body) const;

  /// The whole function is clean-up: tearDown, __exit__, a finalizer by name.
  [[nodiscard]] bool is_cleanup(FunctionRef function) const;

  /// Does what `body` does after its yield touch the state of `effect`?
  [[nodiscard]] bool tears_down(BodyId body, const Effect& effect) const;

  /// Does `body` set the state of `effect` itself before it yields, whatever it was?
  [[nodiscard]] bool sets_up(BodyId body, const Effect& effect) const;

  /// Does the fixture `body` keep the state of `effect`, whoever changes it meanwhile: its yield stands in a context
  /// manager that puts the state back, or it changes the state itself in a way that is undone?
  [[nodiscard]] bool keeps(BodyId body, const Effect& effect) const;

  /// Does `body`, or a function that it calls, register clean-up for the state of `effect`?
  [[nodiscard]] bool registers_cleanup(BodyId body, const Effect& effect) const;

 private:
  /// `app.reset()` at a byte of a function: the name of `app`.
  struct Reset {
    std::uint32_t at = 0;
    std::string holder;
  };
  [[nodiscard]] const std::vector<Reset>& resets_in(FunctionRef function) const;
  [[nodiscard]] bool names_after_yield(const Body& body, const Effect& effect) const;
  [[nodiscard]] bool resets_holder(const Body& body, std::uint32_t from, const Effect& effect) const;
  [[nodiscard]] std::string holder_name(FileId file, BlockId block, ExprId expr) const;
  [[nodiscard]] bool runs_in_cleanup(BodyId body, std::uint32_t at, BlockId block) const;
  [[nodiscard]] bool is_put_back_later(const Body& body, std::uint32_t at, const Effect& effect) const;
  [[nodiscard]] bool is_set_by_api(const DirectEffect& effect) const;
  [[nodiscard]] bool removes(const Body& callee, const Effect& effect) const;
  [[nodiscard]] bool is_reset_earlier(const Body& body, std::uint32_t at, BlockId block, const Effect& effect) const;
  [[nodiscard]] bool is_in_restoring_block(const Body& body, BlockId block, const Effect& effect) const;
  [[nodiscard]] bool cleanup_is_registered(const Body& body, const Effect& effect) const;
  [[nodiscard]] bool class_cleans_up(const Body& body, const Effect& effect) const;
  [[nodiscard]] bool monkeypatch_guards(const Body& body, const Effect& effect) const;
  [[nodiscard]] Value partial_function(FileId file, BlockId block, ExprId what) const;
  [[nodiscard]] bool touches(const Value& function, EffectKind kind) const;
  [[nodiscard]] const std::vector<BodyId>& cleanups_of(ClassRef class_) const;
  [[nodiscard]] const std::vector<BodyId>& cleanups_of(FileId module) const;
  [[nodiscard]] const std::vector<CallId>& registrations_in(FunctionRef function) const;
  [[nodiscard]] bool any_touches(const std::vector<BodyId>& cleanups, const Body& except, const Effect& effect) const;

  const ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  const Bodies& bodies_;
  // Found on first use: every effect of a function, class or module asks for the same.
  mutable std::unordered_map<ClassRef, std::vector<BodyId>> class_cleanups_;
  mutable std::unordered_map<FileId, std::vector<BodyId>> module_cleanups_;
  mutable std::unordered_map<FunctionRef, std::vector<CallId>> registrations_;
  mutable std::unordered_map<FunctionRef, std::vector<Reset>> resets_;
};

}  // namespace hasten
