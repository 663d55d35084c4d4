#include "analyzer/check/call_reach.h"

#include <algorithm>
#include <map>
#include <utility>

namespace hasten {

std::vector<FunctionRef> entry_functions(const Project& project, const Test& test) {
  std::vector<FunctionRef> functions;
  const auto add = [&](FunctionRef function) {
    if (function) functions.push_back(function);
  };
  const auto add_fixture = [&](FixtureId id) {
    if (!id) return;
    add(project->fixtures[id].function);
    add(project->fixtures[id].teardown);
  };
  add(test.function);
  add_fixture(test.call_hook);
  for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
    for (const ClosureEntry& entry : *entries) add_fixture(entry.fixture);
  }
  return functions;
}

std::set<FunctionRef> called_from(const Project& project, std::vector<FunctionRef> functions) {
  std::set<FunctionRef> reached(functions.begin(), functions.end());
  while (!functions.empty()) {
    const FunctionRef caller = functions.back();
    functions.pop_back();
    for (const CallEdge& edge : std::ranges::equal_range(project->calls, caller, {}, &CallEdge::caller)) {
      if (reached.insert(edge.callee).second) functions.push_back(edge.callee);
    }
  }
  return reached;
}

std::set<FunctionRef> callers_of(const Project& project, std::vector<FunctionRef> functions) {
  std::multimap<FunctionRef, FunctionRef> callers;
  for (const CallEdge& edge : project->calls) callers.emplace(edge.callee, edge.caller);
  std::set<FunctionRef> reached(functions.begin(), functions.end());
  while (!functions.empty()) {
    const auto [first, last] = callers.equal_range(functions.back());
    functions.pop_back();
    for (auto at = first; at != last; ++at) {
      if (reached.insert(at->second).second) functions.push_back(at->second);
    }
  }
  return reached;
}

std::vector<FunctionRef> callers_by_name(const Project& project, std::string_view name) {
  std::vector<FunctionRef> callers;
  for (const FileId file : project->files.ids()) {
    const FileModel& model = project.model(file);
    for (const Call& call : model.calls) {
      if (model.word(model.first_child(call.expr)) == name) callers.push_back({file, model.function_of(call.block)});
    }
  }
  return callers;
}

}  // namespace hasten
