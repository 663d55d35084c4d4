#include "analyzer/lower/lower.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/lower/guard.h"
#include "analyzer/lower/walk.h"
#include "analyzer/syntax/tree.h"
#include "analyzer/text/source.h"

namespace hasten {
namespace {

void note_bad_bytes(std::string_view bytes, FileModel& file) {
  const auto note = [&](FileProblemKind kind, std::size_t at) {
    if (at == std::string_view::npos) return;
    const auto offset = static_cast<std::uint32_t>(at);
    file.problems.push_back({kind, {offset, offset + 1}});
  };
  note(FileProblemKind::invalid_utf8, first_invalid_utf8(bytes));
  note(FileProblemKind::nul_byte, bytes.find('\0'));
}

/// Lines that stop the parser are blanked one by one; after that many everything behind the last one is.
constexpr std::size_t most_attempts = 3;

/// Fills `file`, or leaves it as it was and tells where the parser stalled.
std::optional<std::uint32_t> try_walk(std::string_view bytes, Parser& parser, FileModel& file) {
  Tree tree = parser.parse(bytes);
  if (tree.stalled_at()) return tree.stalled_at();
  Walk(bytes, tree, file).run();
  return std::nullopt;
}

void trim_tables(FileModel& file) {
  file.words.shrink_to_fit();
  file.exprs.shrink_to_fit();
  file.statements.shrink_to_fit();
  file.blocks.shrink_to_fit();
  file.calls.shrink_to_fit();
  file.functions.shrink_to_fit();
  file.params.shrink_to_fit();
  file.decorators.shrink_to_fit();
  file.classes.shrink_to_fit();
  file.imports.shrink_to_fit();
}

}  // namespace

FileModel lower(std::string_view bytes, Parser& parser) {
  FileModel file;
  file.source_bytes = static_cast<std::uint32_t>(bytes.size());
  note_bad_bytes(bytes, file);

  std::string changed;  // the source when it cannot be parsed as it is
  if (std::optional<Guarded> guarded = guard(bytes)) {
    changed = std::move(guarded->bytes);
    bytes = changed;
    if (guarded->deep_at)
      file.problems.push_back({FileProblemKind::too_deep, {*guarded->deep_at, *guarded->deep_at + 1}});
  }
  for (std::size_t attempt = 0;; ++attempt) {
    const std::optional<std::uint32_t> stalled_at = try_walk(bytes, parser, file);
    if (!stalled_at) break;
    file.problems.push_back({FileProblemKind::syntax_error, {*stalled_at, *stalled_at}});
    if (attempt == most_attempts) break;
    if (changed.empty()) changed = bytes;
    blank_at(changed, *stalled_at, attempt + 1 < most_attempts ? Extent::line : Extent::rest);
    bytes = changed;
  }
  std::ranges::stable_sort(file.problems, {}, &FileProblem::range);
  trim_tables(file);
  return file;
}

}  // namespace hasten
