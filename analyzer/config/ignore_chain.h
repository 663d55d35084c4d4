#pragma once

// The ignore files that apply to a folder: its own and those above it. `.ignore` beats `.gitignore`, which beats
// `.git/info/exclude`; within a kind the nearer file beats the farther one. The user's global ignore file is not read:
// the answer must not depend on the machine. A .gitignore counts without a .git, too, as in an unpacked archive.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/id.h"
#include "analyzer/base/table.h"
#include "analyzer/text/gitignore.h"

namespace hasten {

struct IgnoreLevelTag;
using IgnoreLevelId = Id<IgnoreLevelTag>;

class IgnoreChain {
 public:
  /// What applies to the entries of the folder that holds `directory`: the files from the top of its git repository
  /// (else from `top`, when `directory` lies in that) down to its parent. None when nothing does, or when they ignore
  /// `directory` itself: who asks for an ignored folder wants to see what is in it.
  [[nodiscard]] IgnoreLevelId above(const std::string& directory, const std::string& top);

  /// What applies to the entries of `directory`: its own .gitignore and .ignore before `parent`. Reads both.
  [[nodiscard]] IgnoreLevelId inside(const std::string& directory, IgnoreLevelId parent);

  /// `path` is absolute and lies below the directories of `level`. Says nothing about the folders above it.
  [[nodiscard]] bool ignores(IgnoreLevelId level, std::string_view path, EntryKind kind) const;

 private:
  enum class Source : std::uint8_t { ignore_file, gitignore, info_exclude };
  struct Level {
    IgnoreLevelId parent;
    Source source{};
    std::size_t prefix = 0;  // length of the directory and its slash
    IgnoreList list;
  };

  IgnoreLevelId add(const std::string& file, const std::string& directory, Source source, IgnoreLevelId parent);

  Table<IgnoreLevelTag, Level> levels_;
};

}  // namespace hasten
