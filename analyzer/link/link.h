#pragma once

// FileModels -> Project: modules, names, collection, fixtures, values, calls, effects, reaches. What comes out has no
// mutators.

#include <cstdint>

#include "analyzer/collect/collect.h"
#include "analyzer/config/config.h"
#include "analyzer/effects/read_times.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/project.h"
#include "analyzer/names/modules.h"

namespace hasten {

enum class LinkDepth : std::uint8_t {
  fixtures,      // what pytest would collect: tests, fixtures, closures
  sure_effects,  // and what they do for sure, as far as others may notice
  effects,       // and what they may do where a call may lead elsewhere
  accesses,      // and what only they notice themselves, what they share with each other, and whether they can run
                 // side by side
};

struct LinkOptions {
  CollectionOptions collection;
  LinkDepth depth = LinkDepth::effects;
  Knowledge knowledge;
  FileSize size_of;  // empty: what it takes to read data stays unknown
};

/// The files of `tables` are final and in path order.
[[nodiscard]] Project link(ProjectTables tables, const PytestConfig& config, const LinkOptions& options = {});

/// The files that `file` imports, in a statement or by a call, or names in `pytest_plugins`, as far as they are the
/// project's, including the packages on the way. Duplicates and any order.
[[nodiscard]] std::vector<FileId> imported_files(const FileModel& model, FileId file, const Modules& modules);

}  // namespace hasten
