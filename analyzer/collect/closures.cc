#include "analyzer/collect/closures.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace hasten {
namespace {

constexpr std::size_t max_steps = 100'000;  // of one closure: fixtures that override each other multiply the ways

bool holds(const std::vector<NameId>& names, NameId name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace

/// One closure being computed: the names so far and the definitions that were looked up for them.
struct Closures::Walk {
  Fixtures& fixtures;
  Fixtures::Holder holder = 0;
  std::vector<NameId> shielded;
  std::vector<NameId> names;
  std::unordered_set<NameId> listed;
  std::unordered_map<NameId, std::vector<FixtureId>> definitions;

  void list(NameId name) {
    if (listed.insert(name).second) names.push_back(name);
  }
  const std::vector<FixtureId>& definitions_of(NameId name) {
    static const std::vector<FixtureId> nothing;
    if (holds(shielded, name)) return nothing;
    const auto [place, is_new] = definitions.try_emplace(name);
    if (is_new) place->second = fixtures.visible(holder, name);
    return place->second;
  }
  [[nodiscard]] const Fixture& row(FixtureId fixture) const { return fixtures.tables().fixtures[fixture]; }
};

Closure Closures::of(const Request& request) {
  Walk walk{fixtures_, request.holder, request.shielded, {}, {}, {}};
  switch (rules_.closure_order) {
    case ClosureOrder::breadth_first:
      // An autouse name that is given twice stays twice in 7.x.
      for (std::size_t i = 0; i < request.initial.size(); ++i) {
        const NameId name = request.initial[i];
        const bool is_repeated = rules_.repeats_autouse_names && i < request.autouse && walk.listed.contains(name);
        is_repeated ? walk.names.push_back(name) : walk.list(name);
      }
      breadth_first(walk);
      break;
    case ClosureOrder::initial_then_depth:
      for (NameId name : request.initial) walk.list(name);
      depth_first(walk, request.initial);
      break;
    case ClosureOrder::depth_first: depth_first(walk, request.initial); break;
  }
  sort_by_scope(walk);
  if (rules_.repeats_autouse_names && makes_calls(walk, request)) drop_repeated(walk);
  if (request.parametrized.empty()) return finished(walk, request);
  const std::vector<NameId> all = walk.names;
  prune(walk, request);
  Closure out = finished(walk, request);
  if (all.size() == walk.names.size()) return out;
  for (NameId name : all) out.unpruned.push_back(entry_of(walk, name, request));
  return out;
}

/// Rounds over the growing list; only the nearest definition counts.
void Closures::breadth_first(Walk& walk) const {
  std::unordered_set<NameId> followed;
  for (std::size_t before = 0; before != walk.names.size();) {
    before = walk.names.size();
    for (std::size_t i = 0; i < walk.names.size(); ++i) {
      const NameId name = walk.names[i];
      if (followed.contains(name)) continue;
      const auto& definitions = walk.definitions_of(name);
      if (definitions.empty()) continue;
      followed.insert(name);
      for (NameId argument : walk.row(definitions.back()).arguments) walk.list(argument);
    }
  }
}

/// pytest's recursive generator with a stack of its own: per name, how far out along its overrides the walk stands.
void Closures::depth_first(Walk& walk, const std::vector<NameId>& initial) const {
  struct Frame {
    NameId name;
    std::size_t depth;  // of the override chain, 0 for the nearest definition
    std::vector<NameId> arguments;
    std::size_t next = 0;
  };
  std::unordered_map<NameId, std::size_t> standing;  // 0: done or not begun below; else definitions in use
  std::unordered_set<NameId> met;
  std::vector<Frame> stack;
  std::size_t steps = 0;
  const auto enter = [&](NameId name) {
    const bool is_new = met.insert(name).second;
    const std::size_t depth = is_new ? 0 : standing[name];
    if (!is_new && depth == 0) return;  // all of it is listed
    walk.list(name);
    const auto& definitions = walk.definitions_of(name);
    if (depth >= definitions.size() || ++steps > max_steps) return;
    standing[name] = depth + 1;
    stack.push_back({name, depth, walk.row(definitions[definitions.size() - 1 - depth]).arguments});
  };
  for (NameId name : initial) {
    enter(name);
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next < top.arguments.size()) {
        enter(top.arguments[top.next++]);
      } else {
        standing[top.name] = top.depth;
        stack.pop_back();
      }
    }
  }
}

