#include "analyzer/suite/requirement_search.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <dirent.h>

#include "analyzer/config/paths.h"
#include "analyzer/suite/lock_file.h"
#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t most_entries = 20000;  // of a folder
constexpr std::size_t most_files = 64;       // of requirements in a folder

struct Reader {
  std::string_view name;
  void (*read)(const std::string& path, Claims& claims);
};

constexpr auto locks = std::to_array<Reader>({{"uv.lock", read_toml_lock},
                                              {"poetry.lock", read_toml_lock},
                                              {"pdm.lock", read_toml_lock},
                                              {"pylock.toml", read_toml_lock},
                                              {"Pipfile.lock", read_pipfile_lock}});

/// Before requirements*.txt and after them, in the order in which one is believed more than the next.
constexpr auto before_text = std::to_array<Reader>({{"pyproject.toml", read_pyproject}, {"Pipfile", read_pipfile}});
constexpr auto after_text = std::to_array<Reader>({{"setup.cfg", read_setup_cfg},
                                                   {"tox.ini", read_tox_ini},
                                                   {"environment.yml", read_conda_environment},
                                                   {"environment.yaml", read_conda_environment}});

constexpr auto folders_of_requirements = std::to_array<std::string_view>({"", "requirements", "tests", "test", "ci"});

template <class Readers>
void read_those_there(const Readers& readers, std::string_view folder, Claims& claims) {
  for (const Reader& reader : readers) {
    const std::string path = join_path(folder, reader.name);
    if (path_kind(path) == PathKind::file) reader.read(path, claims);
  }
}

bool speaks_of_pytest(const Claims& claims) {
  return std::ranges::find(claims.rows, "pytest", &Claim::name) != claims.rows.end();
}

/// `requirements.txt`, `dev-requirements.in`, `constraints.txt`; in a folder of that name any .txt and .in.
bool is_requirements(std::string_view name, bool in_own_folder) {
  if (!name.ends_with(".txt") && !name.ends_with(".in")) return false;
  return in_own_folder || name.find("requirements") != npos || name.find("constraints") != npos;
}

/// Sorted; the pinned .txt of pip-compile comes before its .in only by being exact.
std::vector<std::string> requirements_in(const std::string& folder, bool is_own_folder) {
  std::vector<std::string> names;
  DIR* stream = opendir(folder.c_str());
  if (stream == nullptr) return names;
  std::size_t count = 0;
  while (const dirent* entry = readdir(stream)) {
    if (++count > most_entries) break;
    if (is_requirements(entry->d_name, is_own_folder)) names.emplace_back(entry->d_name);
  }
  closedir(stream);
  std::ranges::sort(names);
  names.resize(std::min(names.size(), most_files));
  return names;
}

void read_requirements(const std::string& directory, Claims& claims) {
  RequirementsText texts(claims);
  for (const std::string_view name : folders_of_requirements) {
    const std::string folder = name.empty() ? directory : join_path(directory, name);
    for (const std::string& file : requirements_in(folder, name == "requirements")) {
      const std::string path = join_path(folder, file);
      if (path_kind(path) == PathKind::file) texts.read(path);
    }
  }
}

/// The root directory and what is above it in the same repository; it alone outside of one.
std::vector<std::string> directories_up(const std::string& root) {
  std::vector<std::string> directories;
  for (std::string_view directory = root;; directory = parent_path(directory)) {
    directories.emplace_back(directory);
    if (path_kind(join_path(directory, ".git")) != PathKind::missing) return directories;
    if (directory == "/") return {root};
  }
}

void append(Claims&& more, Claims& to) {
  std::ranges::move(more.rows, std::back_inserter(to.rows));
  std::ranges::move(more.problems, std::back_inserter(to.problems));
}

}  // namespace

FoundClaims search_claims(const std::string& root) {
  FoundClaims found;
  for (const std::string& directory : directories_up(root)) {
    if (!speaks_of_pytest(found.locked)) {
      Claims here;
      read_those_there(locks, directory, here);
      // A lock file without pytest is for something else than the tests.
      if (!speaks_of_pytest(here)) here.rows.clear();
      append(std::move(here), found.locked);
    }
    if (!speaks_of_pytest(found.required)) {
      read_those_there(before_text, directory, found.required);
      read_requirements(directory, found.required);
      read_those_there(after_text, directory, found.required);
    }
    if (speaks_of_pytest(found.locked) && speaks_of_pytest(found.required)) break;
  }
  return found;
}

std::string setup_script_of(const std::string& root) {
  std::string path = join_path(root, "setup.py");
  return path_kind(path) == PathKind::file ? path : std::string();
}

}  // namespace hasten
