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
  if (model.calls[id].is_awaited) return false;
  return std::ranges::any_of(calls_around(model, id), [&](CallId outer) {
    const std::string_view name = model.word(model.first_child(model.calls[outer].expr));
    return std::ranges::find(task_makers, name) != std::end(task_makers);
  });
}

std::vector<CallId> calls_around(const FileModel& model, CallId id) {
  std::vector<CallId> around;
  const Call& call = model.calls[id];
  // Calls are in the order of their expressions: what encloses this one stands shortly before it.
  const std::uint32_t begin = id.index() - std::min(id.index(), max_enclosing);
  for (std::uint32_t at = id.index(); at-- > begin;) {
    const Call& outer = model.calls[CallId(at)];
    if (outer.statement != call.statement) break;
    if (model.subtree(outer.expr).contains(call.expr)) around.emplace_back(at);
  }
  return around;
}

}  // namespace hasten
