#include "analyzer/names/modules.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "analyzer/names/python_names.h"

namespace hasten {
namespace {

constexpr std::string_view init_file = "/__init__.py";

/// How many meanings of one top-level name are compared on each side of the importer's place in path order. The
/// nearest one shares the longest prefix with the importer, so it stands next to that place.
constexpr std::ptrdiff_t window = 8;

std::string_view parent(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return path.size() > 1 ? path.substr(0, 1) : std::string_view();
  return path.substr(0, slash);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// `relative` below `root`, with `.` and `..` taken out. Neither needs to exist.
std::string joined(std::string_view root, std::string_view relative) {
  std::string out(root);
  while (out.size() > 1 && out.back() == '/') out.pop_back();
  if (relative.starts_with('/')) out.clear();
  for (std::size_t at = 0; at < relative.size();) {
    const std::size_t end = std::min(relative.find('/', at), relative.size());
    const std::string_view part = relative.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      out = std::string(parent(out));
    } else {
      if (!out.ends_with('/')) out += '/';
      out += part;
    }
  }
  return out.empty() ? "/" : out;
}

std::string base_of(std::string_view root) { return root.empty() ? "/" : joined("/", root); }

/// str.isidentifier, where every byte beyond ASCII may be part of one.
bool is_identifier(std::string_view name) {
  const auto fits = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, fits);
}

/// Length of the folder prefix, with its slash, that two paths share.
std::size_t shared_folders(std::string_view left, std::string_view right) {
  const auto [at, other] = std::ranges::mismatch(left, right);
  const std::size_t same = static_cast<std::size_t>(at - left.begin());
  return left.substr(0, same).rfind('/') + 1;
}

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == "/") return true;
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string with_slashes(std::string_view dotted) {
  std::string out(dotted);
  std::ranges::replace(out, '.', '/');
  return out;
}

}  // namespace

Modules::Modules(const Table<FileTag, File>& files, const std::vector<std::string>& roots, std::string_view root) {
  const std::string base = base_of(root);
  for (FileId file : files.ids()) {
    paths_.push_back(joined(base, files[file].source.path()));
    by_path_.emplace(paths_.back(), file);
  }
  for (const std::string& path : paths_) {
    for (std::string_view folder = parent(path); !folder.empty(); folder = parent(folder)) {
      if (!folders_.try_emplace(std::string(folder)).second) break;  // so are those above it
    }
    if (path.ends_with(init_file) && is_identifier(base_name(parent(path)))) {
      folders_[std::string(parent(path))].is_package = true;
    }
  }
  for (const std::string& folder : roots) folders_[joined(base, folder)].is_root = true;
  collect_tops();
  name_files();
}

void Modules::collect_tops() {
  const auto is_root = [this](std::string_view folder) {
    const auto found = folders_.find(std::string(folder));
    return found != folders_.end() && found->second.is_root;
  };
  for (const auto& [path, file] : by_path_) {
    if (!path.ends_with(".py") || path.ends_with(init_file) || !is_root(parent(path))) continue;
    const std::string stem = path.substr(0, path.size() - 3);
    tops_[std::string(base_name(stem))].push_back({stem, file});
  }
  for (const auto& [path, folder] : folders_) {
    if (path == "/" || !is_root(parent(path))) continue;
    const auto init = by_path_.find(path + std::string(init_file));
    tops_[std::string(base_name(path))].push_back({path, init == by_path_.end() ? FileId() : init->second});
  }
  // A package comes before a module of the same name and place.
  const auto order = [this](const Top& left, const Top& right) {
    const auto is_package = [this](const Top& top) {
      return top.file && paths_[top.file.index()].size() != top.path.size() + 3;
    };
    return std::tuple(std::string_view(left.path), !is_package(left), left.file) <
           std::tuple(std::string_view(right.path), !is_package(right), right.file);
  };
  for (auto& [name, tops] : tops_) std::ranges::sort(tops, order);
}

void Modules::name_files() {
  for (const std::string& path : paths_) {
    std::string& name = names_.emplace_back();
    if (!path.ends_with(".py")) continue;
    const auto flags = [this](std::string_view folder) {
      const auto found = folders_.find(std::string(folder));
      return found == folders_.end() ? Folder() : found->second;
    };
    std::string_view folder = parent(path);
    while (folder.size() > 1 && flags(folder).is_package) folder = parent(folder);
    while (folder.size() > 1 && !flags(folder).is_root) folder = parent(folder);
    if (!flags(folder).is_root) continue;
    const std::size_t ending = path.ends_with(init_file) ? init_file.size() : 3;
    const std::string_view stem = std::string_view(path).substr(0, path.size() - ending);
    if (is_below(stem, folder)) name = stem.substr(folder.size() == 1 ? 1 : folder.size() + 1);
    std::ranges::replace(name, '/', '.');
  }
}

FileId Modules::find(std::string_view dotted, FileId importer) const {
  const std::string_view first = dotted.substr(0, dotted.find('.'));
  const std::string_view rest = first.size() == dotted.size() ? std::string_view() : dotted.substr(first.size() + 1);
  return nearest(first, rest, importer);
}

bool Modules::is_namespace(std::string_view dotted, FileId importer) const {
  const std::string_view first = dotted.substr(0, dotted.find('.'));
  const std::string_view rest = first.size() == dotted.size() ? std::string_view() : dotted.substr(first.size() + 1);
  const auto found = tops_.find(std::string(first));
  if (found == tops_.end() || is_standard_library(first) || find(dotted, importer)) return false;
  if (rest.empty()) return true;
  return std::ranges::any_of(found->second,
                             [&](const Top& top) { return folders_.contains(top.path + '/' + with_slashes(rest)); });
}

