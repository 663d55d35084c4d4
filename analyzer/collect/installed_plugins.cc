#include "analyzer/collect/installed_plugins.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "analyzer/config/distribution.h"
#include "analyzer/knowledge/knowledge.h"

namespace hasten {
namespace {

/// Names in `pytest_plugins` of a module.
std::vector<std::string_view> named_plugins(const Literals& literals, FileId file) {
  const Namespaces& namespaces = literals.names().namespaces(file);
  const WordId word = namespaces.word("pytest_plugins");
  std::vector<std::string_view> out;
  if (!word) return out;
  for (const NameBinding& binding : namespaces.bindings(ScopeKey::module(), word)) {
    if (!binding.value) continue;
    const BlockId block = literals.model(file).statements[binding.statement].block;
    if (const auto names = literals.texts({file, block, binding.value}))
      out.insert(out.end(), names->begin(), names->end());
  }
  return out;
}

/// `pytest_mock` and `pytest_mock.plugin` for pytest-mock; `xdist` for pytest-xdist.
bool is_module_of(std::string_view module, std::string_view plugin) {
  module = module.substr(0, module.find('.'));
  std::string name(plugin);
  std::ranges::replace(name, '-', '_');
  return module == name || (name.starts_with("pytest_") && module == std::string_view(name).substr(7)) ||
         (plugin == "Faker" && module == "faker");
}

/// The module of pytest's own that has a fixture, where it can be left out.
std::string_view own_plugin_of(std::string_view fixture) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr Pair plugins[] = {{"cache", "cacheprovider"},
                              {"capfd", "capture"},
                              {"capfdbinary", "capture"},
                              {"caplog", "logging"},
                              {"capsys", "capture"},
                              {"capsysbinary", "capture"},
                              {"capteesys", "capture"},
                              {"doctest_namespace", "doctest"},
                              {"monkeypatch", "monkeypatch"},
                              {"record_property", "junitxml"},
                              {"record_testsuite_property", "junitxml"},
                              {"record_xml_attribute", "junitxml"},
                              {"recwarn", "recwarn"},
                              {"subtests", "subtests"},
                              {"testdir", "legacypath"},
                              {"tmp_path", "tmpdir"},
                              {"tmp_path_factory", "tmpdir"},
                              {"tmpdir", "legacypath"},
                              {"tmpdir_factory", "legacypath"}};
  const auto found = std::ranges::find(plugins, fixture, &Pair::first);
  return found == std::end(plugins) ? std::string_view() : found->second;
}

/// Everything that is imported, or named in pytest_plugins and -p.
std::unordered_set<std::string> named_modules(const Literals& literals, const PytestConfig& config) {
  std::unordered_set<std::string> modules(config.plugins.begin(), config.plugins.end());
  for (FileId file : literals.tables().files.ids()) {
    const FileModel& model = literals.model(file);
    for (const Import& import : model.imports) {
      if (import.level == 0) modules.emplace(model.word(import.module));
    }
    for (std::string_view name : named_plugins(literals, file)) modules.emplace(name);
  }
  return modules;
}

}  // namespace

bool is_blocked(const PluginFixture& fixture, const PytestConfig& config) {
  return std::ranges::any_of(config.blocked_plugins, [&](const std::string& name) {
    return fixture.plugin == "pytest" ? name == own_plugin_of(fixture.name) : is_module_of(name, fixture.plugin);
  });
}

std::vector<FileId> plugin_modules(const Literals& literals, const PytestConfig& config) {
  const auto& files = literals.tables().files;
  std::vector<std::pair<std::string, FileId>> pending;  // name, who names it
  for (const std::string& name : config.plugins) pending.emplace_back(name, FileId());
  for (FileId file : files.ids()) {
    const FileRole role = files[file].role;
    if (role != FileRole::conftest && role != FileRole::test_module) continue;
    for (std::string_view name : named_plugins(literals, file)) pending.emplace_back(name, file);
  }
  std::vector<FileId> out;
  std::unordered_set<FileId> seen;
  for (FileId file : files.ids()) {
    // `config.pluginmanager.register(module)` in a conftest.
    if (files[file].role != FileRole::conftest) continue;
    const FileModel& model = literals.model(file);
    for (const Call& call : model.calls) {
      if (!model.dotted(model.first_child(call.expr)).ends_with("pluginmanager.register")) continue;
      const ExprId object = model.positional(call.expr, 0);
      if (!object) continue;
      const Denotation named = literals.names().denote(file, call.block, object);
      const bool is_module = named.kind == Denotation::Kind::module && named.rest.empty();
      if (is_module && seen.insert(named.file).second) out.push_back(named.file);
    }
  }
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const FileId module = literals.names().modules().find(pending[i].first, pending[i].second);
    if (!module || !seen.insert(module).second) continue;
    out.push_back(module);
    // A plugin may name further ones.
    for (std::string_view name : named_plugins(literals, module)) pending.emplace_back(name, module);
  }
  return out;
}

std::vector<InstalledPlugin> installed_plugins(const Literals& literals, const PytestConfig& config,
                                               const CollectionOptions& options) {
  std::unordered_map<std::string, std::string> versions;
  for (const InstalledPlugin& one : options.plugins) {
    versions.emplace(normalized_distribution(one.distribution), one.version);
  }
  const std::unordered_set<std::string> modules =
      options.plugins_are_complete ? std::unordered_set<std::string>() : named_modules(literals, config);

  std::set<std::string_view> known;
  for (const PluginFixture& fixture : all_plugin_fixtures()) known.insert(fixture.plugin);
  std::vector<InstalledPlugin> found;
  for (const std::string_view plugin : known) {
    const auto stated = versions.find(normalized_distribution(plugin));
    if (stated != versions.end()) {
      found.push_back({std::string(plugin), stated->second});
    } else if (std::ranges::any_of(modules, [&](const std::string& name) { return is_module_of(name, plugin); })) {
      found.push_back({std::string(plugin), {}});
    }
  }
  return found;
}

}  // namespace hasten
