#pragma once

// Projects made by hand, row by row: what the tests of checking start from. Files are one line of text per name, so
// that a place can be found by its text.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

class Suite {
 public:
  /// Files must be added in the order of their paths. Each `def name` in `text` becomes a function up to the next blank
  /// line.
  FileId file(FileRole role, std::string path, std::string text) {
    const FileId id = tables_.files.add({role, {}, Source(std::move(path), std::move(text)), {}});
    tables_.files[id].source.index_lines();
    add_functions(tables_.files[id]);
    return id;
  }

  [[nodiscard]] Place place(FileId file, std::string_view text) const {
    const auto begin = static_cast<std::uint32_t>(tables_.files[file].source.bytes().find(text));
    return {file, {begin, begin + static_cast<std::uint32_t>(text.size())}};
  }

  [[nodiscard]] FunctionRef function(FileId file, std::string_view name) const {
    const FileModel& model = tables_.files[file].model;
    for (const FunctionId id : model.functions.ids()) {
      if (model.word(model.functions[id].name) == name) return {file, id};
    }
    return {};
  }

  TestId test(FileId file, std::string_view name, Count cases = {1}) {
    Test row{};
    row.file = file;
    row.function = function(file, name);
    row.name = tables_.names.intern(name);
    row.qualified_name = row.name;
    row.cases = cases;
    return tables_.tests.add(std::move(row));
  }

  FixtureId fixture(FileId file, std::string_view name, Scope scope) {
    Fixture row{};
    row.name = tables_.names.intern(name);
    row.holder = HolderKind::conftest;
    row.scope = scope;
    row.file = file;
    row.function = function(file, name);
    row.params = {0};
    return tables_.fixtures.add(std::move(row));
  }

  EffectId effect(EffectKind kind, std::string_view api, Place place, FunctionId inside) {
    Effect row{};
    row.kind = kind;
    row.place = place;
    row.function = inside;
    row.api = tables_.names.intern(api);
    return tables_.effects.add(row);
  }

  Step step(Place place, std::string_view in, std::string_view calls) {
    return {place, tables_.names.intern(in), tables_.names.intern(calls)};
  }

  PathId path(EffectId effect, FunctionRef root, const std::vector<Step>& steps, Phase phase = Phase::setup) {
    const auto first = static_cast<std::uint32_t>(tables_.path_steps.size());
    for (const Step& step : steps) tables_.path_steps.push_back(tables_.steps.add(step));
    return tables_.paths.add({effect, root, first, static_cast<std::uint16_t>(steps.size()), phase});
  }

  /// In the order of effects, then tests.
  void reach(EffectId effect, TestId test, FixtureId fixture, PathId path, std::string_view mask = {}) {
    tables_.reaches.push_back({effect, test, fixture, path, mask.empty() ? NameId() : tables_.names.intern(mask)});
  }

  [[nodiscard]] ProjectTables& tables() { return tables_; }
  [[nodiscard]] Project freeze() && { return Draft(std::move(tables_)).freeze(); }

 private:
  static void add_functions(File& file) {
    const std::string_view text = file.source.bytes();
    for (std::size_t at = text.find("def "); at != std::string_view::npos; at = text.find("def ", at + 1)) {
      const std::size_t name_end = text.find('(', at);
      const std::size_t end = std::min(text.size(), text.find("\n\n", at));
      Function row{};
      row.name = file.model.words.add(text.substr(at + 4, name_end - at - 4));
      row.name_range = {static_cast<std::uint32_t>(at + 4), static_cast<std::uint32_t>(name_end)};
      row.range = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      file.model.functions.add(row);
    }
  }

  ProjectTables tables_;
};

}  // namespace hasten
