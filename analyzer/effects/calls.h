#pragma once

// What each call leads to: an API that knowledge describes, or functions of the project. Answers are kept, so that
// effects, masks and the call graph can ask again.

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzer/effects/singletons.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"
#include "analyzer/values/alternatives.h"
#include "analyzer/values/values.h"

namespace hasten {

struct Callee {
  NameId external;                          // canonical dotted name of something outside the project; none otherwise
  const Api* api = nullptr;                 // what is known of it
  PathRoot receiver_root = PathRoot::none;  // of the path or file object that a method is called on
  std::uint8_t is_in_process = 0;           // the object that the method is called on never leaves the process
  std::vector<FunctionRef> functions;       // project code that runs
  std::uint8_t is_possible = 0;             // one of several things runs, which one is not known
  std::uint8_t registers_cleanup = 0;       // what it is passed runs when the test is over
};

/// `load` in `asyncio.to_thread(load, path)`.
struct HandedOver {
  ExprId argument;
  Callee callee;
  bool is_beside = false;  // in a thread or task that the caller does not wait for
  bool is_at_end = false;  // a clean-up: `request.addfinalizer(stop)`
};

class Calls {
 public:
  Calls(ProjectTables& tables, Values& values);

  /// Calls of the function's own body, in source order; those of nested functions are theirs. Stable until the object
  /// dies.
  [[nodiscard]] std::span<const CallId> of(FunctionRef function);
  /// Stable until the object dies.
  [[nodiscard]] const Callee& callee(FileId file, CallId call);
  /// The same in code that runs on an object of `receiver`, where that decides it: `self.client.get()` with a class
  /// that the subclass names (`client_class = Fake`). Stable until the object dies.
  [[nodiscard]] const Callee& callee_on(ClassRef receiver, FileId file, CallId call);
  /// What the call hands to an API that calls it, now or when the test is over: `asyncio.to_thread(load)`. `argument`
  /// is none when there is nothing.
  [[nodiscard]] HandedOver handed_over(FileId file, CallId call);
  /// Does the call stand in a lambda that runs beside what hands it over (`Thread(target=lambda: push(1))`)?
  [[nodiscard]] bool is_in_lambda_beside(FileId file, CallId call);
  /// Does the call hand over a clean-up? `addfinalizer` and the like are known by their name where the object is not.
  [[nodiscard]] bool registers_cleanup(FileId file, CallId call) { return callee(file, call).registers_cleanup != 0; }
  /// What is looked up at run time to get at the callee, and at the arguments that say where and how long (see
  /// References): with `patch("shop.DELAY", 0)` nobody waits in `sleep(shop.DELAY)`.
  [[nodiscard]] References references(FileId file, CallId call);
  /// The same in code that runs on an object of `receiver`, for calls by way of that object: `self.send()`,
  /// `super().send()`, `self.client.send()`.
  [[nodiscard]] References references_on(ClassRef receiver, FileId file, CallId call);
  /// The objects of the project's classes that a `with` may enter.
  [[nodiscard]] Alternatives::Answer managers(FileId file, BlockId block, ExprId expr);
  /// What the function may return.
  [[nodiscard]] Alternatives::Answer results(FunctionRef function) { return alternatives_.results(function); }
  /// What runs when the value is called; empty when it is nothing of the project's code.
  [[nodiscard]] std::vector<FunctionRef> code_of(const Value& value) const;
  [[nodiscard]] Singletons& singletons() { return singletons_; }
  [[nodiscard]] const Knowledge& knowledge() const { return values_.names().knowledge(); }

 private:
  [[nodiscard]] Callee resolve(FileId file, const Call& call);
  [[nodiscard]] Callee callee_of(const Value& value) const;
  [[nodiscard]] static bool is_registration(const FileModel& model, const Call& call, const Callee& callee);
  [[nodiscard]] const Api* api_of(std::string_view name) const;
  [[nodiscard]] const Api* inherited_constructor(ClassRef class_) const;
  void resolve_possible(FileId file, const Call& call, const Value& value, Callee& callee);
  void describe(const Value& value, Callee& callee) const;
  void add_code_of(const Value& value, std::vector<FunctionRef>& functions) const;
  void add_possible_references(const Callee& callee, References& references) const;
  void enter_at_once(const FileModel& model, const Call& call, Callee& callee) const;
  void find_described_code();
  [[nodiscard]] const Api* description_of(const Value& value) const;

  ProjectTables& tables_;
  Values& values_;
  Alternatives alternatives_;
  Singletons singletons_;
  struct FileCalls {
    std::vector<std::uint32_t> first;  // by function, and the end; empty while nobody asked
    std::vector<CallId> calls;         // by function
  };
  std::vector<FileCalls> by_function_;             // by file
  std::vector<std::vector<std::uint32_t>> slots_;  // file, call: position in `known_`, 0 while nobody asked
  // What the project's own entries describe of its own code: that is taken at their word, and not followed.
  std::unordered_map<FunctionRef, const Api*> described_functions_;
  std::unordered_map<ClassRef, const Api*> described_classes_;
  std::deque<Callee> known_;  // a deque: callers keep references
  std::map<std::pair<ClassRef, CallRef>, Callee> on_receivers_;
};

}  // namespace hasten
