#include "analyzer/collect/fixtures.h"

#include <algorithm>
#include <map>

#include "analyzer/collect/configured_fixtures.h"
#include "analyzer/collect/installed_plugins.h"
#include "analyzer/names/name_patterns.h"
#include "analyzer/text/folder.h"

namespace hasten {
Fixtures::Fixtures(ProjectTables& tables, const Literals& literals, const FixtureDefinitions& definitions,
                   const Collection& collection, Settings settings)
    : tables_(tables), literals_(literals), definitions_(definitions), settings_(std::move(settings)) {
  add_node({.kind = HolderKind::plugin, .file = {}, .class_ = {}, .by_name = {}, .autouse = {}});
  for (const std::string& name : settings_.config.usefixtures.value) {
    nodes_[global].autouse.push_back(tables_.names.intern(name));
  }
  for (std::string_view name : configured_fixtures(literals, plugin_modules(literals, settings_.config))) {
    nodes_[global].autouse.push_back(tables_.names.intern(name));
  }
  for (const PluginFixture& fixture : all_plugin_fixtures()) {
    if (fixture.is_autouse && is_available(fixture))
      nodes_[global].autouse.push_back(tables_.names.intern(fixture.name));
  }
  add_plugin_modules();
  add_conftests(collection);
  for (const Collector& collector : collection.collectors) {
    const bool is_module = !collector.class_;
    const Holder above =
        is_module ? conftest_above(tables_.files[collector.file].source.path()) : collectors_[collector.parent];
    const Holder holder = add_node({.parent = above,
                                    .kind = is_module ? HolderKind::module : HolderKind::class_,
                                    .file = collector.file,
                                    .class_ = collector.class_,
                                    .by_name = {},
                                    .autouse = {}});
    collectors_.push_back(holder);
    call_hooks_.push_back(collector.is_test_case ? add_call_hook(collector) : FixtureId());
    if (is_module) {
      for (const std::string& outside : collector.outside_test_cases) {
        if (std::ranges::find(hooked_outside_, outside) == hooked_outside_.end()) hooked_outside_.push_back(outside);
      }
      add_module_hooks(holder, collector.file);
      add_module(holder, collector.file);
    } else {
      add_class(holder, collector);
    }
  }
}

Fixtures::Holder Fixtures::add_node(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<Holder>(nodes_.size() - 1);
}

void Fixtures::add_plugin_modules() {
  const std::vector<FileId> modules = plugin_modules(literals_, settings_.config);
  for (FileId file : modules) {
    // Each module has a node of its own for what is written on the fixtures; all of them are seen from everywhere.
    nodes_[global].file = file;
    add_module(global, file);
  }
  for (FileId file : tables_.files.ids()) {
    const bool is_loaded =
        tables_.files[file].role == FileRole::conftest || std::ranges::find(modules, file) != modules.end();
    if (is_loaded) add_registered_objects(file);
  }
  nodes_[global].file = FileId();
}

/// `config.pluginmanager.register(Fixtures())` in a hook: the attributes of the object are fixtures for everybody.
void Fixtures::add_registered_objects(FileId file) {
  const FileModel& model = tables_.files[file].model;
  for (const Call& call : model.calls) {
    if (!model.dotted(model.first_child(call.expr)).ends_with("pluginmanager.register")) continue;
    ExprId object = model.positional(call.expr, 0);
    if (object && model.exprs[object].kind == ExprKind::call) object = model.first_child(object);
    if (!object) continue;
    const Denotation named = literals_.names().denote(file, call.block, object);
    if (named.kind != Denotation::Kind::class_ || !named.rest.empty()) continue;
    nodes_[global].file = named.file;
    add_attributes(global, {named.file, named.class_});
  }
}

/// Those in folders that are left out are never loaded. From the root directory down, so that a holder's parent is
/// there before it.
void Fixtures::add_conftests(const Collection& collection) {
  std::vector<std::pair<std::string_view, FileId>> found;
  for (FileId file : tables_.files.ids()) {
    if (tables_.files[file].role == FileRole::conftest && collection.is_ignored[file.index()] == 0)
      found.emplace_back(folder_of(tables_.files[file].source.path()), file);
  }
  std::ranges::sort(found);  // a folder comes before what lies below it
  for (const auto& [folder, file] : found) {
    const Holder holder = add_node({.parent = conftest_above(folder),
                                    .kind = HolderKind::conftest,
                                    .file = file,
                                    .class_ = {},
                                    .by_name = {},
                                    .autouse = {}});
    conftests_.emplace(folder, holder);
    add_module(holder, file);
  }
}

/// The conftest nearest above a file or folder.
Fixtures::Holder Fixtures::conftest_above(std::string_view path) const {
  while (!path.empty()) {
    path = folder_of(path);
    if (const auto found = conftests_.find(std::string(path)); found != conftests_.end()) return found->second;
  }
  return global;
}

/// C2: dir(module), alphabetically, everything in it that is a fixture.
void Fixtures::add_module(Holder holder, FileId file) {
  std::vector<const Names::Member*> members;
  for (const Names::Member& member : literals_.names().members(file)) members.push_back(&member);
  std::ranges::sort(members, {}, &Names::Member::name);
  for (const Names::Member* member : members) {
    if (const FixtureDefinition* definition = definitions_.of(member->denotation)) {
      add_definition(holder, member->name, *definition);
    }
  }
}

void Fixtures::add_class(Holder holder, const Collector& collector) {
  const bool is_scanned = collector.is_test_case && settings_.rules.scans_test_cases_once &&
                          !scanned_test_cases_.insert(collector.class_).second;
  if (!is_scanned || !settings_.rules.hooks_are_attributes) {
    collector.is_test_case ? add_test_case_hooks(holder, collector) : add_class_hooks(holder, collector);
  }
  if (!is_scanned) add_attributes(holder, collector.class_);
}

/// dir(instance): alphabetical, nearest definition of each name along the MRO.
void Fixtures::add_attributes(Holder holder, ClassRef class_) {
  std::map<std::string_view, const Names::Member*> attributes;
  for (ClassRef base : literals_.names().mro(class_).classes) {
    for (const Names::Member& member : literals_.names().members(base)) attributes.try_emplace(member.name, &member);
  }
  for (const auto& [name, member] : attributes) {
    if (const FixtureDefinition* definition = definitions_.of(member->denotation))
      add_definition(holder, name, *definition);
  }
}

void Fixtures::add_definition(Holder holder, std::string_view attribute, const FixtureDefinition& definition) {
  Fixture row;
  row.name = tables_.names.intern(definition.name.value_or(attribute));
  row.origin = FixtureOrigin::definition;
  row.scope = definition.scope;
  row.scope_is_known = definition.scope_is_known;
  row.is_autouse = definition.is_autouse;
  row.function = definition.function;
  row.lambda = definition.lambda;
  if (definition.function) {
    const Function& function = tables_.files[definition.function.file].model.functions[definition.function.id];
    row.is_async = function.is_async;
    row.has_teardown = function.has_yield;
  }
  row.params = definition.params;
  for (std::string_view argument : definition.arguments) row.arguments.push_back(tables_.names.intern(argument));
  register_fixture(holder, std::move(row));
}

FixtureId Fixtures::register_fixture(Holder holder, Fixture fixture) {
  Node& node = nodes_[holder];
  fixture.holder = node.kind;
  fixture.file = node.file;
  fixture.holder_class = node.class_;
  fixture.is_named_like_plugins =
      std::ranges::binary_search(all_plugin_fixtures(), tables_.names[fixture.name], {}, &PluginFixture::name);
  const NameId name = fixture.name;
  if (fixture.is_autouse) node.autouse.push_back(name);
  const FixtureId id = tables_.fixtures.add(std::move(fixture));
  node.by_name[name].push_back(id);
  registered_.resize(id.index() + 1, global);
  registered_.back() = holder;
  return id;
}

std::vector<FixtureId> Fixtures::visible(Holder holder, NameId name) {
  std::vector<FixtureId> chain;
  for (;; holder = nodes_[holder].parent) {
    const auto found = nodes_[holder].by_name.find(name);
    if (found != nodes_[holder].by_name.end()) chain.insert(chain.end(), found->second.rbegin(), found->second.rend());
    if (holder == global) break;
  }
  if (const FixtureId plugin = plugin_fixture(name)) {
    const PluginFixture& known = all_plugin_fixtures()[tables_.fixtures[plugin].plugin];
    // What nobody defines may come from a plugin that we only do not see; what somebody defines does not.
    const bool may_be_there = chain.empty() && settings_.are_guessed && !is_blocked(known, settings_.config);
    if (may_be_there || is_available(known)) chain.push_back(plugin);
  }
  std::ranges::reverse(chain);
  return chain;
}

std::vector<NameId> Fixtures::visible_names(Holder holder, std::string_view pattern) const {
  std::vector<std::pair<FixtureId, NameId>> found;
  for (;; holder = nodes_[holder].parent) {
    for (const auto& [name, definitions] : nodes_[holder].by_name) {
      if (fnmatches(pattern, tables_.names[name])) found.emplace_back(definitions.front(), name);
    }
    if (holder == global) break;
  }
  std::ranges::sort(found);
  std::vector<NameId> names;
  for (const auto& [definition, name] : found) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

std::optional<Fixtures::Holder> Fixtures::importer(Holder holder, NameId name) const {
  for (; holder != global; holder = nodes_[holder].parent) {
    const Node& node = nodes_[holder];
    if (node.kind == HolderKind::class_) continue;
    const Denotation found = literals_.names().member(node.file, tables_.names[name]);
    if (found.kind == Denotation::Kind::external) return holder;
  }
  return std::nullopt;
}

std::vector<NameId> Fixtures::autouse(Holder holder) const {
  std::vector<Holder> path;
  for (;; holder = nodes_[holder].parent) {
    path.push_back(holder);
    if (holder == global) break;
  }
  std::vector<NameId> names;
  for (auto at = path.rbegin(); at != path.rend(); ++at) {
    names.insert(names.end(), nodes_[*at].autouse.begin(), nodes_[*at].autouse.end());
  }
  return names;
}

bool Fixtures::is_available(const PluginFixture& fixture) const {
  if (is_blocked(fixture, settings_.config)) return false;
  std::string_view version = settings_.rules.since;
  if (fixture.plugin != "pytest") {
    const auto at = std::ranges::lower_bound(settings_.plugins, fixture.plugin, {}, &InstalledPlugin::distribution);
    if (at == settings_.plugins.end() || at->distribution != fixture.plugin) return false;
    if (at->version.empty()) return true;
    version = at->version;
  }
  if (!fixture.since.empty() && is_older(version, fixture.since)) return false;
  return fixture.until.empty() || is_older(version, fixture.until);
}

/// The plugin fixture of this name: of an installed plugin if there is one.
FixtureId Fixtures::plugin_fixture(NameId name) {
  const auto [place, is_new] = plugin_fixtures_.try_emplace(name);
  if (!is_new) return place->second;
  const auto all = all_plugin_fixtures();
  const auto same = std::ranges::equal_range(all, tables_.names[name], {}, &PluginFixture::name);
  if (same.empty()) return {};
  auto chosen = std::ranges::find_if(same, [this](const PluginFixture& fixture) { return is_available(fixture); });
  if (chosen == same.end())
    chosen = std::ranges::find_if(same, [](const PluginFixture& f) { return f.plugin != "pytest"; });
  if (chosen == same.end()) return {};
  Fixture row;
  row.name = name;
  row.holder = HolderKind::plugin;
  row.origin = FixtureOrigin::plugin;
  row.scope = chosen->scope;
  row.is_autouse = chosen->is_autouse;
  row.params.value = chosen->params;
  row.plugin = static_cast<std::uint32_t>(&*chosen - all.data());
  for (std::string_view argument : chosen->arguments) row.arguments.push_back(tables_.names.intern(argument));
  return plugin_fixtures_[name] = tables_.fixtures.add(std::move(row));
}

}  // namespace hasten
