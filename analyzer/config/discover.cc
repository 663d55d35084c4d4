#include "analyzer/config/discover.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string_view>

#include "analyzer/config/paths.h"
#include "analyzer/config/test_arguments.h"
#include "analyzer/config/walk.h"
#include "analyzer/text/glob.h"

namespace hasten {
namespace {

/// `test`, `tests`, `test_unit`, `integration_tests`, `Tests`.
bool is_named_for_tests(std::string_view path) {
  std::string name(base_name(path));
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name == "test" || name == "tests" || name.starts_with("test_") || name.starts_with("tests_") ||
         name.ends_with("_test") || name.ends_with("_tests");
}

/// A10: every conftest.py above an argument is loaded, except strictly above the root directory. Absolute, sorted.
std::vector<std::string> conftests_above(const TestArguments& arguments, const std::string& root) {
  std::vector<std::string> directories = arguments.directories;
  for (const std::string& file : arguments.files) directories.emplace_back(parent_path(file));
  std::vector<std::string> paths;
  for (std::string_view directory : directories) {
    while (directory == root || !lies_in(root, directory)) {
      std::string path = join_path(directory, "conftest.py");
      if (path_kind(path) == PathKind::file) paths.push_back(std::move(path));
      if (directory == "/") break;
      directory = parent_path(directory);
    }
  }
  std::ranges::sort(paths);
  const auto repeated = std::ranges::unique(paths);
  paths.erase(repeated.begin(), repeated.end());
  return paths;
}

/// Finds out which file plays which part.
class Casting {
 public:
  struct Given {
    const TestArguments& arguments;
    const std::vector<std::string>& conftests;  // sorted
  };

  Casting(const Config& config, Given given, const FolderWalk& walk)
      : config_(config), given_(given), walk_(walk), contents_(walk.folders().size()) {
    for (const std::string& pattern : config.pytest.python_files.value) python_files_.emplace_back(pattern);
  }

  std::vector<FoundFile> cast();

 private:
  struct Contents {
    std::uint32_t python = 0;  // without __init__.py
    std::uint32_t tests = 0;   // test modules and conftest files
    bool has_tests_below = false;
    bool holds_argument = false;  // a file that was given
    bool is_for_tests = false;
    bool is_for_tests_below = false;
  };

  [[nodiscard]] FileRole own_role(const WalkedFile& file) const;
  [[nodiscard]] FileRole final_role(const WalkedFile& file, FileRole own) const;
  [[nodiscard]] bool is_argument(const WalkedFile& file) const {
    return std::ranges::binary_search(given_.arguments.files, file.path);
  }
  [[nodiscard]] bool is_test_by_name(const WalkedFile& file) const {
    return base_name(file.path) == "conftest.py" || any_matches(python_files_, file.path);
  }
  void count(const WalkedFile& file, FileRole role);
  void mark_test_folders();

