#include "analyzer/config/ignore_chain.h"

#include "analyzer/config/paths.h"
#include "analyzer/text/source.h"

namespace hasten {
namespace {

/// The nearest directory with a .git (a folder, or a file in a linked work tree); empty when there is none.
std::string repository_of(std::string_view directory) {
  while (true) {
    if (path_kind(join_path(directory, ".git")) != PathKind::missing) return std::string(directory);
    if (directory == "/") return {};
    directory = parent_path(directory);
  }
}

}  // namespace

IgnoreLevelId IgnoreChain::above(const std::string& directory, const std::string& top) {
  std::string from = repository_of(directory);
  IgnoreLevelId level;
  if (!from.empty()) level = add(join_path(from, ".git/info/exclude"), from, Source::info_exclude, {});
  if (from.empty()) from = lies_in(directory, top) ? top : directory;

  std::string at = from;
  while (at != directory) {
    level = inside(at, level);
    const std::size_t begin = at == "/" ? 1 : at.size() + 1;
    at = directory.substr(0, directory.find('/', begin));
    if (ignores(level, at, EntryKind::directory)) return {};
  }
  return level;
}

IgnoreLevelId IgnoreChain::inside(const std::string& directory, IgnoreLevelId parent) {
  const IgnoreLevelId git = add(join_path(directory, ".gitignore"), directory, Source::gitignore, parent);
  return add(join_path(directory, ".ignore"), directory, Source::ignore_file, git);
}

IgnoreLevelId IgnoreChain::add(const std::string& file, const std::string& directory, Source source,
                               IgnoreLevelId parent) {
  const auto bytes = read_bytes(file);
  if (!bytes) return parent;
  IgnoreList list = IgnoreList::parse(*bytes);
  if (list.empty()) return parent;
  return levels_.add({parent, source, directory == "/" ? 1 : directory.size() + 1, std::move(list)});
}

bool IgnoreChain::ignores(IgnoreLevelId level, std::string_view path, EntryKind kind) const {
  auto strongest = IgnoreList::Verdict::silent;
  auto strongest_source = Source::info_exclude;
  for (IgnoreLevelId at = level; at; at = levels_[at].parent) {
    const Level& one = levels_[at];
    const bool is_settled = strongest != IgnoreList::Verdict::silent && strongest_source <= one.source;
    if (is_settled) continue;
    const auto verdict = one.list.verdict(path.substr(one.prefix), kind);
    if (verdict == IgnoreList::Verdict::silent) continue;
    strongest = verdict;
    strongest_source = one.source;
  }
  return strongest == IgnoreList::Verdict::ignored;
}

}  // namespace hasten
