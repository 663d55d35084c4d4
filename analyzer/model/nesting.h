#pragma once

// Which blocks of a file stand in which.

#include "analyzer/model/file_model.h"

namespace hasten {

/// Is `block` the other or anywhere below it?
[[nodiscard]] inline bool is_within(const FileModel& model, BlockId block, BlockId outer) {
  while (block && block != outer) block = model.blocks[block].parent;
  return block == outer;
}

}  // namespace hasten
