#include "analyzer/check/port_probes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hasten {
namespace {

using std::string_view;

/// `s.getsockname()`, `server.server_address`: says which port it became.
bool tells_number(string_view attribute) {
  constexpr std::array words = {string_view("getsockname"), string_view("server_address"), string_view("server_port")};
  return std::ranges::find(words, attribute) != words.end();
}

class Probe {
 public:
  Probe(const Project& project, const Effect& bind)
      : model_(project.model(bind.place.file)), bind_(bind), body_(model_.functions[bind.function].body) {
    find_holder();
  }

  [[nodiscard]] std::optional<TextRange> use_after_close() {
    if (holder_.empty()) return std::nullopt;
    find_closings();
    if (closings_.empty()) return std::nullopt;
    find_numbers();
    for (const StatementId id : own_statements()) {
      if (const auto use = use_in(model_.statements[id])) return use;
    }
    return std::nullopt;
  }

 private:
  /// Where the socket is closed, and what is left on the way there: the block of a `with`, the `try` of a `finally`.
  struct Closing {
    std::uint32_t end = 0;  // byte behind which it is closed
    TextRange left;         // a `return` in there closes it too
  };

  [[nodiscard]] std::vector<StatementId> own_statements() const {
    std::vector<StatementId> own;
    for (const StatementId id : model_.blocks[body_].statements) {
      if (model_.function_of(id) == bind_.function) own.push_back(id);
    }
    return own;
  }

  [[nodiscard]] bool is_holder(ExprId expr) const {
    return expr && model_.exprs[expr].kind == ExprKind::name && model_.word(expr) == holder_;
  }

  /// `s.bind(...)`: `s`; `server = TCPServer(...)`, `with TCPServer(...) as server`: `server`.
  void find_holder() {
    for (const StatementId id : own_statements()) {
      const Statement& statement = model_.statements[id];
      if (!statement.value) continue;
      for (const ExprId at : model_.subtree(statement.value)) {
        const Expr& expr = model_.exprs[at];
        if (expr.range != bind_.place.range) continue;
        const ExprId object = expr.kind == ExprKind::attribute ? model_.first_child(at) : ExprId();
        if (model_.word(at) == "bind" && object && model_.exprs[object].kind == ExprKind::name) {
          holder_ = model_.word(object);
        } else if (statement.target && model_.exprs[statement.target].kind == ExprKind::name) {
          holder_ = model_.word(statement.target);
        }
        return;
      }
    }
  }

  void find_closings() {
    for (const StatementId id : own_statements()) {
      const Statement& statement = model_.statements[id];
      if (statement.kind == StatementKind::with_item) {
        if (closes(statement)) add_block_of(id);
      } else if (statement.kind == StatementKind::expression && is_close(statement.value)) {
        const Block& block = model_.blocks[statement.block];
        const bool is_last = block.kind == BlockKind::finally;
        closings_.push_back({statement.range.end, is_last ? range_of_try(statement.block) : TextRange()});
      }
    }
  }

  /// `with socket.socket() as s`, `with s`, `with closing(s)`.
  [[nodiscard]] bool closes(const Statement& item) const {
    if (is_holder(item.target)) return true;
    if (!item.value) return false;
    if (is_holder(item.value)) return true;
    return model_.exprs[item.value].kind == ExprKind::call && is_holder(model_.positional(item.value, 0)) &&
           model_.word(model_.first_child(item.value)) == "closing";
  }

  [[nodiscard]] bool is_close(ExprId value) const {
    if (!value || model_.exprs[value].kind != ExprKind::call) return false;
    const ExprId callee = model_.first_child(value);
    const string_view word = model_.word(callee);
    return model_.exprs[callee].kind == ExprKind::attribute && (word == "close" || word == "server_close") &&
           is_holder(model_.first_child(callee));
  }

  /// The block that the `with` of the item leads.
  void add_block_of(StatementId item) {
    for (const Block& block : model_.blocks) {
      if (block.kind != BlockKind::with_ || block.header.index() < item.index()) continue;
      if (block.parent != model_.statements[item].block || block.statements.count == 0) continue;
      const TextRange range = range_of(block);
      closings_.push_back({range.end, range});
      return;
    }
  }

