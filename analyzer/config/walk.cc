#include "analyzer/config/walk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/config/discover.h"
#include "analyzer/config/hasten_file.h"
#include "analyzer/config/paths.h"

namespace hasten {
namespace {

constexpr const char* too_large = "larger than 4 MiB, left out";
static_assert(largest_python == std::uint64_t{4} << 20);

bool is_python(std::string_view name) { return name.ends_with(".py") && name.size() > 3; }

/// Folders of these names are mostly written by tools; a package with one of them is code (src/build/__init__.py).
bool is_output(std::string_view name) { return name == "build" || name == "dist"; }

/// The kinds of entry that matter; a type the file system does not tell is asked for.
unsigned char entry_type(int directory, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type;
  struct stat status {};
  if (fstatat(directory, static_cast<const char*>(entry.d_name), &status, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  return static_cast<unsigned char>(IFTODT(status.st_mode));
}

bool has_file(int directory, const char* name) { return faccessat(directory, name, F_OK, 0) == 0; }

/// B2, both the old and the new test. Only what the names make likely is looked up.
template <class Entries>
bool is_virtual_environment(int directory, const Entries& entries) {
  return std::ranges::any_of(entries, [&](const auto& entry) {
    if (entry.name == "pyvenv.cfg") return true;
    if (entry.name == "conda-meta") return has_file(directory, "conda-meta/history");
    if (entry.name == "bin") return has_file(directory, "bin/activate");
    return entry.name == "Scripts" && has_file(directory, "Scripts/activate");
  });
}

template <class Entries>
bool has_ignore_file(const Entries& entries) {
  return std::ranges::any_of(entries,
                             [](const auto& entry) { return entry.name == ".gitignore" || entry.name == ".ignore"; });
}

}  // namespace

FolderWalk::FolderWalk(const Config& config, const TestArguments& arguments, std::vector<Problem>& problems)
    : config_(config), problems_(problems) {
  std::vector<std::string> patterns = config.hasten.exclude;
  if (patterns == default_exclude()) {
    knows_output_ = true;
    std::erase_if(patterns, [](const std::string& pattern) { return is_output(pattern); });
  }
  patterns.insert(patterns.end(), config.hasten.extend_exclude.begin(), config.hasten.extend_exclude.end());
  exclude_ = IgnoreList(patterns);
  for (const std::string& pattern : config.pytest.norecursedirs.value) norecursedirs_.emplace_back(pattern);
  for (const std::string& pattern : config.pytest.ignore_glob) ignore_globs_.emplace_back(pattern);
  for (const std::string& path : arguments.directories) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) starts_.emplace(status.st_dev, status.st_ino);
  }
}

void FolderWalk::add_tree(const std::string& directory) {
  IgnoreLevelId level;
  if (config_.hasten.respect_gitignore) level = chain_.above(directory, config_.pytest.root);
  pending_.push_back({.path = directory, .parent = {}, .level = level, .is_start = true});
  while (!pending_.empty() || !links_.empty()) {
    if (pending_.empty()) pending_.push_back(links_.extract(links_.begin()).mapped());
    const Pending next = std::move(pending_.back());
    pending_.pop_back();
    visit(next);
  }
}

void FolderWalk::visit(const Pending& pending) {
  DIR* stream = opendir(pending.path.c_str());
  if (stream == nullptr) return report(pending.path, fmt::format("cannot be opened: {}", std::strerror(errno)));
  const int directory = dirfd(stream);
  struct stat status {};
  const FileKey key = fstat(directory, &status) == 0 ? FileKey(status.st_dev, status.st_ino) : FileKey();
  if (is_new(key, pending)) {
    std::vector<Entry> entries;
    while (const dirent* entry = readdir(stream)) {
      const std::string_view name = static_cast<const char*>(entry->d_name);
      if (name != "." && name != "..") entries.push_back({std::string(name), entry_type(directory, *entry)});
    }
    if (pending.is_start || !is_virtual_environment(directory, entries)) {
      const bool is_reached = pending.is_reached || starts_.contains(key);
      const FolderId folder = folders_.add({pending.path, pending.parent, is_reached});
      seen_[key] = folder;
      const bool reads_ignore_files = config_.hasten.respect_gitignore && has_ignore_file(entries);
      const IgnoreLevelId level = reads_ignore_files ? chain_.inside(pending.path, pending.level) : pending.level;
      visit_entries(directory, folder, level, entries);
    }
  }
  closedir(stream);
}

void FolderWalk::visit_entries(int directory, FolderId folder, IgnoreLevelId level, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    const bool may_be_file = (entry.type == DT_REG || entry.type == DT_LNK) && is_python(entry.name);
    if (entry.type != DT_DIR && entry.type != DT_LNK && !may_be_file) continue;
    std::string path = join_path(folders_[folder].path, entry.name);
    if (entry.type == DT_DIR) {
      visit_folder(std::move(path), folder, level, false);
      continue;
    }
    if (entry.type == DT_LNK) {
      const PathKind target = path_kind(path);
      if (target == PathKind::directory) visit_folder(path, folder, level, true);
      if (target != PathKind::file) continue;
    }
    if (may_be_file) visit_file(directory, path, folder, level);
  }
}

