#include "analyzer/check/wider_scope.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/check/fixture_rows.h"
#include "analyzer/check/value_uses.h"

namespace hasten {
namespace {

using Verdict = WiderScope::Verdict;

constexpr std::size_t max_holders = 32;  // fixtures through which the value travels

constexpr EffectSet lasting_kinds = {EffectKind::environment, EffectKind::working_directory, EffectKind::process_state,
                                     EffectKind::global_state};

/// What belongs to one test; the rest of `request` is the fixture's own or the session's.
constexpr auto of_one_test =
    std::to_array<std::string_view>({"cls", "fixturenames", "function", "instance", "keywords", "node"});

class Proof {
 public:
  Proof(const Project& project, FixtureId fixture, std::span<const TestId> tests)
      : project_(project), id_(fixture), fixture_(project->fixtures[fixture]), tests_(tests) {}

  WiderScope run() {
    check_requests();
    check_identity();
    check_state();
    check_order();
    check_users();
    if (blocking_) return *blocking_;
    if (open_) return *open_;
    return {Verdict::safe, widest_, {}, {}};
  }

 private:
  void check_requests();
  void check_identity();
  void check_self();
  void check_state();
  void check_order();
  void check_users();
  void check_user(FunctionRef function, NameId name, std::string_view kind);
  void check_use(const ValueUse& use, FunctionRef user, std::string_view kind);
  [[nodiscard]] bool is_parametrized_by_test(NameId argument) const;
  [[nodiscard]] bool acts_on_each_test(FixtureId other) const;

  void block(std::string link, Place place = {}) {
    if (!blocking_) blocking_ = WiderScope{Verdict::blocked, Scope::function, std::move(link), place};
  }
  void leave_open(std::string link, Place place = {}) {
    if (!open_) open_ = WiderScope{Verdict::unsettled, Scope::function, std::move(link), place};
  }

