#pragma once

// Which fixtures are registered where, and what a name means at a place of the collection tree (C1-C5, C10). Holders
// form the chain plugins -> conftests from the root directory down -> module -> classes from the outermost in; all
// definitions of a name that are visible somewhere are those met on the way up.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzer/collect/collect.h"
#include "analyzer/collect/collection.h"
#include "analyzer/collect/fixture_definitions.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"

namespace hasten {

class Fixtures {
 public:
  /// A place of the collection tree that can hold fixtures.
  using Holder = std::uint32_t;

  struct Settings {
    const PytestConfig& config;
    const PytestRules& rules;
    std::vector<InstalledPlugin> plugins;  // spelled as in knowledge, sorted
    bool are_guessed = true;               // there may be others: what nobody defines may come from one
  };

  /// Registers everything and appends it to tables.fixtures: by holder in the order plugins, conftests, collectors.
  Fixtures(ProjectTables& tables, const Literals& literals, const FixtureDefinitions& definitions,
           const Collection& collection, Settings settings);

  /// What everybody sees: plugins.
  static constexpr Holder global = 0;
  [[nodiscard]] std::size_t holders() const { return nodes_.size(); }
  /// The holder around one; of `global` itself.
  [[nodiscard]] Holder parent(Holder holder) const { return nodes_[holder].parent; }
  [[nodiscard]] bool is_class(Holder holder) const { return nodes_[holder].kind == HolderKind::class_; }
  /// Where a fixture is registered; a plugin's and a call hook's: everywhere.
  [[nodiscard]] Holder holder_of(FixtureId fixture) const {
    return fixture.index() < registered_.size() ? registered_[fixture.index()] : global;
  }

  /// The holder of each collector, by its index.
  [[nodiscard]] Holder holder_of(std::uint32_t collector) const { return collectors_[collector]; }

  /// Definitions of `name` visible at `holder`, farthest first. Plugin fixtures enter tables.fixtures on first use.
  [[nodiscard]] std::vector<FixtureId> visible(Holder holder, NameId name);
  /// Names with definitions of the project's visible at `holder` that fit a pattern with `*`, in the order of the rows.
  [[nodiscard]] std::vector<NameId> visible_names(Holder holder, std::string_view pattern) const;
  /// Nobody defines `name` there, but a module or conftest around imports something of that name from outside the
  /// project: it may be a fixture. The module or conftest.
  [[nodiscard]] std::optional<Holder> importer(Holder holder, NameId name) const;
  /// A module holds something under the name of a hook, and only a run can tell whether that is a function.
  [[nodiscard]] bool may_have_hooks(FileId module) const { return maybe_hooked_.contains(module); }
  /// What a run tells by how often a hidden fixture of this name is used; null when that is known. A TestCase that may
  /// be skipped uses another one if it is.
  [[nodiscard]] const SetUpDoubt* doubt_about_hook(NameId hook) const {
    const auto found = open_hooks_.find(hook);
    return found == open_hooks_.end() ? nullptr : &found->second;
  }
  /// Names of all autouse fixtures there, in order (C6): ini usefixtures, outermost holder first.
  [[nodiscard]] std::vector<NameId> autouse(Holder holder) const;
  /// TestCase.setUp and its like: what runs inside the call phase.
  [[nodiscard]] FixtureId call_hook(std::uint32_t collector) const { return call_hooks_[collector]; }

  [[nodiscard]] const ProjectTables& tables() const { return tables_; }

 private:
  struct Node {
    Holder parent = global;
    HolderKind kind{};
    FileId file;
    ClassRef class_;
    std::unordered_map<NameId, std::vector<FixtureId>> by_name;
    std::vector<NameId> autouse;
  };

  Holder add_node(Node node);
  void add_conftests(const Collection& collection);
  void add_plugin_modules();
  void add_registered_objects(FileId file);
  void add_module(Holder holder, FileId file);
  void add_class(Holder holder, const Collector& collector);
  void add_attributes(Holder holder, ClassRef class_);
  void add_module_hooks(Holder holder, FileId file);
  void add_class_hooks(Holder holder, const Collector& collector);
  void add_test_case_hooks(Holder holder, const Collector& collector);
  void add_test_case_hooks_of(Holder holder, ClassRef class_);
  [[nodiscard]] FixtureId add_call_hook(const Collector& collector);
  void add_definition(Holder holder, std::string_view attribute, const FixtureDefinition& definition);

  /// A hidden fixture around set-up and tear-down functions; does nothing when there is neither.
  struct Hook {
    std::string name;
    Scope scope{};
    FunctionRef setup, teardown;
  };
  void add_hook(Holder holder, const Hook& hook);
  [[nodiscard]] bool is_open(FileId module, std::string_view name) const;
  [[nodiscard]] FunctionRef hook_function(FileId module, std::span<const std::string_view> names) const;
  [[nodiscard]] FunctionRef hook_method(ClassRef class_, std::string_view name) const;

  FixtureId register_fixture(Holder holder, Fixture fixture);
  [[nodiscard]] Holder conftest_above(std::string_view path) const;
  [[nodiscard]] FixtureId plugin_fixture(NameId name);
  [[nodiscard]] bool is_available(const PluginFixture& fixture) const;
  [[nodiscard]] std::string qualified_name(ClassRef class_) const;
  [[nodiscard]] std::string set_up_class_hook(ClassRef class_) const;
  /// The class that gives a skipped TestCase its hooks while those are attributes: one of the project, or one from
  /// outside by its dotted name.
  struct HookedBase {
    ClassRef ours;
    std::string_view outside;
  };
  [[nodiscard]] HookedBase hooked_base(ClassRef class_) const;
  void add_inherited_hooks(Holder holder, const Collector& collector);
  void add_skip_fixture(Holder holder, const Collector& collector);

  ProjectTables& tables_;
  const Literals& literals_;
  const FixtureDefinitions& definitions_;
  Settings settings_;
  std::vector<Node> nodes_;
  std::vector<Holder> collectors_;
  std::vector<Holder> registered_;  // by fixture, as far as any is registered
  std::vector<FixtureId> call_hooks_;
  std::unordered_map<std::string, Holder> conftests_;  // by folder
  std::unordered_map<NameId, FixtureId> plugin_fixtures_;
  std::unordered_set<ClassRef> scanned_test_cases_;
  std::unordered_set<ClassRef> hooked_test_cases_;  // that carry their hidden fixtures as attributes
  std::vector<std::string> hooked_outside_;         // the same from outside the project, as imported
  std::unordered_map<NameId, SetUpDoubt> open_hooks_;
  std::unordered_set<FileId> maybe_hooked_;
};

}  // namespace hasten