void FolderWalk::visit_folder(std::string path, FolderId folder, IgnoreLevelId level, bool is_link) {
  if (base_name(path) == "__pycache__" || is_excluded(path, EntryKind::directory)) return;
  if (knows_output_ && is_output(base_name(path)) && access((path + "/__init__.py").c_str(), F_OK) != 0) return;
  // git sees a link as a file.
  if (chain_.ignores(level, path, is_link ? EntryKind::file : EntryKind::directory)) return;
  const bool is_reached = folders_[folder].is_reached && pytest_enters(path);
  Pending pending{
      .path = std::move(path), .parent = folder, .level = level, .is_reached = is_reached, .is_link = is_link};
  if (!is_link) return pending_.push_back(std::move(pending));
  std::string key = pending.path;
  links_.emplace(std::move(key), std::move(pending));
}

void FolderWalk::visit_file(int directory, const std::string& path, FolderId folder, IgnoreLevelId level) {
  if (is_excluded(path, EntryKind::file) || chain_.ignores(level, path, EntryKind::file)) return;
  struct stat status {};
  const std::string name(base_name(path));
  if (fstatat(directory, name.c_str(), &status, 0) != 0 || !S_ISREG(status.st_mode)) return;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > largest_python) return report(path, too_large);
  files_.push_back({path, folder, size, folders_[folder].is_reached && !pytest_ignores(path)});
}

void FolderWalk::add_file(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return report(path, fmt::format("cannot be read: {}", std::strerror(errno)));
  if (!S_ISREG(status.st_mode) || !is_python(base_name(path))) return report(path, "is not a Python file, left out");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > largest_python) return report(path, too_large);
  files_.push_back({path, {}, size, false});
}

/// A folder is listed under one name only; a link back to where it hangs would never end.
bool FolderWalk::is_new(const FileKey& key, const Pending& pending) {
  const bool is_first = seen_.emplace(key, FolderId()).second;
  if (!is_first && pending.is_link && is_loop(key, pending.parent)) {
    report(pending.path, "is a link to a directory that it lies in, not followed");
  }
  return is_first;
}

bool FolderWalk::is_loop(const FileKey& key, FolderId parent) const {
  const FolderId target = seen_.at(key);
  for (FolderId at = parent; target && at; at = folders_[at].parent) {
    if (at == target) return true;
  }
  return false;
}

bool FolderWalk::is_excluded(std::string_view path, EntryKind kind) const {
  const std::string& root = config_.pytest.root;
  if (root == "/") return exclude_.verdict(path.substr(1), kind) == IgnoreList::Verdict::ignored;
  // Outside of the root directory only patterns without a slash mean something.
  const std::string_view shown =
      lies_in(path, root) ? path.substr(std::min(root.size() + 1, path.size())) : base_name(path);
  return exclude_.verdict(shown, kind) == IgnoreList::Verdict::ignored;
}

bool FolderWalk::pytest_enters(std::string_view path) const {
  return !any_matches(norecursedirs_, path) && !pytest_ignores(path);
}

bool FolderWalk::pytest_ignores(std::string_view path) const {
  return std::ranges::find(config_.pytest.ignore, path) != config_.pytest.ignore.end() ||
         std::ranges::any_of(ignore_globs_, [&](const Glob& glob) { return glob.matches(path); });
}

void FolderWalk::report(std::string path, std::string message) {
  problems_.push_back({ProblemSeverity::warning, std::move(path), 0, 0, std::move(message)});
}

}  // namespace hasten
