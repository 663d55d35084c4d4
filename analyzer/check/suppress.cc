#include "analyzer/check/suppress.h"

#include <algorithm>
#include <string_view>

#include "analyzer/check/rule.h"

namespace hasten {
namespace {

/// First and last line, one-based.
struct Lines {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  [[nodiscard]] bool meets(Lines other) const { return first <= other.last && other.first <= last; }
};

bool is_hidden(const Project& project, const Finding& finding);
bool is_hidden_at(const File& file, TextRange place, std::string_view code, std::size_t fewest_codes);
bool names(const FileModel& model, const Suppression& comment, std::string_view code);
Lines lines_of(const File& file, const Suppression& comment);
Lines statement_lines(const File& file, TextRange place);

}  // namespace

void hide_suppressed(const Project& project, std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& finding) { return is_hidden(project, finding); });
}

namespace {

bool is_hidden(const Project& project, const Finding& finding) {
  if (is_hidden_at(project.file(finding.place.file), finding.place.range, finding.rule, 0)) return true;
  if (finding.chain.empty()) return false;
  const Place cause = finding.chain.back().place;
  return is_hidden_at(project.file(cause.file), cause.range, finding.rule, 1);
}

/// Looks at comments with at least `fewest_codes` codes.
bool is_hidden_at(const File& file, TextRange place, std::string_view code, std::size_t fewest_codes) {
  if (file.model.suppressions.empty()) return false;
  const Lines statement = statement_lines(file, place);
  return std::ranges::any_of(file.model.suppressions, [&](const Suppression& comment) {
    if (comment.codes.size() < fewest_codes || !names(file.model, comment, code)) return false;
    return comment.kind == SuppressionKind::file_ignore || lines_of(file, comment).meets(statement);
  });
}

bool names(const FileModel& model, const Suppression& comment, std::string_view code) {
  if (comment.codes.empty()) return true;
  return std::ranges::any_of(comment.codes, [&](WordId word) {
    const std::string_view written = model.word(word);
    if (written.starts_with("HS")) return code.starts_with(written);
    const Rule* rule = find_rule(written);
    return rule != nullptr && rule->code == code;
  });
}

/// A comment after code speaks for its line; one on a line of its own for what follows, up to the end of the next
/// statement (of a compound one: up to its colon).
Lines lines_of(const File& file, const Suppression& comment) {
  const std::uint32_t line = file.source.line_of(comment.range.begin);
  if (comment.is_own_line == 0) return {line, line};
  const auto next = std::ranges::upper_bound(file.model.statements, comment.range.end, {},
                                             [](const Statement& statement) { return statement.range.begin; });
  if (next == file.model.statements.end()) return {line, line};
  return {line, file.source.line_of(next->range.end)};
}

/// Decorators belong to the statement that they decorate.
TextRange whole(const FileModel& model, const Statement& statement) {
  if (statement.kind == StatementKind::function) {
    return {model.functions[statement.function()].range.begin, statement.range.end};
  }
  if (statement.kind == StatementKind::class_) {
    return {model.classes[statement.class_()].range.begin, statement.range.end};
  }
  return statement.range;
}

/// The lines of the innermost statement around `place`, else those of the place itself.
Lines statement_lines(const File& file, TextRange place) {
  TextRange range = place;
  for (const Statement& statement : file.model.statements) {
    const TextRange candidate = whole(file.model, statement);
    if (candidate.begin > place.begin) break;
    if (candidate.contains(place)) range = candidate;
  }
  return {file.source.line_of(range.begin), file.source.line_of(range.end)};
}

}  // namespace
}  // namespace hasten
