#include "analyzer/effects/tasks.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace hasten {
namespace {

/// Calls before one in its statement that are asked whether they enclose it.
constexpr std::uint32_t max_enclosing = 64;

constexpr std::string_view task_makers[] = {"create_task", "ensure_future", "start_soon", "create_background_task"};

}  // namespace

bool is_left_to_a_task(const FileModel& model, CallId id) {
  const Call& call = model.calls[id];
  if (call.is_awaited) return false;
  // Calls are in the order of their expressions: what encloses this one stands shortly before it.
  const std::uint32_t begin = id.index() - std::min(id.index(), max_enclosing);
  for (std::uint32_t at = id.index(); at-- > begin;) {
    const Call& outer = model.calls[CallId(at)];
    if (outer.statement != call.statement) return false;
    if (!model.subtree(outer.expr).contains(call.expr)) continue;
    const std::string_view name = model.word(model.first_child(outer.expr));
    if (std::ranges::find(task_makers, name) != std::end(task_makers)) return true;
  }
  return false;
}

}  // namespace hasten