FileId Modules::regular(std::string path) const {
  const std::size_t stem = path.size();
  if (auto found = by_path_.find(path.append(init_file)); found != by_path_.end()) return found->second;
  path.resize(stem);
  if (auto found = by_path_.find(path.append(".py")); found != by_path_.end()) return found->second;
  return {};
}

FileId Modules::held_by(const Top& top, std::string_view rest) const {
  return rest.empty() ? top.file : regular(top.path + '/' + with_slashes(rest));
}

FileId Modules::nearest(std::string_view top, std::string_view rest, FileId importer) const {
  const auto found = tops_.find(std::string(top));
  if (found == tops_.end()) return {};
  if (is_standard_library(top) || top == "pytest" || top == "_pytest") return {};
  const std::vector<Top>& tops = found->second;
  const std::string_view from = importer ? std::string_view(paths_[importer.index()]) : std::string_view("/");

  FileId best;
  std::tuple<bool, bool, std::size_t> best_score;
  const auto consider = [&](const Top& candidate) {
    const FileId file = held_by(candidate, rest);
    if (!file) return;
    const bool root_is_above = is_below(from, parent(candidate.path));
    const std::tuple score(static_cast<bool>(candidate.file), root_is_above, shared_folders(candidate.path, from));
    if (!best || best_score < score) best = file, best_score = score;
  };
  for (std::string_view folder = parent(from); !folder.empty(); folder = parent(folder)) {
    const std::string path = (folder.size() > 1 ? std::string(folder) : std::string()) + '/' + std::string(top);
    const auto same = std::ranges::equal_range(tops, path, {}, &Top::path);
    for (const Top& candidate : same) consider(candidate);
    const bool is_package_or_module = std::get<0>(best_score);
    if (best && is_package_or_module) return best;
  }
  const std::ptrdiff_t place = std::ranges::lower_bound(tops, from, {}, &Top::path) - tops.begin();
  const std::ptrdiff_t end = std::min<std::ptrdiff_t>(place + window, std::ssize(tops));
  for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(place - window, 0); i < end; ++i) {
    consider(tops[static_cast<std::size_t>(i)]);
  }
  return best;
}

std::string Modules::absolute(FileId importer, std::uint8_t level, std::string_view module) const {
  if (level == 0) return std::string(module);
  std::string_view package = name_of(importer);
  const bool is_package = paths_[importer.index()].ends_with(init_file);
  if (package.empty()) return {};
  for (int up = is_package ? 1 : 0; up < level; ++up) {
    const std::size_t dot = package.rfind('.');
    if (dot == std::string_view::npos) return {};
    package = package.substr(0, dot);
  }
  std::string out(package);
  if (!module.empty()) out.append(1, '.').append(module);
  return out;
}

std::vector<std::string> import_roots(const Table<FileTag, File>& files, const PytestConfig& config,
                                      std::string_view root) {
  const std::string base = base_of(root);
  std::set<std::string> packages, found;
  for (const File& file : files) {
    const std::string path = joined(base, file.source.path());
    if (path.ends_with(init_file) && is_identifier(base_name(parent(path)))) packages.emplace(parent(path));
  }
  const auto is_package = [&](std::string_view folder) {
    if (packages.contains(std::string(folder))) return true;
    if (root.empty() || is_below(folder, base)) return false;
    std::error_code ignored;  // unreadable: no package for us
    return is_identifier(base_name(folder)) &&
           std::filesystem::is_regular_file(std::string(folder) + std::string(init_file), ignored);
  };
  const auto above_packages = [&](std::string_view folder) {
    while (folder.size() > 1 && is_package(folder)) folder = parent(folder);
    return std::string(folder);
  };
  found.insert(above_packages(base));
  for (const std::string& folder : config.pythonpath.value) found.insert(joined(base, folder));
  for (const File& file : files) {
    const std::string path = joined(base, file.source.path());
    const std::string_view folder = parent(path);
    if (file.role == FileRole::test_module || file.role == FileRole::conftest) found.insert(above_packages(folder));
    // Where distributions keep what they install.
    if (base_name(path) == "setup.py") found.emplace(folder);
    const std::string top = above_packages(folder);
    if (base_name(top) == "src" || base_name(top) == "lib" || base_name(top) == "python") {
      found.insert(top);
      continue;
    }
    // `src/poetry/core/__init__.py`: the folders between are namespace packages.
    for (std::string_view at = parent(top); is_below(at, base) && is_identifier(base_name(at)); at = parent(at)) {
      if (base_name(at) != "src") continue;
      found.emplace(at);
      break;
    }
  }
  std::vector<std::string> roots;
  for (const std::string& folder : found) {
    if (folder == base) {
      roots.emplace_back();
    } else if (is_below(folder, base)) {
      roots.push_back(folder.substr(base.size() == 1 ? 1 : base.size() + 1));
    } else {
      roots.push_back(folder);
    }
  }
  return roots;
}

void name_modules(ProjectTables& tables, const Modules& modules) {
  for (FileId file : tables.files.ids()) {
    const std::string_view name = modules.name_of(file);
    if (!name.empty()) tables.files[file].module = tables.names.intern(name);
  }
}

}  // namespace hasten
