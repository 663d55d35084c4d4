#pragma once

// Which blocks of a file stand in which.

#include "analyzer/model/file_model.h"

namespace hasten {

/// Is `block` the other or anywhere below it?
[[nodiscard]] inline bool is_within(const FileModel& model, BlockId block, BlockId outer) {
  while (block && block != outer) block = model.blocks[block].parent;
  return block == outer;
}

/// Does what stands in the block run in a `finally` of its function?
[[nodiscard]] inline bool is_in_finally(const FileModel& model, BlockId block) {
  for (; block && model.blocks[block].kind != BlockKind::function; block = model.blocks[block].parent) {
    if (model.blocks[block].kind == BlockKind::finally) return true;
  }
  return false;
}

}  // namespace hasten
