#include "analyzer/collect/item_order.h"

#include <algorithm>
#include <tuple>

namespace hasten {
namespace {

/// The rank of the first of `testpaths` that holds the file; past the end when none does.
std::size_t rank_of(std::string_view path, const std::vector<std::string>& testpaths) {
  for (std::size_t i = 0; i < testpaths.size(); ++i) {
    std::string_view folder = testpaths[i];
    while (folder.starts_with("./")) folder.remove_prefix(2);
    while (folder.ends_with('/')) folder.remove_suffix(1);
    if (folder == "." || path == folder) return i;
    if (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/') return i;
  }
  return testpaths.size();
}

}  // namespace

bool is_visited_before(std::string_view left, std::string_view right, Traversal traversal) {
  const auto [at, other] = std::ranges::mismatch(left, right);
  std::size_t begin = static_cast<std::size_t>(at - left.begin());
  while (begin > 0 && left[begin - 1] != '/') --begin;
  const std::string_view a = left.substr(begin), b = right.substr(begin);
  const std::string_view a_name = a.substr(0, a.find('/')), b_name = b.substr(0, b.find('/'));
  const bool a_is_folder = a_name.size() < a.size(), b_is_folder = b_name.size() < b.size();
  const bool files_first = traversal == Traversal::files_first;
  return std::tuple(a_name != "__init__.py", files_first && a_is_folder, a_name) <
         std::tuple(b_name != "__init__.py", files_first && b_is_folder, b_name);
}

std::vector<FileId> in_collection_order(const ProjectTables& tables, const PytestConfig& config, Traversal traversal) {
  std::vector<FileId> order;
  for (FileId file : tables.files.ids()) {
    if (tables.files[file].role == FileRole::test_module) order.push_back(file);
  }
  const std::vector<std::string>& testpaths = config.testpaths.value;
  const auto rank = [&](FileId file) { return rank_of(tables.files[file].source.path(), testpaths); };
  const bool are_covered = std::ranges::all_of(order, [&](FileId file) { return rank(file) < testpaths.size(); });
  std::ranges::stable_sort(order, [&](FileId left, FileId right) {
    if (are_covered && rank(left) != rank(right)) return rank(left) < rank(right);
    return is_visited_before(tables.files[left].source.path(), tables.files[right].source.path(), traversal);
  });
  return order;
}

}  // namespace hasten
