#include "analyzer/graph/components.h"

#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace hasten {

Adjacency::Adjacency(std::size_t nodes, std::span<const Edge> edges) : offsets_(nodes + 1), targets_(edges.size()) {
  for (const Edge& edge : edges) ++offsets_[edge.from + 1];
  for (std::size_t node = 0; node < nodes; ++node) offsets_[node + 1] += offsets_[node];
  std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  for (const Edge& edge : edges) targets_[next[edge.from]++] = edge.to;
}

Components strong_components(const Adjacency& graph) {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                   boost::no_property, std::uint32_t, std::uint32_t>;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    for (std::uint32_t successor : graph.successors(node)) edges.emplace_back(node, successor);
  }
  const Graph boost_graph(boost::edges_are_sorted, edges.begin(), edges.end(),
                          static_cast<std::uint32_t>(graph.nodes()));
  Components components;
  components.of.resize(graph.nodes());
  if (graph.nodes() == 0) return components;

  // Tarjan's algorithm numbers a component when it leaves it, so successors come first.
  const auto index = boost::get(boost::vertex_index, boost_graph);
  components.count = boost::strong_components(
      boost_graph, boost::make_iterator_property_map(components.of.begin(), index, components.of[0]));
  return components;
}

}  // namespace hasten