  const Config& config_;
  Given given_;
  const FolderWalk& walk_;
  std::vector<PathGlob> python_files_;
  std::vector<Contents> contents_;  // by folder
};

std::vector<FoundFile> Casting::cast() {
  std::vector<FoundFile> files;
  files.reserve(walk_.files().size());
  for (const WalkedFile& file : walk_.files()) {
    const FileRole role = own_role(file);
    if (file.folder) count(file, role);
    files.push_back({file.path, relative_path(file.path, config_.pytest.root), role, file.size, false});
  }
  mark_test_folders();
  for (std::size_t at = 0; at < files.size(); ++at) {
    files[at].role = final_role(walk_.files()[at], files[at].role);
    files[at].is_left_out = files[at].role == FileRole::first_party && is_test_by_name(walk_.files()[at]);
  }
  std::ranges::sort(files, {}, &FoundFile::relative);
  return files;
}

/// B3. What pytest does not reach is code that a test may import, whatever its name.
FileRole Casting::own_role(const WalkedFile& file) const {
  if (std::ranges::binary_search(given_.conftests, file.path)) return FileRole::conftest;
  if (!file.is_reached && !is_argument(file)) return FileRole::first_party;
  if (base_name(file.path) == "conftest.py") return FileRole::conftest;
  // An argument that lies in another one has no special rights (B4).
  if (!file.is_reached || any_matches(python_files_, file.path)) return FileRole::test_module;
  return FileRole::first_party;
}

void Casting::count(const WalkedFile& file, FileRole role) {
  Contents& contents = contents_[file.folder.index()];
  if (base_name(file.path) != "__init__.py") ++contents.python;
  contents.holds_argument |= is_argument(file);
  if (role == FileRole::first_party) return;
  ++contents.tests;
  contents.has_tests_below = true;
}

/// A folder is for tests when its name says so and there are tests in or below it, or when tests are at least half of
/// its files; then everything below it is, too. Except below the root directory, which holds the code as well.
void Casting::mark_test_folders() {
  const auto& folders = walk_.folders();
  for (std::size_t at = folders.size(); at-- > 0;) {
    const FolderId parent = folders[FolderId(at)].parent;
    if (parent) contents_[parent.index()].has_tests_below |= contents_[at].has_tests_below;
  }
  for (FolderId id : folders.ids()) {
    const Folder& folder = folders[id];
    Contents& contents = contents_[id.index()];
    if (!folder.is_reached && !contents.holds_argument) continue;
    const bool is_inside = folder.parent && contents_[folder.parent.index()].is_for_tests_below;
    const bool is_named = is_named_for_tests(folder.path) && contents.has_tests_below;
    const bool is_mostly_tests = contents.tests > 0 && 2 * contents.tests >= contents.python;
    contents.is_for_tests = is_inside || is_named || is_mostly_tests;
    contents.is_for_tests_below = contents.is_for_tests && (is_named || folder.path != config_.pytest.root);
  }
}

/// Helpers next to tests are support; tests that were not asked for are not.
FileRole Casting::final_role(const WalkedFile& file, FileRole own) const {
  if (own != FileRole::first_party || !file.folder) return own;
  if (!contents_[file.folder.index()].is_for_tests) return own;
  return is_test_by_name(file) ? own : FileRole::test_support;
}

/// Of `wanted` (sorted) those that the walk did not list.
std::vector<std::string> not_walked(const std::vector<std::string>& wanted, const FolderWalk& walk) {
  std::vector<std::string> listed;
  for (const WalkedFile& file : walk.files()) {
    if (std::ranges::binary_search(wanted, file.path)) listed.push_back(file.path);
  }
  std::ranges::sort(listed);
  std::vector<std::string> missing;
  std::ranges::set_difference(wanted, listed, std::back_inserter(missing));
  return missing;
}

}  // namespace

Discovery discover(const Config& config) {
  Discovery discovery;
  const TestArguments arguments = test_arguments(config, discovery.problems);
  const std::vector<std::string> conftests = conftests_above(arguments, config.pytest.root);
  const auto is_wanted = [&](const FolderWalk& walk, const std::string& path, EntryKind kind) {
    return arguments.were_given || !walk.is_excluded(path, kind);
  };

  FolderWalk walk(config, arguments, discovery.problems);
  walk.add_tree(config.pytest.root);
  for (const std::string& directory : arguments.directories) {
    if (is_wanted(walk, directory, EntryKind::directory)) walk.add_tree(directory);
  }
  for (const std::string& file : not_walked(arguments.files, walk)) {
    if (is_wanted(walk, file, EntryKind::file)) walk.add_file(file);
  }
  for (const std::string& file : not_walked(conftests, walk)) walk.add_file(file);

  // From here on the file system is not asked.
  discovery.files = Casting(config, {arguments, conftests}, walk).cast();
  for (Problem& problem : discovery.problems) {
    if (problem.path.starts_with('/')) problem.path = relative_path(problem.path, config.pytest.root);
  }
  std::ranges::sort(discovery.problems);
  return discovery;
}

}  // namespace hasten
