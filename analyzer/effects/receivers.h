#pragma once

// On whose object a method runs. `FakeClient().fetch()` runs Client.fetch on a FakeClient, so `self.send()` in it is
// FakeClient.send: code that is inherited does on the objects of some classes what it does not do on those of its own.
//
// Only classes that make a difference count: those that put something of their own in the place of a method that the
// code calls on its object, itself or in a method that it calls so, or of what it makes the objects with that it keeps
// (`self.client = self.client_class()`). Bounded: `max_methods` methods of one object are
// looked through to find out; where that is not enough the code counts as that of its own class.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/model/per_function.h"
#include "analyzer/model/project.h"
#include "analyzer/values/values.h"

namespace hasten {

/// Code, and the class on whose object it runs: none where that is its own or makes no difference.
struct Running {
  FunctionRef function;
  ClassRef receiver;
};

class Receivers {
 public:
  static constexpr std::size_t max_methods = 256;

  Receivers(const ProjectTables& tables, Values& values, Calls& calls)
      : tables_(tables), values_(values), calls_(calls), own_calls_(tables.files) {}

  /// The class, when `code` does something else on its objects than on those of the class it stands in; none otherwise.
  [[nodiscard]] ClassRef relevant(FunctionRef code, ClassRef receiver);

  /// What a call in `code`, which runs on an object of `receiver` or, with none, on one of its own class, leads to.
  [[nodiscard]] const Callee& callee(FunctionRef code, CallId call, ClassRef receiver);

  /// What a call in `code`, which runs on an object of `receiver`, runs by way of that object: `self.send()`,
  /// `super().send()`, `cls()`, `self.client.send()`. Nothing for any other call; empty when it is nothing of the
  /// project's code.
  [[nodiscard]] std::optional<std::vector<FunctionRef>> chosen(FunctionRef code, CallId call, ClassRef receiver);

  /// Does it make no difference to what code does on whose object it runs? So with what stands in no method.
  [[nodiscard]] bool is_on_no_object(FunctionRef code) const { return !method_around(code); }
  /// The class on whose object the call runs its callee, with `receiver` the class of the caller's own object or none.
  [[nodiscard]] ClassRef passed(FunctionRef code, CallId call, ClassRef receiver);

 private:
  enum class By : std::uint8_t { self, super, own_class, held };
  /// A call by way of the object.
  struct OwnCall {
    CallId call;
    By by{};
    std::string_view name;  // none for `cls()` and what is held
  };
  struct OwnCalls {
    bool is_known = false;
    std::vector<OwnCall> calls;
  };
  [[nodiscard]] const std::vector<OwnCall>& own_calls(FunctionRef code);
  [[nodiscard]] std::vector<OwnCall> find_own_calls(FunctionRef code) const;
  [[nodiscard]] std::optional<OwnCall> find_own_call(FunctionRef code, FunctionRef method, CallId call) const;
  [[nodiscard]] const OwnCall* own_call(FunctionRef code, CallId call);
  [[nodiscard]] bool is_on_self(FunctionRef code, WordId self, ExprId expr) const;
  [[nodiscard]] bool differs(const OwnCall& call, FunctionRef method, ClassRef receiver);
  [[nodiscard]] bool gives_others(ClassRef receiver, ClassRef class_);
  [[nodiscard]] std::vector<FunctionRef> run_by(const OwnCall& call, FunctionRef method, ClassRef receiver) const;
  [[nodiscard]] FunctionRef behind(ClassRef class_, ClassRef receiver, std::string_view name) const;
  [[nodiscard]] bool depends(FunctionRef code, ClassRef receiver);
  /// Is the code written in the class or in one that it inherits from?
  [[nodiscard]] bool is_on(ClassRef receiver, FunctionRef code) const;
  /// The method that the code stands in, or is.
  [[nodiscard]] FunctionRef method_around(FunctionRef code) const;
  [[nodiscard]] ClassRef class_of(FunctionRef method) const;

  const ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  PerFunction<OwnCalls> own_calls_;
  std::map<std::pair<FunctionRef, ClassRef>, bool> depends_;
  std::map<std::pair<ClassRef, ClassRef>, bool> gives_others_;
};

}  // namespace hasten
