#include "analyzer/collect/scope_nodes.h"

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

ScopeNodes::ScopeNodes(const ProjectTables& tables, const Collection& collection, const PytestRules& rules)
    : tables_(tables), rules_(rules) {
  nodes_.push_back({0, 0, Kind::session, {}});
  for (const File& file : tables.files) {
    const std::string_view path = file.source.path();
    if (name_of(path) == "__init__.py") packages_.emplace(folder_of(path), 0);
  }
  for (const Collector& collector : collection.collectors) {
    const bool is_module = !collector.class_;
    const ScopeNode above =
        is_module ? package_of(folder_of(tables.files[collector.file].source.path())) : collectors_[collector.parent];
    collectors_.push_back(add({above, 0, is_module ? Kind::module : Kind::class_, {}}));
  }
}

ScopeNode ScopeNodes::add(Node node) {
  node.depth = nodes_[node.parent].depth + 1;
  nodes_.push_back(node);
  return static_cast<ScopeNode>(nodes_.size() - 1);
}

/// The package that a folder is or lies in; in 7.x packages are not nested, and a folder below one is not part of it.
ScopeNode ScopeNodes::package_of(std::string_view folder) {
  std::vector<std::string_view> missing;
  ScopeNode above = 0;
  for (;; folder = folder_of(folder)) {
    const auto found = packages_.find(folder);
    if (found != packages_.end() && found->second != 0) {
      above = found->second;
      break;
    }
    if (found != packages_.end()) missing.push_back(found->first);
    if (folder.empty() || rules_.package_owner == PackageOwner::own_folder) break;
  }
  for (auto package = missing.rbegin(); package != missing.rend(); ++package) {
    above = packages_[*package] = add({above, 0, Kind::package, *package});
  }
  return above;
}

ScopeNode ScopeNodes::nearest(ScopeNode node, Kind kind) const {
  while (node != 0 && nodes_[node].kind != kind) node = nodes_[node].parent;
  return node;
}

std::optional<ScopeNode> ScopeNodes::owner(ScopeNode node, const Fixture& fixture, Scope scope) const {
  if (scope == Scope::package) return package_owner(node, fixture);
  return owner_of_parameter(node, scope);
}

std::optional<ScopeNode> ScopeNodes::owner_of_parameter(ScopeNode node, Scope scope) const {
  switch (scope) {
    case Scope::function: return std::nullopt;
    case Scope::class_: {
      const ScopeNode class_ = nearest(node, Kind::class_);
      return class_ == 0 ? std::nullopt : std::optional(class_);
    }
    case Scope::module: return nearest(node, Kind::module);
    case Scope::package:
    case Scope::session: return 0;
  }
  return std::nullopt;
}

ScopeNode ScopeNodes::holder_of_parameter(ScopeNode node, Scope scope) const {
  if (scope == Scope::class_) return owner_of_parameter(node, scope).value_or(nearest(node, Kind::module));
  return scope == Scope::package ? nearest(node, Kind::package) : owner_of_parameter(node, scope).value_or(0);
}

ScopeNode ScopeNodes::package_owner(ScopeNode node, const Fixture& fixture) const {
  if (fixture.holder != HolderKind::conftest) return 0;
  const std::string_view folder = folder_of(tables_.files[fixture.file].source.path());
  if (folder.empty() && rules_.package_owner != PackageOwner::any_above) return 0;
  for (node = nearest(node, Kind::package); node != 0; node = nearest(nodes_[node].parent, Kind::package)) {
    if (nodes_[node].folder == folder) return node;
  }
  return 0;
}

}  // namespace hasten
