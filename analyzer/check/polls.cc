#include "analyzer/check/polls.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "analyzer/check/surroundings.h"

namespace hasten {
namespace {

using std::string_view;

/// A clock, a count of tries or something that is called a limit.
bool speaks_of_limit(string_view word) {
  constexpr std::array parts = {string_view("attempt"), string_view("clock"),     string_view("deadline"),
                                string_view("elapsed"), string_view("expire"),    string_view("fail"),
                                string_view("limit"),   string_view("monotonic"), string_view("perf_counter"),
                                string_view("remain"),  string_view("retr"),      string_view("timeout"),
                                string_view("tries")};
  std::string lower(word);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(parts, [&](string_view part) { return lower.find(part) != std::string::npos; });
}

class Loop {
 public:
  Loop(const Project& project, FileId file, BlockId block)
      : model_(project.model(file)),
        source_(project.file(file).source.bytes()),
        block_(model_.blocks[block]),
        header_(model_.statements[block_.header]) {}

  /// `return`, or the word `break`: lowering keeps no row of it.
  [[nodiscard]] bool leaves_early() const {
    if (has(StatementKind::return_)) return true;
    if (source_.size() < end_of_body()) return false;
    const string_view body = source_.substr(header_.range.end, end_of_body() - header_.range.end);
    for (std::size_t at = body.find("break"); at != string_view::npos; at = body.find("break", at + 1)) {
      const std::size_t line = body.rfind('\n', at) + 1;
      const string_view before = body.substr(line, at - line);
      if (before.find('#') == string_view::npos && before.find('"') == string_view::npos) return true;
    }
    return false;
  }

  /// Counts, or looks at the clock, and ends when that is done.
  [[nodiscard]] bool is_bounded() const { return counts() || names_limit(); }

  [[nodiscard]] bool has(StatementKind kind) const {
    return std::ranges::any_of(block_.statements, [&](StatementId id) { return model_.statements[id].kind == kind; });
  }

  [[nodiscard]] bool is_while() const { return block_.kind == BlockKind::while_; }

  /// `while True:`, `while 1:`
  [[nodiscard]] bool is_endless() const {
    const ExprKind kind = model_.exprs[header_.value].kind;
    return kind == ExprKind::true_literal || kind == ExprKind::integer;
  }

  /// `while time.monotonic() < end:`, `while n < 3:`
  [[nodiscard]] bool only_compares() const {
    const Expr& condition = model_.exprs[header_.value];
    return condition.kind == ExprKind::compare &&
           (condition.op == Operator::less || condition.op == Operator::less_equal ||
            condition.op == Operator::greater || condition.op == Operator::greater_equal);
  }

  /// Whoever waits for a thread or a process is told when that one fails.
  [[nodiscard]] bool asks_whether_it_runs() const {
    return std::ranges::any_of(model_.subtree(header_.value), [&](ExprId id) {
      const string_view word = model_.word(id);
      return word == "is_alive" || word == "poll" || word == "is_running" || word == "returncode";
    });
  }

 private:
  /// `n += 1`, `n = n + 1`
  [[nodiscard]] bool counts() const {
    return std::ranges::any_of(block_.statements, [&](StatementId id) {
      const Statement& statement = model_.statements[id];
      if (statement.kind == StatementKind::aug_assign) return true;
      if (statement.kind != StatementKind::assign || !statement.value) return false;
      return model_.exprs[statement.value].kind == ExprKind::binary;
    });
  }

  [[nodiscard]] bool names_limit() const {
    const std::size_t end = end_of_body();
    return std::ranges::any_of(model_.exprs, [&](const Expr& expr) {
      if (expr.range.begin < header_.range.begin || expr.range.end > end) return false;
      const string_view word = model_.words[expr.word()];
      const bool is_clock = (expr.kind == ExprKind::attribute && (word == "time" || word == "now")) ||
                            (expr.kind == ExprKind::name && word == "now");
      return is_clock || (expr.kind != ExprKind::string && speaks_of_limit(word));
    });
  }

  /// Up to the next statement behind the loop.
  [[nodiscard]] std::size_t end_of_body() const {
    const std::uint32_t next = block_.statements.first + block_.statements.count;
    return next < model_.statements.size() ? model_.statements[StatementId(next)].range.begin : source_.size();
  }

  const FileModel& model_;
  string_view source_;
  const Block& block_;
  const Statement& header_;
};

/// A pause amid a `try` or `with` of the round belongs to what is tried there, not between two looks.
bool stands_between_looks(const FileModel& model, BlockId at, BlockId loop) {
  for (; at != loop; at = model.blocks[at].parent) {
    if (model.blocks[at].kind == BlockKind::try_ || model.blocks[at].kind == BlockKind::with_) return false;
  }
  return true;
}

std::optional<Poll> as_poll(const Loop& loop, StatementId header, bool is_between_looks) {
  const bool leaves_early = loop.leaves_early();
  if (!loop.is_while() || loop.is_endless()) {
    return leaves_early && is_between_looks ? std::optional(Poll{header, false}) : std::nullopt;
  }
  const bool is_bounded = loop.is_bounded();
  if (!leaves_early && is_bounded && loop.only_compares()) return std::nullopt;
  const bool has_way_out = leaves_early || loop.has(StatementKind::raise) || loop.has(StatementKind::assert_);
  return Poll{header, !has_way_out && !is_bounded && !loop.asks_whether_it_runs()};
}

}  // namespace

std::optional<Poll> poll_around(const Project& project, Place pause) {
  const FileModel& model = project.model(pause.file);
  const StatementId statement = statement_at(model, pause.range);
  if (!statement) return std::nullopt;
  for (BlockId id = model.statements[statement].block; id; id = model.blocks[id].parent) {
    const BlockKind kind = model.blocks[id].kind;
    if (kind == BlockKind::function || kind == BlockKind::class_) return std::nullopt;
    if (kind != BlockKind::while_ && kind != BlockKind::for_) continue;
    const bool is_between_looks = stands_between_looks(model, model.statements[statement].block, id);
    return as_poll(Loop(project, pause.file, id), model.blocks[id].header, is_between_looks);
  }
  return std::nullopt;
}

}  // namespace hasten
