#pragma once

// The functions that tests can run, found from the tests and fixtures along calls: what each does itself, whom it
// calls, what it masks, and a summary of everything below it.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analyzer/effects/callbacks.h"
#include "analyzer/effects/calls.h"
#include "analyzer/effects/direct_effects.h"
#include "analyzer/effects/implicit_calls.h"
#include "analyzer/effects/masks.h"
#include "analyzer/effects/receivers.h"
#include "analyzer/model/per_function.h"
#include "analyzer/model/project.h"

namespace hasten {

using BodyId = Id<struct BodyTag>;

struct BodyCall {
  std::uint32_t at = 0;  // byte offset in the caller's file
  CallId call;           // none: no call is written, as where a `with` enters or leaves an object
  BlockId block;
  BodyId callee;
  bool is_beside = false;       // in a thread or task that the caller does not wait for
  bool is_possible = false;     // one of several functions that the call may lead to
  bool is_at_end = false;       // a clean-up that the call registers
  bool is_chosen = false;       // by the class of the caller's object, not by what is written
  StatementId entered_by = {};  // the item of a `with`; none: the callee is not what one enters
  std::uint32_t end = 0;        // byte offset behind what runs the callee without a call; 0: only `at` is known
};

/// A call that says what the API at the end of `through` touches.
struct Settled {
  CallId call;
  std::vector<CallRef> through;
};

struct Body {
  static constexpr std::uint32_t no_yield = 0xFFFFFFFF;

  FunctionRef function;
  ClassRef receiver;                     // on whose object it runs; none: on one of the class it stands in
  std::vector<DirectEffect> effects;     // in source order
  std::vector<Settled> settled;          // calls that say what an open effect below touches
  std::vector<BodyCall> calls;           // in source order
  std::vector<Mask> masks;               // that it switches on, callees' lasting ones included
  EffectSet own;                         // kinds of `effects`
  EffectSet below;                       // and of everything it calls
  std::uint32_t first_yield = no_yield;  // byte offset: what comes later is tear-down
};

class Bodies {
 public:
  /// Most functions that one run looks at; beyond it what is new is not followed (generated code).
  static constexpr std::size_t max_bodies = 200'000;
  /// Most classes on whose objects one function is looked at; on those of others it counts as on its own class's.
  static constexpr std::uint32_t max_receivers = 64;

  Bodies(ProjectTables& tables, Values& values, Calls& calls, EffectDetail detail)
      : tables_(tables),
        values_(values),
        calls_(calls),
        detail_(detail),
        callbacks_(tables, values, calls),
        implicit_calls_(tables, values),
        receivers_(tables, values, calls),
        ids_(tables.files) {}

  /// Reads everything that the functions can reach and summarises it.
  void read_from(const std::vector<Running>& roots);

  /// On an object of the function's own class if that is looked at, else of any.
  [[nodiscard]] BodyId find(FunctionRef function) const;
  [[nodiscard]] BodyId find(FunctionRef function, ClassRef receiver);
  /// Is the function looked at on objects of several classes?
  [[nodiscard]] bool has_several(FunctionRef function) const;
  [[nodiscard]] const Body& operator[](BodyId id) const { return bodies_[id]; }
  [[nodiscard]] Body& operator[](BodyId id) { return bodies_[id]; }
  [[nodiscard]] Run<BodyTag> ids() const { return bodies_.ids(); }

 private:
  BodyId body_of(FunctionRef function, ClassRef receiver = {});
  BodyId add(FunctionRef function, ClassRef receiver);
  void read_waves();
  void read(BodyId id);
  void read_with_items(BodyId id);
  void read_implicit_calls(BodyId id);
  void read_decorators(BodyId id);
  void end_moves(Body& body) const;
  void inherit_masks(Body& body);
  void summarise();

  ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  EffectDetail detail_;
  Callbacks callbacks_;
  ImplicitCalls implicit_calls_;
  Receivers receivers_;
  Table<BodyTag, Body> bodies_;
  PerFunction<BodyId> ids_;
  /// Bodies of one function on objects of other classes, in the order in which they were met.
  std::unordered_map<FunctionRef, std::vector<BodyId>> on_others_;
};

}  // namespace hasten
