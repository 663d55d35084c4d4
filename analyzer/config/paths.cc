#include "analyzer/config/paths.h"

#include <algorithm>
#include <array>
#include <climits>

#include <sys/stat.h>
#include <unistd.h>

namespace hasten {

PathKind path_kind(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return PathKind::missing;
  if (S_ISREG(status.st_mode)) return PathKind::file;
  return S_ISDIR(status.st_mode) ? PathKind::directory : PathKind::other;
}

std::string working_directory() {
  std::array<char, PATH_MAX> buffer{};
  const char* path = getcwd(buffer.data(), buffer.size());
  return path != nullptr && *path == '/' ? std::string(path) : std::string("/");
}

std::string absolute_path(std::string_view path, std::string_view base) {
  const std::string joined = path.starts_with('/') ? std::string(path) : std::string(base) + '/' + std::string(path);
  std::string out;
  for (std::size_t at = 0; at < joined.size();) {
    const std::size_t end = std::min(joined.find('/', at), joined.size());
    const std::string_view part = std::string_view(joined).substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      out.resize(out.empty() ? 0 : out.rfind('/'));
      continue;
    }
    (out += '/') += part;
  }
  return out.empty() ? "/" : out;
}

std::string relative_path(std::string_view path, std::string_view base) {
  if (path == base) return ".";
  if (lies_in(path, base)) return std::string(path.substr(base == "/" ? 1 : base.size() + 1));
  const std::string shared = common_ancestor(path, base);
  const std::size_t shared_size = shared == "/" ? 0 : shared.size();
  std::string out;
  if (base.size() > shared_size && base != "/") {
    const std::string_view up = base.substr(shared_size);
    for (auto left = std::ranges::count(up, '/'); left > 0; --left) out += out.empty() ? ".." : "/..";
  }
  if (path.size() > shared_size + 1) {
    if (!out.empty()) out += '/';
    out += path.substr(shared_size + 1);
  }
  return out;
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? std::string_view("/") : path.substr(0, slash);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string join_path(std::string_view directory, std::string_view name) {
  std::string out(directory);
  if (!out.ends_with('/')) out += '/';
  return out += name;
}

bool lies_in(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

std::string common_ancestor(std::string_view a, std::string_view b) {
  while (!lies_in(b, a)) a = parent_path(a);
  return std::string(a);
}

}  // namespace hasten
