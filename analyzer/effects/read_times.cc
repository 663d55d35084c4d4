#include "analyzer/effects/read_times.h"

#include <string_view>

#include <fmt/format.h>

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

std::uint64_t size_of_data(const ProjectTables& tables, const Effect& effect, const FileSize& size_of) {
  const std::string_view tail = tables.names[effect.resource];
  if (tail.empty() || tail.starts_with('/')) return 0;
  if (effect.root == PathRoot::working_directory) return size_of(std::string(tail));
  if (effect.root != PathRoot::source_tree) return 0;
  for (std::string_view folder = folder_of(tables.files[effect.place.file].source.path());;
       folder = folder_of(folder)) {
    const std::string path = folder.empty() ? std::string(tail) : fmt::format("{}/{}", folder, tail);
    if (const std::uint64_t size = size_of(path)) return size;
    if (folder.empty()) return 0;
  }
}

}  // namespace

void time_reads(ProjectTables& tables, const Knowledge& knowledge, const FileSize& size_of) {
  constexpr double megabyte = 1e6;
  for (Effect& effect : tables.effects) {
    if (effect.kind != EffectKind::file_read || !effect.resource) continue;
    const Api* api = knowledge.find_api(tables.names[effect.api]);
    if (api == nullptr || api->rate <= 0) continue;
    const std::uint64_t size = size_of_data(tables, effect, size_of);
    if (size > 0) effect.seconds = {static_cast<float>(static_cast<double>(size) / (api->rate * megabyte))};
  }
}

}  // namespace hasten