  [[nodiscard]] TextRange range_of(const Block& block) const {
    const StatementId first(block.statements.first), last(block.statements.first + block.statements.count - 1);
    return {model_.statements[first].range.begin, model_.statements[last].range.end};
  }

  /// The `try` block before a `finally`.
  [[nodiscard]] TextRange range_of_try(BlockId finally) const {
    for (std::uint32_t at = finally.index(); at-- > 0;) {
      const Block& block = model_.blocks[BlockId(at)];
      if (block.parent == model_.blocks[finally].parent && block.kind == BlockKind::try_) return range_of(block);
    }
    return {};
  }

  /// Names that are bound to what tells the number.
  void find_numbers() {
    for (const StatementId id : own_statements()) {
      const Statement& statement = model_.statements[id];
      if (statement.kind != StatementKind::assign || !statement.value || !has_number(statement.value)) continue;
      // `host, port = s.getsockname()`
      const bool is_pair = model_.exprs[statement.target].kind == ExprKind::tuple;
      const ExprId target = is_pair ? model_.child(statement.target, 1) : statement.target;
      if (target && model_.exprs[target].kind == ExprKind::name) numbers_.push_back(model_.word(target));
    }
  }

  [[nodiscard]] bool has_number(ExprId value) const {
    TextRange host;  // `s.getsockname()[0]`
    return std::ranges::any_of(model_.subtree(value), [&](ExprId at) {
      const Expr& expr = model_.exprs[at];
      if (expr.kind == ExprKind::subscript && model_.word(model_.child(at, 1)) == "0") host = expr.range;
      if (host.contains(expr.range) && !host.empty()) return false;
      if (expr.kind == ExprKind::attribute) return tells_number(model_.word(at)) && is_holder(model_.first_child(at));
      return expr.kind == ExprKind::name && std::ranges::find(numbers_, model_.word(at)) != numbers_.end();
    });
  }

  /// `return s, port`, but not `return s.getsockname()`.
  [[nodiscard]] bool hands_out_holder(ExprId value) const {
    ExprId before;
    for (const ExprId at : model_.subtree(value)) {
      if (is_holder(at) && !(before && model_.exprs[before].kind == ExprKind::attribute)) return true;
      before = at;
    }
    return false;
  }

  [[nodiscard]] bool is_closed(TextRange at, bool leaves) const {
    return std::ranges::any_of(closings_, [&](const Closing& closing) {
      const bool is_left = leaves && closing.left.contains(at);
      return is_left || at.begin >= closing.end;
    });
  }

  /// `self.port = ...`, `_, self.port = ...`
  [[nodiscard]] bool keeps(const Statement& statement) const {
    if (statement.kind != StatementKind::assign) return false;
    const ExprKind kind = model_.exprs[statement.target].kind;
    if (kind == ExprKind::attribute) return true;
    if (kind != ExprKind::tuple) return false;
    for (ExprId at = model_.first_child(statement.target); at; at = model_.next(at)) {
      if (model_.exprs[at].kind == ExprKind::attribute) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<TextRange> use_in(const Statement& statement) const {
    const bool is_return = statement.kind == StatementKind::return_;
    for (const ExprId part : {statement.value, statement.third}) {
      if (!part || !has_number(part)) continue;
      if (is_return && hands_out_holder(part)) return std::nullopt;
      if (is_closed(statement.range, is_return || keeps(statement))) return model_.exprs[part].range;
    }
    return std::nullopt;
  }

  const FileModel& model_;
  const Effect& bind_;
  BlockId body_;
  string_view holder_;  // the variable with the socket
  std::vector<Closing> closings_;
  std::vector<string_view> numbers_;
};

}  // namespace

std::optional<Place> use_of_given_up_port(const Project& project, const Effect& bind) {
  if (!bind.function) return std::nullopt;
  const std::optional<TextRange> use = Probe(project, bind).use_after_close();
  return use ? std::optional(Place{bind.place.file, *use}) : std::nullopt;
}

}  // namespace hasten
