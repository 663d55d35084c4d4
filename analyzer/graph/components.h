#pragma once

// Strongly connected components of a directed graph over dense numbers: calls, fixture requests, imports.

#include <cstdint>
#include <span>
#include <vector>

namespace hasten {

/// A directed graph in compressed rows: the successors of `node` are one consecutive run.
class Adjacency {
 public:
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
  };
  /// Edges may come in any order and repeat; every end is below `nodes`.
  Adjacency(std::size_t nodes, std::span<const Edge> edges);

  [[nodiscard]] std::size_t nodes() const { return offsets_.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> successors(std::uint32_t node) const {
    return std::span(targets_).subspan(offsets_[node], offsets_[node + 1] - offsets_[node]);
  }

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint32_t> targets_;
};

struct Components {
  std::vector<std::uint32_t> of;  // by node
  std::uint32_t count = 0;        // a component's successors have lower numbers than itself
};

/// Linear in nodes and edges; uses no recursion.
[[nodiscard]] Components strong_components(const Adjacency& graph);

}  // namespace hasten
