#include "analyzer/collect/set_up_plans.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace hasten {

/// pytest's recursion over requests with a stack of its own.
class SetUpPlans::Maker {
 public:
  Maker(SetUpPlans& plans, const Request& request) : plans_(plans), request_(request) {
    for (const ClosureEntry& entry : request.closure->entries) {
      if (entry.is_parametrized) direct_.push_back(entry.name);
    }
  }

  SetUpPlan made() && {
    // What fails ends the item: nothing behind it is set up.
    if (execute_closure() && execute_asked(request_.test)) {
      is_maybe_ = true;
      for (std::size_t i = 0; i < conditional_.size(); ++i) {
        asker_ = conditional_[i].second;
        if (!execute(conditional_[i].first)) stack_.clear();
      }
    }
    return std::move(plan_);
  }

 private:
  struct Frame {
    NameId name;
    FixtureId fixture;
    Scope scope{};
    std::uint32_t only_if = SetUpStep::always;
    bool is_argument = false;  // of the frame below, which needs it; else its body asks for it
    bool is_set_up = false;
    std::uint32_t step = 0;
    std::size_t next_argument = 0;
    std::size_t next_asked = 0;
    std::vector<std::uint32_t> needs;
    std::vector<NameId> asked;
  };

  /// What is being set up, innermost last. Knows how often a name stands in it without looking at the others.
  class Stack {
   public:
    [[nodiscard]] bool empty() const { return frames_.empty(); }
    [[nodiscard]] Frame& top() { return frames_.back(); }
    [[nodiscard]] const Frame& top() const { return frames_.back(); }
    [[nodiscard]] std::size_t depth_of(NameId name) const {
      const auto found = depths_.find(name);
      return found == depths_.end() ? 0 : found->second;
    }

    void push(Frame frame) {
      ++depths_[frame.name];
      frames_.push_back(std::move(frame));
    }

    Frame pop() {
      Frame frame = std::move(frames_.back());
      frames_.pop_back();
      --depths_[frame.name];
      return frame;
    }

    void clear() {
      frames_.clear();
      depths_.clear();
    }

   private:
    std::vector<Frame> frames_;
    std::unordered_map<NameId, std::size_t> depths_;
  };

  /// What a name stands for once it is there, for the rest of the item.
  struct Active {
    Scope scope{};                           // of the definition
    std::uint32_t step = SetUpStep::always;  // always: no step, nothing depends on it
    std::uint32_t only_if = SetUpStep::always;
  };

  bool execute_closure() {
    return std::ranges::all_of(request_.closure->entries,
                               [this](const ClosureEntry& entry) { return execute(entry.name); });
  }

  bool execute_asked(FunctionRef function) {
    const std::vector<NameId> asked = asked_by(function);
    return std::ranges::all_of(asked, [this](NameId name) { return execute(name); });
  }

  /// A name and all that follows from it; false when pytest fails there.
  bool execute(NameId name) {
    if (!enter(name, false)) return false;
    while (!stack_.empty()) {
      Frame& top = stack_.top();
      const std::vector<NameId>& arguments = row(top.fixture).arguments;
      if (top.next_argument < arguments.size()) {
        if (!enter(arguments[top.next_argument++], true) && !recover(true)) return false;
      } else if (!top.is_set_up) {
        set_up(top);
      } else if (top.next_asked < top.asked.size()) {
        if (!enter(top.asked[top.next_asked++], false) && !recover(false)) return false;
      } else {
        leave();
      }
    }
    return true;
  }

  /// After a request of the top of the stack that fails: goes on behind the body that asked for it, if that is not run
  /// each time. Then all is well while the value is cached, and a set-up that fails is not counted anyway.
  bool recover(bool is_argument) {
    if (!is_argument && context(false) != SetUpStep::always) return true;
    while (!stack_.empty()) {
      const Frame failed = stack_.pop();
      const bool is_asked = !failed.is_argument && failed.only_if != SetUpStep::always;
      if (is_asked && !stack_.empty()) return true;
    }
    return false;
  }

  bool enter(NameId name, bool is_argument) {
    if (plans_.tables_.names[name] == "request") return true;
    const std::uint32_t only_if = context(is_argument);
    if (const Active* active = active_here(name, only_if)) {
      const bool is_checked = is_argument || plans_.rules_.checks_repeated_requests;
      if (is_checked && !may_ask_for(active->scope)) return false;
      if (is_argument) need(active->step);
      return true;
    }
    if (std::ranges::find(direct_, name) != direct_.end()) return enter_parameter(name, is_argument);
    const std::vector<FixtureId>& chain = plans_.visible(request_.holder, name);
    if (chain.empty()) return true;  // of a plugin that nobody knows
    const std::size_t depth = stack_.depth_of(name);
    if (depth >= chain.size()) return false;  // asks for itself without end
    Frame frame;
    frame.name = name;
    frame.fixture = chain[chain.size() - 1 - depth];
    const Fixture& fixture = row(frame.fixture);
    const std::optional<Scope> given = given_scope(name);
    if (!given && fixture.params.value != 0 && fixture.origin != FixtureOrigin::plugin) return false;
    frame.scope = given.value_or(fixture.scope);
    if (!may_ask_for(plans_.rules_.checks_parametrized_scope ? frame.scope : fixture.scope)) return false;
    frame.only_if = only_if;
    frame.is_argument = is_argument;
    stack_.push(std::move(frame));
    return true;
  }

