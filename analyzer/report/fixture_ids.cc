#include "analyzer/report/fixture_ids.h"

#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace hasten {
namespace {

std::string plain_id(const Project& project, const Fixture& fixture) {
  const std::string_view name = project.name(fixture.name);
  if (!fixture.file) return fmt::format("fixture:plugin::{}", name);
  std::string classes;
  for (ClassRef ref = fixture.holder_class; ref; ref.id = project.model(ref.file).classes[ref.id].outer) {
    const FileModel& model = project.model(ref.file);
    classes = fmt::format("{}::{}", model.word(model.classes[ref.id].name), classes);
  }
  return fmt::format("fixture:{}::{}{}", project.path(fixture.file), classes, name);
}

}  // namespace

std::vector<std::string> fixture_ids(const Project& project) {
  std::vector<std::string> ids;
  std::unordered_map<std::string, int> seen;
  for (const Fixture& fixture : project->fixtures) {
    std::string id = plain_id(project, fixture);
    if (const int before = seen[id]++; before > 0) id += fmt::format("#{}", before + 1);
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace hasten
