#include "analyzer/collect/set_up_doubts.h"

#include <algorithm>

namespace hasten {

SetUpDoubt doubt_about(const Collector& collector, ProjectTables& tables) {
  const auto why = collector.is_conditional ? SetUpDoubt::Why::condition : SetUpDoubt::Why::class_skip;
  return {why, {}, collector.decided_at, tables.names.intern(collector.name), {}};
}

std::vector<SetUpDoubt> SetUpDoubts::take() && {
  std::ranges::sort(rows_, {}, &SetUpDoubt::fixture);
  return std::move(rows_);
}

}  // namespace hasten
