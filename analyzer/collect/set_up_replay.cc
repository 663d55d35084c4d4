#include "analyzer/collect/set_up_replay.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace hasten {
namespace {

/// A definition with its cache, or a directly given parameter of wide scope, which pytest treats as one.
using Slot = std::uint32_t;

struct SlotState {
  FixtureId fixture;  // none: a parameter
  bool is_cached = false;
  ParameterValue value = 0;         // that it is cached under
  std::uint64_t life = 0;           // counts tear-downs: what was registered in an earlier life is gone
  std::uint64_t registered_at = 0;  // the activation of a node that already knows it
  std::vector<Slot> dependents;     // torn down before it
};

/// A step of a plan, with what never changes between items looked up.
struct WideStep {
  Slot slot = 0;
  NameId name;
  Scope scope{};
  std::uint32_t only_if = SetUpStep::always;  // index of a WideStep
  std::vector<std::uint32_t> needs;           // edges
};

class Replay {
 public:
  Replay(const ReplaySession& session, const Items& items) : session_(session), items_(items) {
    slots_.resize(session.tables.fixtures.size());
    for (FixtureId fixture : session.tables.fixtures.ids()) slots_[fixture.index()].fixture = fixture;
  }

  std::vector<SetUp> run() {
    for (std::size_t i = 0; i < items_.blocks.size(); ++i) {
      const ItemBlock& block = items_.blocks[i];
      if (block.running > 0) run(block);
      // C16: what the next item does not lie under ends.
      const bool is_last = i + 1 == items_.blocks.size();
      keep_above(is_last ? 0 : test_of(items_.blocks[i + 1]).node, is_last);
    }
    return std::move(set_ups_);
  }

 private:
  struct Active {
    ScopeNode node = 0;
    std::uint64_t activation = 0;
    std::vector<Slot> registered;  // end with the node
  };
  struct Edge {
    Slot needed = 0, dependent = 0;
    std::uint64_t life = 0;  // of `needed`, plus one: when it was registered
  };
  using Plan = std::vector<WideStep>;

  [[nodiscard]] const TestItems& test_of(const ItemBlock& block) const { return session_.tests[block.test.index()]; }

  void run(const ItemBlock& block) {
    const TestItems& test = test_of(block);
    const Plan& plan = plan_of(test);
    if (plan.empty()) return enter(test.node);
    // The same again finds everything cached.
    const bool is_repeated = last_plan_ == &plan && last_node_ == test.node && test.told_apart == 0 && is_settled_;
    if (is_repeated) return;
    enter(test.node);
    execute(plan, block, 1);
    const bool is_per_item = !item_.registered.empty();
    end(item_);
    if (is_per_item && block.running > 1) {
      execute(plan, block, block.running - 1);
      end(item_);
    }
    last_plan_ = &plan;
    last_node_ = test.node;
    is_settled_ = !is_per_item;
  }

  /// `times` items that are set up alike.
  void execute(const Plan& plan, const ItemBlock& block, std::uint32_t times) {
    item_.activation = ++activations_;
    ran_.assign(plan.size(), 0);
    const TestItems& test = test_of(block);
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const WideStep& step = plan[i];
      if (step.only_if != SetUpStep::always && ran_[step.only_if] == 0) continue;
      const auto [value, set] = parameter(step, test, block);
      if (session_.rules.registers_every_use) add_dependents(step);
      SlotState& slot = slots_[step.slot];
      if (!slot.is_cached || slot.value != value) {
        finish(step.slot);
        SlotState& fresh = slots_[step.slot];
        fresh.is_cached = true;
        fresh.value = value;
        ran_[i] = 1;
        if (fresh.fixture) set_ups_.push_back({fresh.fixture, block.test, set, times});
        if (!session_.rules.registers_every_use) add_dependents(step);
      }
      if (ran_[i] != 0 || session_.rules.registers_every_use) register_at_owner(step, test.node);
    }
  }

  /// The value that the item has for a step's name and the index of its set.
  [[nodiscard]] std::pair<ParameterValue, std::uint32_t> parameter(const WideStep& step, const TestItems& test,
                                                                   const ItemBlock& block) const {
    for (std::uint32_t i = 0; i < test.sources.size(); ++i) {
      const ParameterSource& source = *test.sources[i].source;
      const auto name = std::ranges::find(source.names, step.name);
      if (name == source.names.end()) continue;
      // A function-scoped parameter that is not told apart reaches fixtures only that end with the item.
      const std::uint32_t set = i < test.told_apart ? items_.sets[block.first_set + i] : 0;
      return {source.value(set, static_cast<std::size_t>(name - source.names.begin())), set};
    }
    return {session_.no_parameter, SetUp::no_parameter};
  }

  void add_dependents(const WideStep& step) {
    for (std::uint32_t index : step.needs) {
      Edge& edge = edges_[index];
      SlotState& needed = slots_[edge.needed];
      if (edge.life == needed.life + 1) continue;
      edge.life = needed.life + 1;
      needed.dependents.push_back(edge.dependent);
    }
  }

  void register_at_owner(const WideStep& step, ScopeNode node) {
    SlotState& slot = slots_[step.slot];
    const std::optional<ScopeNode> owner =
        slot.fixture ? session_.nodes.owner(node, session_.tables.fixtures[slot.fixture], step.scope)
                     : session_.nodes.owner_of_parameter(node, step.scope);
    Active& active = owner ? stack_[session_.nodes.depth(*owner)] : item_;
    if (slot.registered_at == active.activation) return;
    slot.registered_at = active.activation;
    active.registered.push_back(step.slot);
  }