/// C8: the narrower the scope of the nearest definition, the later; otherwise the order stays.
void Closures::sort_by_scope(Walk& walk) const {
  const auto scope_of = [&](NameId name) {
    const auto found = walk.definitions.find(name);
    const bool is_known = found != walk.definitions.end() && !found->second.empty() && !holds(walk.shielded, name);
    return is_known ? walk.row(found->second.back()).scope : Scope::function;
  };
  std::ranges::stable_sort(walk.names, std::greater<>(), scope_of);
}

/// Does a mark or a fixture give parameters? A farther definition's count while each nearer one asks for its own name.
bool Closures::makes_calls(Walk& walk, const Request& request) {
  if (request.parameters != ItemParameters::of_fixtures) return request.parameters == ItemParameters::given;
  return std::ranges::any_of(walk.names, [&](NameId name) {
    const std::vector<FixtureId>& chain = walk.definitions_of(name);
    for (std::size_t i = chain.size(); i-- > 0;) {
      if (walk.row(chain[i]).params.value != 0) return true;
      if (!holds(walk.row(chain[i]).arguments, name)) break;
    }
    return false;
  });
}

/// Pruning makes the closure of 7.x anew, from a set.
void Closures::drop_repeated(Walk& walk) {
  std::unordered_set<NameId> kept;
  std::erase_if(walk.names, [&](NameId name) { return !kept.insert(name).second; });
}

/// When items are made with parameters, what nothing needs any more leaves the closure; the order stays.
void Closures::prune(Walk& walk, const Request& request) const {
  Walk again{walk.fixtures, walk.holder, request.parametrized, {}, {}, {}};
  again.definitions = walk.definitions;
  // A parametrized name is now a fixture of its own that requests `request`.
  const bool has_request =
      std::ranges::any_of(walk.names, [&](NameId name) { return walk.fixtures.tables().names[name] == "request"; });
  if (rules_.follows_override_chain) {
    depth_first(again, request.initial);
  } else {
    for (NameId name : request.initial) again.list(name);
    breadth_first(again);
  }
  const bool uses_parameter =
      std::ranges::any_of(request.parametrized, [&](NameId name) { return again.listed.contains(name); });
  std::erase_if(walk.names, [&](NameId name) {
    if (has_request && uses_parameter && walk.fixtures.tables().names[name] == "request") return false;
    return !again.listed.contains(name);
  });
}

ClosureEntry Closures::entry_of(const Walk& walk, NameId name, const Request& request) const {
  const bool is_parametrized = holds(request.parametrized, name) || holds(request.shielded, name);
  const auto found = walk.definitions.find(name);
  const bool is_fixture = !is_parametrized && found != walk.definitions.end() && !found->second.empty();
  return {name, is_fixture ? found->second.back() : FixtureId(), is_parametrized};
}

Closure Closures::finished(const Walk& walk, const Request& request) const {
  Closure out;
  for (NameId name : walk.names) {
    const ClosureEntry entry = entry_of(walk, name, request);
    out.entries.push_back(entry);
    if (!entry.fixture) continue;
    // Farther definitions are set up while each nearer one asks for its own name.
    const std::vector<FixtureId>& chain = walk.definitions.at(name);
    for (std::size_t i = chain.size() - 1; i > 0 && holds(walk.row(chain[i]).arguments, name); --i) {
      out.overridden.push_back({name, chain[i - 1], 0});
    }
  }
  return out;
}

}  // namespace hasten
