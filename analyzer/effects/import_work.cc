#include "analyzer/effects/import_work.h"

#include <vector>

#include "analyzer/effects/api_words.h"
#include "analyzer/effects/call_facts.h"

namespace hasten {
namespace {

constexpr EffectSet work = {EffectKind::sleep,        EffectKind::network,   EffectKind::subprocess,
                            EffectKind::database,     EffectKind::file_read, EffectKind::heavy_construction,
                            EffectKind::password_hash};

/// At module or class level, and not below a condition or in a handler.
bool surely_runs(const FileModel& model, const Call& call) {
  if (call.in_lambda) return false;
  for (BlockId id = call.block; id; id = model.blocks[id].parent) {
    switch (model.blocks[id].kind) {
      case BlockKind::module:
      case BlockKind::class_:
      case BlockKind::with_:
      case BlockKind::try_:
      case BlockKind::finally: break;
      default: return false;
    }
  }
  return true;
}

/// Test modules with tests, and conftests: a script may be called like a test, and whether a helper is imported is not
/// known.
std::vector<bool> collected_files(const ProjectTables& tables) {
  std::vector<bool> collected(tables.files.size());
  for (FileId file : tables.files.ids()) collected[file.index()] = tables.files[file].role == FileRole::conftest;
  for (const Test& test : tables.tests) collected[test.file.index()] = true;
  return collected;
}

}  // namespace

void link_import_work(ProjectTables& tables, Values& values, Calls& calls) {
  const ApiWords words(calls.knowledge(), [](const Api& api) { return api.effects.meets(work); });
  const std::vector<bool> is_collected = collected_files(tables);
  for (FileId file : tables.files.ids()) {
    if (!is_collected[file.index()]) continue;
    const FileModel& model = tables.files[file].model;
    for (CallId id : model.calls.ids()) {
      const Call& call = model.calls[id];
      if (model.function_of(call.block) || !words.may_be_called_by(model, call) || !surely_runs(model, call)) continue;
      const Callee& callee = calls.callee(file, id);
      if (callee.api == nullptr || !callee.api->effects.meets(work)) continue;
      for (const CallEffect& effect : effects_of_call({tables, values, file, id}, callee, EffectDetail::noticeable)) {
        if (work.has(effect.row.kind) && effect.row.is_private == 0) tables.effects.add(effect.row);
      }
    }
  }
}

}  // namespace hasten
