#pragma once

// Which statements of a module's, class's or function's body have a say in what one of its variables holds, and which
// blocks belong to a compound statement. Found once per file.

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/namespaces.h"

namespace hasten {

class RelevantStatements {
 public:
  explicit RelevantStatements(const ProjectTables& tables) : tables_(tables) {}

  /// Those of the body itself, compound ones whole, in source order.
  [[nodiscard]] std::span<const StatementId> of(FileId file, ScopeKey scope, std::string_view name) const;
  /// `if`, `else`, ...: the blocks that the statement opens, in source order.
  [[nodiscard]] std::span<const BlockId> blocks(FileId file, StatementId header) const;

 private:
  using ByName = std::unordered_map<std::string_view, std::vector<StatementId>>;
  struct OfFile {
    std::unordered_map<std::uint32_t, std::vector<BlockId>> blocks;
    std::unordered_map<std::uint32_t, ByName> scopes;  // by body
  };
  OfFile& in(FileId file) const;

  const ProjectTables& tables_;
  mutable std::unordered_map<FileId, OfFile> files_;
};

}  // namespace hasten