  const Project& project_;
  FixtureId id_;
  const Fixture& fixture_;
  std::span<const TestId> tests_;
  Scope widest_ = Scope::session;
  std::optional<WiderScope> blocking_, open_;
};

/// C11.
void Proof::check_requests() {
  for (const FixtureRequest& request : project_.requests_of(id_)) {
    const Fixture& requested = project_->fixtures[request.requested];
    const std::string_view name = project_.name(requested.name);
    if (!requested.scope_is_known) {
      leave_open(fmt::format("the scope of `{}` is computed", name));
    } else if (requested.scope <= fixture_.scope) {
      block(fmt::format("its {}-scoped `{}` keeps it from a wider scope", to_string(requested.scope), name));
    }
    widest_ = std::min(widest_, requested.scope);
  }
  for (const NameId argument : fixture_.arguments) {
    if (is_parametrized_by_test(argument)) {
      block(fmt::format("tests parametrize its `{}`, which keeps it from a wider scope", project_.name(argument)));
    }
  }
  // Fixtures of a class or module are not seen from elsewhere.
  if (fixture_.holder == HolderKind::class_) widest_ = std::min(widest_, Scope::class_);
  if (fixture_.holder == HolderKind::module) widest_ = std::min(widest_, Scope::module);
}

bool Proof::is_parametrized_by_test(NameId argument) const {
  return std::ranges::any_of(tests_, [&](TestId test) {
    return std::ranges::any_of(project_->tests[test].closure, [&](const ClosureEntry& entry) {
      return entry.name == argument && !entry.fixture && entry.is_parametrized;
    });
  });
}

/// `request.node`, `request` handed on, `self` of a test class.
void Proof::check_identity() {
  check_self();
  if (std::ranges::none_of(fixture_.arguments, [&](NameId name) { return project_.name(name) == "request"; })) return;
  const FileModel& model = project_.model(fixture_.function.file);
  const BlockId body = model.functions[fixture_.function.id].body;
  std::set<ExprId> objects;  // names under an attribute, seen before the name itself
  for (const StatementId id : model.blocks[body].statements) {
    const Statement& row = model.statements[id];
    for (const ExprId root : {row.target, row.value, row.third}) {
      if (!root) continue;
      for (const ExprId at : model.subtree(root)) {
        const Place place{fixture_.function.file, model.exprs[at].range};
        if (model.exprs[at].kind == ExprKind::attribute) {
          objects.insert(model.first_child(at));
          if (model.dotted(model.first_child(at)) != "request") continue;
          const std::string_view name = model.word(at);
          if (std::ranges::binary_search(of_one_test, name)) {
            block(fmt::format("it reads `request.{}`, which is another one for each test", name), place);
          } else if (name == "getfixturevalue") {
            leave_open("it asks for fixtures by `request.getfixturevalue`", place);
          }
        } else if (model.exprs[at].kind == ExprKind::name && model.word(at) == "request" && !objects.contains(at)) {
          leave_open("it hands `request` on", place);
        }
      }
    }
  }
}

void Proof::check_self() {
  const FileModel& model = project_.model(fixture_.function.file);
  const Function& function = model.functions[fixture_.function.id];
  if (!function.class_ || function.params.empty()) return;
  const std::string_view self = model.word(model.params[function.params[0]].name);
  if (self != "self" || !function.body) return;
  for (const StatementId id : model.blocks[function.body].statements) {
    const Statement& row = model.statements[id];
    for (const ExprId root : {row.target, row.value}) {
      if (!root) continue;
      for (const ExprId at : model.subtree(root)) {
        if (model.exprs[at].kind != ExprKind::name || model.word(at) != self) continue;
        return block("it works on the instance of the single test", {fixture_.function.file, model.exprs[at].range});
      }
    }
  }
}

/// What it changes for one test, a wider scope would change for all that run meanwhile.
void Proof::check_state() {
  for (const Reach& reach : project_->reaches) {
    if (reach.fixture != id_ || !lasting_kinds.has(project_->effects[reach.effect].kind)) continue;
    const Effect& effect = project_->effects[reach.effect];
    if (!reach.path || project_->paths[reach.path].phase == Phase::teardown) continue;
    return block(fmt::format("it changes `{}` for the time of one test", project_.name(effect.api)), effect.place);
  }
}

/// A wider fixture is set up before all narrower ones (C8), so it would miss what those do for it now.
void Proof::check_order() {
  std::set<FixtureId> seen;
  for (const TestId id : tests_) {
    for (const ClosureEntry& entry : project_->tests[id].closure) {
      if (entry.fixture == id_) break;
      if (!entry.fixture || !seen.insert(entry.fixture).second || !acts_on_each_test(entry.fixture)) continue;
      const Fixture& other = project_->fixtures[entry.fixture];
      const Place place = other.function ? place_of(project_, other) : Place();
      const std::string_view name = other.origin == FixtureOrigin::xunit && other.function
                                        ? project_.function_name(other.function)
                                        : project_.name(other.name);
      leave_open(fmt::format("`{}` runs before it for each test", name), place);
    }
  }
}

bool Proof::acts_on_each_test(FixtureId id) const {
  const Fixture& other = project_->fixtures[id];
  const bool is_each =
      other.scope == Scope::function && (other.is_autouse != 0 || other.origin == FixtureOrigin::xunit);
  if (!is_each || other.origin == FixtureOrigin::plugin) return false;
  const bool patches = std::ranges::any_of(other.arguments, [&](NameId name) {
    return project_.name(name) == "monkeypatch" || project_.name(name) == "mocker";
  });
  return patches || other.has_teardown != 0 || other.origin == FixtureOrigin::xunit ||
         std::ranges::any_of(project_->reaches, [&](const Reach& reach) { return reach.fixture == id; });
}

/// Everyone who gets the value by name, and those who get it from a fixture that hands it on.
void Proof::check_users() {
  std::set<std::pair<FunctionRef, NameId>> seen;
  std::vector<std::pair<FixtureId, NameId>> holders = {{id_, fixture_.name}};  // definitions that give the value
  for (std::size_t at = 0; at < holders.size() && at < max_holders; ++at) {
    const auto [holder, name] = holders[at];
    for (const FixtureRequest& request : project_->fixture_requests) {
      const Fixture& user = project_->fixtures[request.requester];
      if (request.requested != holder || !user.function || !seen.emplace(user.function, name).second) continue;
      const std::vector<ValueUse> uses = uses_of_parameter(project_, user.function, project_.name(name));
      for (const ValueUse& use : uses) check_use(use, user.function, "fixture");
      const bool hands_on =
          std::ranges::any_of(uses, [](const ValueUse& use) { return use.kind == ValueUse::Kind::handed_on; });
      if (hands_on) holders.emplace_back(request.requester, user.name);
    }
    for (const TestId id : tests_) {
      const Test& test = project_->tests[id];
      const bool gets_it = std::ranges::any_of(
          test.closure, [&](const ClosureEntry& entry) { return entry.fixture == holder && entry.name == name; });
      if (gets_it && test.function && seen.emplace(test.function, name).second) {
        check_user(test.function, name, "test");
      }
    }
  }
}

void Proof::check_user(FunctionRef function, NameId name, std::string_view kind) {
  for (const ValueUse& use : uses_of_parameter(project_, function, project_.name(name))) {
    check_use(use, function, kind);
  }
}

void Proof::check_use(const ValueUse& use, FunctionRef user, std::string_view kind) {
  const std::string_view name = project_.function_name(user);
  const std::string what = use.target.empty() ? std::string("it") : fmt::format("`{}`", use.target);
  switch (use.kind) {
    case ValueUse::Kind::assignment:
    case ValueUse::Kind::method: return block(fmt::format("{} `{}` changes it ({})", kind, name, what), use.place);
    case ValueUse::Kind::unsettled:
      return leave_open(fmt::format("{} `{}` may change it ({})", kind, name, what), use.place);
    case ValueUse::Kind::handed_on: return;
  }
}

}  // namespace

WiderScope wider_scope(const Project& project, FixtureId fixture, std::span<const TestId> tests) {
  return Proof(project, fixture, tests).run();
}

}  // namespace hasten
