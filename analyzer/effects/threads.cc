#include "analyzer/effects/threads.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hasten {
namespace {

using std::string_view;

/// Where the function stands among the arguments.
struct Starter {
  string_view name;
  std::size_t position = 0;
  string_view keyword;
  bool is_awaited = false;
};

constexpr std::array starters = {
    Starter{"threading.Thread", 1, "target", false},
    Starter{"threading.Timer", 1, "function", false},
    Starter{"_thread.start_new_thread", 0, "", false},
    Starter{"concurrent.futures.ThreadPoolExecutor.submit", 0, "fn", false},
    Starter{"asyncio.to_thread", 0, "func", true},
    Starter{"asyncio.AbstractEventLoop.run_in_executor", 1, "func", true},
    Starter{"anyio.to_thread.run_sync", 0, "func", true},
    Starter{"trio.to_thread.run_sync", 0, "sync_fn", true},
};

FunctionRef run_of(FileId file, const Call& call, const FileModel& model, Values& values) {
  const ExprId callee = model.first_child(call.expr);
  if (model.exprs[callee].kind != ExprKind::attribute) return {};
  const Value thread = values.evaluate(file, call.block, model.first_child(callee));
  return thread.kind == Value::Kind::object ? values.names().method(thread.class_ref(), "run") : FunctionRef();
}

}  // namespace

std::optional<ThreadCall> thread_of_call(FileId file, const Call& call, const Callee& callee,
                                         const ProjectTables& tables, Values& values) {
  if (!callee.external) return std::nullopt;
  const FileModel& model = tables.files[file].model;
  const string_view name = tables.names[callee.external];
  if (name == "threading.Thread.start") {
    const FunctionRef run = run_of(file, call, model, values);
    return run ? std::optional(ThreadCall{run, false}) : std::nullopt;
  }
  const auto starter = std::ranges::find(starters, name, &Starter::name);
  if (starter == starters.end()) return std::nullopt;
  ExprId target = starter->keyword.empty() ? ExprId() : model.keyword(call.expr, starter->keyword);
  if (!target) target = model.positional(call.expr, starter->position);
  const Value function = target ? values.evaluate(file, call.block, target) : Value();
  if (function.kind != Value::Kind::function) return std::nullopt;
  return ThreadCall{function.function_ref(), starter->is_awaited};
}

}  // namespace hasten