  /// A parameter of the test itself, cached like a fixture when its scope is wide.
  bool enter_parameter(NameId name, bool is_argument) {
    const Scope scope = given_scope(name).value_or(Scope::function);
    if (!may_ask_for(scope)) return false;
    Active active{scope};
    if (scope != Scope::function && !is_maybe_) {
      active.step = static_cast<std::uint32_t>(plan_.steps.size());
      plan_.steps.push_back({{}, name, scope, SetUpStep::always, 0, 0});
    }
    active_[name] = active;
    if (is_argument) need(active.step);
    return true;
  }

  void set_up(Frame& frame) {
    frame.is_set_up = true;
    if (is_maybe_) {
      plan_.maybe.push_back({frame.fixture, asker_});
      frame.step = SetUpStep::always;
    } else {
      frame.step = static_cast<std::uint32_t>(plan_.steps.size());
      const auto first = static_cast<std::uint32_t>(plan_.needs.size());
      plan_.needs.insert(plan_.needs.end(), frame.needs.begin(), frame.needs.end());
      plan_.steps.push_back({frame.fixture, frame.name, frame.scope, frame.only_if, first,
                             static_cast<std::uint32_t>(frame.needs.size())});
    }
    frame.asked = asked_by(row(frame.fixture).function);
  }

  void leave() {
    const Frame done = stack_.pop();
    active_[done.name] = {row(done.fixture).scope, done.step, done.only_if};
    if (done.is_argument) need(done.step);
  }

  void need(std::uint32_t step) {
    if (!stack_.empty() && step != SetUpStep::always) stack_.top().needs.push_back(step);
  }

  /// The step on which all depends that the top of the stack asks for.
  [[nodiscard]] std::uint32_t context(bool is_argument) const {
    if (stack_.empty()) return SetUpStep::always;
    const Frame& top = stack_.top();
    return is_argument || top.scope == Scope::function ? top.only_if : top.step;
  }

  [[nodiscard]] const Active* active_here(NameId name, std::uint32_t only_if) const {
    const auto found = active_.find(name);
    if (found == active_.end()) return nullptr;
    const bool is_there = found->second.only_if == SetUpStep::always || found->second.only_if == only_if;
    return is_there ? &found->second : nullptr;
  }

  /// C11.
  [[nodiscard]] bool may_ask_for(Scope scope) const { return stack_.empty() || stack_.top().scope <= scope; }

  [[nodiscard]] std::optional<Scope> given_scope(NameId name) const {
    const auto found = std::ranges::find(request_.parametrized, name, &std::pair<NameId, Scope>::first);
    return found == request_.parametrized.end() ? std::nullopt : std::optional(found->second);
  }

  /// C12. What stands under a condition is put aside.
  [[nodiscard]] std::vector<NameId> asked_by(FunctionRef function) {
    std::vector<NameId> names;
    if (!function) return names;
    for (const DynamicRequest& request : plans_.dynamic_.of(function)) {
      const NameId name = plans_.tables_.names.intern(request.name);
      if (request.is_conditional) {
        conditional_.emplace_back(name, function);
      } else {
        names.push_back(name);
      }
    }
    return names;
  }

  [[nodiscard]] const Fixture& row(FixtureId fixture) const { return plans_.tables_.fixtures[fixture]; }

  SetUpPlans& plans_;
  const Request& request_;
  std::vector<NameId> direct_;
  std::vector<std::pair<NameId, FunctionRef>> conditional_;
  FunctionRef asker_;  // of what is executed under a condition
  Stack stack_;
  std::unordered_map<NameId, Active> active_;
  bool is_maybe_ = false;
  SetUpPlan plan_;
};

const SetUpPlan& SetUpPlans::of(const Request& request) {
  const bool asks = request.test && !dynamic_.of(request.test).empty();
  const auto key = std::tuple(request.closure, request.parametrized, asks ? request.test : FunctionRef());
  const auto [place, is_new] = plans_.try_emplace(key);
  if (is_new) place->second = Maker(*this, request).made();
  return place->second;
}

const std::vector<FixtureId>& SetUpPlans::visible(Fixtures::Holder holder, NameId name) {
  const auto [place, is_new] = visible_.try_emplace({holder, name});
  if (is_new) place->second = fixtures_.visible(holder, name);
  return place->second;
}

}  // namespace hasten
