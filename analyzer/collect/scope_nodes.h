#pragma once

// The part of pytest's collection tree that can own a fixture: session, packages, modules, classes (C15). Folders
// without __init__.py own nothing and are left out.

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/collection.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/model/project.h"

namespace hasten {

/// Index of a node; 0 is the session.
using ScopeNode = std::uint32_t;

class ScopeNodes {
 public:
  ScopeNodes(const ProjectTables& tables, const Collection& collection, const PytestRules& rules);

  [[nodiscard]] ScopeNode of_collector(std::uint32_t collector) const { return collectors_[collector]; }
  [[nodiscard]] ScopeNode parent(ScopeNode node) const { return nodes_[node].parent; }
  /// Number of nodes above it.
  [[nodiscard]] std::uint32_t depth(ScopeNode node) const { return nodes_[node].depth; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  /// The node at or above `node` that owns a fixture of this scope; nothing: the item itself.
  [[nodiscard]] std::optional<ScopeNode> owner(ScopeNode node, const Fixture& fixture, Scope scope) const;
  /// The same for a parameter that is given to the test directly.
  [[nodiscard]] std::optional<ScopeNode> owner_of_parameter(ScopeNode node, Scope scope) const;
  /// The node that shares such a parameter between tests.
  [[nodiscard]] ScopeNode holder_of_parameter(ScopeNode node, Scope scope) const;

 private:
  enum class Kind : std::uint8_t { session, package, module, class_ };
  struct Node {
    ScopeNode parent = 0;
    std::uint32_t depth = 0;
    Kind kind{};
    std::string_view folder;  // of a package
  };

  [[nodiscard]] ScopeNode add(Node node);
  [[nodiscard]] ScopeNode package_of(std::string_view folder);
  [[nodiscard]] ScopeNode nearest(ScopeNode node, Kind kind) const;
  [[nodiscard]] ScopeNode package_owner(ScopeNode node, const Fixture& fixture) const;

  const ProjectTables& tables_;
  const PytestRules& rules_;
  std::vector<Node> nodes_;
  std::vector<ScopeNode> collectors_;
  std::unordered_map<std::string_view, ScopeNode> packages_;  // by folder: those with __init__.py; 0 until needed
};

}  // namespace hasten
