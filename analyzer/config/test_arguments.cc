#include "analyzer/config/test_arguments.h"

#include <algorithm>

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "analyzer/config/paths.h"
#include "analyzer/text/glob.h"

namespace hasten {
namespace {

std::vector<std::string> visible_names(const std::string& directory, bool (*wanted)(std::string_view)) {
  std::vector<std::string> names;
  DIR* stream = opendir(directory.c_str());
  if (stream == nullptr) return names;
  while (const dirent* entry = readdir(stream)) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != ".." && wanted(name)) names.emplace_back(name);
  }
  closedir(stream);
  return names;
}

bool is_hidden(std::string_view name) { return name.starts_with('.'); }
bool is_visible(std::string_view name) { return !is_hidden(name); }
bool is_anything(std::string_view) { return true; }

bool is_real_directory(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// `directory` and every folder below it.
std::vector<std::string> directory_tree(const std::string& directory) {
  if (path_kind(directory) != PathKind::directory) return {};
  std::vector<std::string> tree{directory};
  for (std::size_t at = 0; at < tree.size(); ++at) {
    const std::string parent = tree[at];
    for (const std::string& name : visible_names(parent, is_visible)) {
      std::string path = join_path(parent, name);
      if (is_real_directory(path)) tree.push_back(std::move(path));
    }
  }
  return tree;
}

std::vector<std::string> matching_entries(const std::string& directory, std::string_view part) {
  std::vector<std::string> paths;
  const Glob glob(part);
  for (const std::string& name : visible_names(directory, is_hidden(part) ? is_anything : is_visible)) {
    if (glob.matches(name)) paths.push_back(join_path(directory, name));
  }
  return paths;
}

std::vector<std::string> expand_part(const std::string& directory, std::string_view part) {
  if (part == "**") return directory_tree(directory);
  if (part.find_first_of("*?[") != std::string_view::npos) return matching_entries(directory, part);
  std::string path = absolute_path(part, directory);
  if (path_kind(path) == PathKind::missing) return {};
  return {std::move(path)};
}

void sort_and_unique(std::vector<std::string>& paths) {
  std::ranges::sort(paths);
  const auto repeated = std::ranges::unique(paths);
  paths.erase(repeated.begin(), repeated.end());
}

/// A9.
std::vector<std::string> testpaths_matches(const Config& config, std::vector<Problem>& problems) {
  const Setting<std::vector<std::string>>& testpaths = config.pytest.testpaths;
  std::vector<std::string> paths;
  for (const std::string& entry : testpaths.value) {
    std::vector<std::string> matches = expand_glob(config.pytest.root, entry);
    paths.insert(paths.end(), matches.begin(), matches.end());
  }
  if (paths.empty() && !testpaths.value.empty()) {
    problems.push_back({ProblemSeverity::warning, testpaths.origin.path, testpaths.origin.line, 0,
                        fmt::format("testpaths '{}' matches nothing, the whole directory is searched instead",
                                    fmt::join(testpaths.value, " "))});
  }
  return paths;
}

}  // namespace

TestArguments test_arguments(const Config& config, std::vector<Problem>& problems) {
  const bool is_invoked_in_root = config.paths.size() == 1 && config.paths[0] == config.pytest.root;
  std::vector<std::string> paths;
  TestArguments arguments;
  if (is_invoked_in_root) {
    paths = config.pytest.arguments.empty() ? testpaths_matches(config, problems) : config.pytest.arguments;
    arguments.were_given = paths.empty();
  }
  if (paths.empty()) paths = config.paths;
  for (std::string& path : paths) {
    const bool is_directory = path_kind(path) == PathKind::directory;
    (is_directory ? arguments.directories : arguments.files).push_back(std::move(path));
  }
  sort_and_unique(arguments.directories);
  sort_and_unique(arguments.files);
  return arguments;
}

std::vector<std::string> expand_glob(const std::string& directory, std::string_view pattern) {
  std::vector<std::string> paths{pattern.starts_with('/') ? "/" : directory};
  while (!pattern.empty()) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view part = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    if (part.empty() || part == ".") continue;
    std::vector<std::string> next;
    for (const std::string& path : paths) {
      std::vector<std::string> matches = expand_part(path, part);
      next.insert(next.end(), std::make_move_iterator(matches.begin()), std::make_move_iterator(matches.end()));
    }
    // Two `**` may lead to the same place.
    sort_and_unique(next);
    paths = std::move(next);
  }
  return paths;
}

}  // namespace hasten