  /// Tears down with all that depends on it.
  void finish(Slot first) {
    finishing_.assign(1, first);
    while (!finishing_.empty()) {
      SlotState& slot = slots_[finishing_.back()];
      finishing_.pop_back();
      if (!slot.is_cached) continue;
      slot.is_cached = false;
      ++slot.life;
      slot.registered_at = 0;
      finishing_.insert(finishing_.end(), slot.dependents.begin(), slot.dependents.end());
      slot.dependents.clear();
    }
  }

  void end(Active& active) {
    for (const Slot slot : std::exchange(active.registered, {})) finish(slot);
  }

  void enter(ScopeNode node) {
    const std::size_t depth = session_.nodes.depth(node);
    const std::size_t known = stack_.size();
    if (depth + 1 <= known) return;
    stack_.resize(depth + 1);
    for (std::size_t i = depth + 1; i-- > known; node = session_.nodes.parent(node)) {
      stack_[i] = {node, ++activations_, {}};
    }
  }

  void keep_above(ScopeNode next, bool is_last) {
    std::size_t kept = is_last ? 0 : shared_with(next);
    if (kept < stack_.size()) last_plan_ = nullptr;
    while (stack_.size() > kept) {
      end(stack_.back());
      stack_.pop_back();
    }
  }

  /// How many nodes of the stack lie on the way to `node`.
  [[nodiscard]] std::size_t shared_with(ScopeNode node) const {
    while (session_.nodes.depth(node) + 1 > stack_.size() && session_.nodes.depth(node) > 0) {
      node = session_.nodes.parent(node);
    }
    std::size_t count = std::min<std::size_t>(stack_.size(), session_.nodes.depth(node) + 1);
    while (count > 0 && stack_[count - 1].node != node) {
      --count;
      node = session_.nodes.parent(node);
    }
    return count;
  }

  const Plan& plan_of(const TestItems& test) {
    const auto [place, is_new] = plans_.try_emplace({test.plan, has_parameters(*test.plan) ? test.node : 0});
    if (is_new) place->second = widened(*test.plan, test.node);
    return place->second;
  }

  static bool has_parameters(const SetUpPlan& plan) {
    return std::ranges::any_of(plan.steps, [](const SetUpStep& step) { return !step.fixture; });
  }

  Plan widened(const SetUpPlan& plan, ScopeNode node) {
    Plan out;
    constexpr std::uint32_t left_out = SetUpStep::always;
    std::vector<std::uint32_t> index(plan.steps.size(), left_out);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const SetUpStep& step = plan.steps[i];
      if (step.fixture && session_.wide[step.fixture.index()] == 0) continue;
      index[i] = static_cast<std::uint32_t>(out.size());
      WideStep wide;
      wide.slot = step.fixture ? step.fixture.index() : parameter_slot(step, node);
      wide.name = step.name;
      wide.scope = step.scope;
      if (step.only_if != SetUpStep::always) wide.only_if = index[step.only_if];
      for (const std::uint32_t need : plan.needs_of(step)) {
        if (index[need] != left_out) wide.needs.push_back(edge(out[index[need]].slot, wide.slot));
      }
      // Until 8.1 what a fixture asks for in its body takes it down too.
      if (wide.only_if != SetUpStep::always && session_.rules.registers_every_use) {
        wide.needs.push_back(edge(wide.slot, out[wide.only_if].slot));
      }
      out.push_back(std::move(wide));
    }
    return out;
  }

  std::uint32_t edge(Slot needed, Slot dependent) {
    const auto [place, is_new] =
        edge_numbers_.try_emplace({needed, dependent}, static_cast<std::uint32_t>(edges_.size()));
    if (is_new) edges_.push_back({needed, dependent, 0});
    return place->second;
  }

  Slot parameter_slot(const SetUpStep& step, ScopeNode node) {
    const ScopeNode holder = session_.nodes.holder_of_parameter(node, step.scope);
    const auto [place, is_new] = parameters_.try_emplace({holder, step.name}, static_cast<Slot>(slots_.size()));
    if (is_new) slots_.emplace_back();
    return place->second;
  }

  const ReplaySession& session_;
  const Items& items_;
  std::vector<SlotState> slots_;  // fixtures by index, then parameters
  std::map<std::pair<ScopeNode, NameId>, Slot> parameters_;
  std::vector<Edge> edges_;
  std::map<std::pair<Slot, Slot>, std::uint32_t> edge_numbers_;
  std::map<std::pair<const SetUpPlan*, ScopeNode>, Plan> plans_;
  std::vector<Active> stack_;  // by depth
  Active item_;
  std::uint64_t activations_ = 0;
  std::vector<std::uint8_t> ran_;
  std::vector<Slot> finishing_;
  const Plan* last_plan_ = nullptr;
  ScopeNode last_node_ = 0;
  bool is_settled_ = false;
  std::vector<SetUp> set_ups_;
};

}  // namespace

std::vector<std::uint8_t> wide_fixtures(const ProjectTables& tables, const std::vector<TestItems>& tests) {
  std::vector<std::uint8_t> wide(tables.fixtures.size());
  const SetUpPlan* last = nullptr;
  for (const TestItems& test : tests) {
    if (test.plan == last) continue;
    last = test.plan;
    for (const SetUpStep& step : test.plan->steps) {
      if (step.fixture && step.scope != Scope::function) wide[step.fixture.index()] = 1;
    }
  }
  return wide;
}

std::vector<SetUp> replay_set_ups(const ReplaySession& session, const Items& items) {
  return Replay(session, items).run();
}

}  // namespace hasten
