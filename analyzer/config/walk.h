#pragma once

// One pass over the folders of a project: every Python file with its size, and which folders and files pytest would
// reach on its way from its arguments (B2). Reads names and sizes, and of files only ignore files.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/id.h"
#include "analyzer/base/table.h"
#include "analyzer/config/config.h"
#include "analyzer/config/ignore_chain.h"
#include "analyzer/config/test_arguments.h"
#include "analyzer/model/problem.h"
#include "analyzer/text/glob.h"

namespace hasten {

struct FolderTag;
using FolderId = Id<FolderTag>;

struct Folder {
  std::string path;  // absolute
  FolderId parent;   // none for the folder a walk began in; parents stand before their children
  bool is_reached = false;
};

struct WalkedFile {
  std::string path;  // absolute
  FolderId folder;
  std::uint64_t size = 0;
  bool is_reached = false;
};

class FolderWalk {
 public:
  /// What is odd becomes a problem with its absolute path.
  FolderWalk(const Config& config, const TestArguments& arguments, std::vector<Problem>& problems);

  /// Everything below `directory` that no earlier walk has seen; the folder itself is never left out.
  void add_tree(const std::string& directory);

  /// A single file, whatever would leave it out; larger than `largest_python` it is a problem.
  void add_file(const std::string& path);

  [[nodiscard]] const Table<FolderTag, Folder>& folders() const { return folders_; }
  [[nodiscard]] const std::vector<WalkedFile>& files() const { return files_; }
  [[nodiscard]] bool is_excluded(std::string_view path, EntryKind kind) const;

 private:
  using FileKey = std::pair<std::uint64_t, std::uint64_t>;  // device and inode
  struct Pending {
    std::string path;
    FolderId parent;
    IgnoreLevelId level;  // of the folder it lies in
    bool is_reached = false;
    bool is_link = false;
    bool is_start = false;
  };
  struct Entry {
    std::string name;
    unsigned char type;  // as in dirent
  };

  void visit(const Pending& pending);
  void visit_entries(int directory, FolderId folder, IgnoreLevelId level, const std::vector<Entry>& entries);
  void visit_folder(std::string path, FolderId folder, IgnoreLevelId level, bool is_link);
  void visit_file(int directory, const std::string& path, FolderId folder, IgnoreLevelId level);
  bool is_new(const FileKey& key, const Pending& pending);
  [[nodiscard]] bool is_loop(const FileKey& key, FolderId parent) const;
  [[nodiscard]] bool pytest_enters(std::string_view path) const;
  [[nodiscard]] bool pytest_ignores(std::string_view path) const;
  void report(std::string path, std::string message);

  const Config& config_;
  std::vector<Problem>& problems_;
  IgnoreList exclude_;
  /// Nobody has said what to exclude: `build` and `dist` are left out unless they are packages.
  bool knows_output_ = false;
  std::vector<PathGlob> norecursedirs_;
  std::vector<Glob> ignore_globs_;
  std::set<FileKey> starts_;  // pytest's directory arguments
  IgnoreChain chain_;

  Table<FolderTag, Folder> folders_;
  std::vector<WalkedFile> files_;
  std::map<FileKey, FolderId> seen_;
  std::vector<Pending> pending_;
  std::map<std::string, Pending> links_;  // for later: a real folder comes before the links to it
};

}  // namespace hasten
