#include "analyzer/lower/walk.h"

#include <algorithm>

#include "analyzer/lower/suppressions.h"
#include "analyzer/text/source.h"

namespace hasten {
namespace {

constexpr std::size_t most_syntax_errors = 20;

/// Errors among these are statements that could not be read; what is inside them is lowered as such.
bool holds_statements(Kind kind) { return kind == Kind::module || kind == Kind::block || kind == Kind::error; }

}  // namespace

Walk::Walk(std::string_view bytes, Tree& tree, FileModel& file)
    : bytes_(bytes), tree_(tree), file_(file), words_(file.words, bytes.size() / 32) {
  is_utf8_ = first_invalid_utf8(bytes) == std::string_view::npos;
}

void Walk::run() {
  const Node root = tree_.root();
  open_block(BlockKind::module, {});
  ++nesting_;
  push(Action::close_block, {});
  push(Action::statements, root);
  while (!steps_.empty()) {
    const Step step = steps_.back();
    steps_.pop_back();
    const auto mark = static_cast<std::ptrdiff_t>(steps_.size());
    take(step);
    std::reverse(steps_.begin() + mark, steps_.end());  // pushed in source order, taken from the back
  }
  // Only when no error inside says where it is.
  if (root.kind == Kind::error && syntax_errors_ == 0) note_syntax_error(root);
  std::ranges::sort(file_.suppressions, {}, &Suppression::range);
}

void Walk::take(const Step& step) {
  switch (step.action) {
    case Action::statement: return lower_statement(step.node);
    case Action::statements: return lower_statements(step.node);
    case Action::suite: return lower_suite(step);
    case Action::clause: {
      const Node* const block = find_kind(children(step.node), Kind::block);
      if (block != nullptr) push_suite(*block, step.block, StatementId(step.row));
      return;
    }
    case Action::close_block: --nesting_; return close_block();
    case Action::elif: return lower_elif(step.node);
    case Action::else_of_if: return push_clause(step.node, BlockKind::else_, chains_.back().header);
    case Action::close_if: return close_if();
    case Action::with_item: return lower_with_item(step);
    case Action::except: return lower_except(step.node);
    case Action::case_clause: return lower_case(step);
    case Action::expression: return lower_expression(step);
    case Action::elements: return push_named(children(step.node), step.context);
    case Action::lambda_parameter: return lower_lambda_parameter(step);
    case Action::interpolation: return lower_interpolation(step);
    case Action::template_part: return lower_template_part(step);
    case Action::template_text: return lower_template_text(step);
    case Action::decorator: {
      const Node* const expression = named_child(children(step.node), 0);
      Context context;
      context.in_decorator = true;
      if (expression != nullptr) push_root(*expression, Slot::decorator, step.row, context);
      return;
    }
    case Action::parameters: return lower_parameters(step);
    case Action::bases: return lower_bases(step);
    case Action::close_row: return close_row();
  }
}

const Walk::Nodes& Walk::collect(const Node& node, Nodes& out) {
  tree_.children(node, out);
  const bool keeps_errors = holds_statements(node.kind);
  std::erase_if(out, [&](const Node& child) {
    if (child.kind == Kind::comment) {
      note_comment(child.range());
      return true;
    }
    if (child.kind == Kind::line_continuation) return true;
    if (!tree_.has_error()) return false;
    if (child.kind == Kind::error) {
      note_syntax_error(child);
      return !keeps_errors;
    }
    if (child.is_missing()) {
      note_syntax_error(child);
      return true;
    }
    return false;
  });
  return out;
}

void Walk::note_comment(TextRange range) {
  const Pragma pragma = read_pragma(text(range));
  if (pragma.verdict == Pragma::Verdict::none) return;
  if (pragma.verdict == Pragma::Verdict::malformed) {
    file_.problems.push_back({FileProblemKind::bad_suppression, range});
    return;
  }
  const std::string_view before = bytes_.substr(0, range.begin);
  const std::size_t solid = before.find_last_not_of(" \t\f");
  Suppression suppression;
  suppression.kind = pragma.kind;
  suppression.range = range;
  suppression.is_own_line = solid == std::string_view::npos || before[solid] == '\n';
  for (const std::string& code : pragma.codes) suppression.codes.push_back(word(code));
  file_.suppressions.push_back(std::move(suppression));
}

/// The part of the first line that has something on it.
void Walk::note_syntax_error(const Node& node) {
  TextRange range = node.range();
  const std::size_t solid = text(range).find_first_not_of(" \t\r\n\f");
  if (solid != std::string_view::npos) range.begin += static_cast<std::uint32_t>(solid);
  const std::size_t line_end = text(range).find('\n');
  if (line_end != std::string_view::npos) range.end = range.begin + static_cast<std::uint32_t>(line_end);

  const bool is_known = !file_.problems.empty() && file_.problems.back().kind == FileProblemKind::syntax_error &&
                        file_.problems.back().range.begin == range.begin;
  if (is_known || ++syntax_errors_ > most_syntax_errors) return;
  file_.problems.push_back({FileProblemKind::syntax_error, range});
}

void Walk::note_too_deep(TextRange range) {
  if (is_too_deep_) return;
  is_too_deep_ = true;
  file_.problems.push_back({FileProblemKind::too_deep, {range.begin, range.begin}});
}

WordId Walk::word(std::string_view text) {
  if (is_utf8_ || first_invalid_utf8(text) == std::string_view::npos) return words_.intern(text);
  return words_.intern(valid_utf8(text));
}

Walk::Step& Walk::push(Action action, const Node& node, Context context) {
  Step& step = steps_.emplace_back();
  step.node = node;
  step.action = action;
  step.context = context;
  return step;
}

void Walk::push_root(const Node& node, Slot slot, std::uint32_t row, Context context) {
  context.is_root = true;
  Step& step = push(Action::expression, node, context);
  step.slot = slot;
  step.row = row;
}

void Walk::push_suite(const Node& node, BlockKind kind, StatementId header) {
  Step& step = push(Action::suite, node);
  step.block = kind;
  step.row = header.index();
}

void Walk::push_clause(const Node& node, BlockKind kind, StatementId header) {
  Step& step = push(Action::clause, node);
  step.block = kind;
  step.row = header.index();
}

void Walk::push_named(const Nodes& nodes, Context context) {
  for (const Node& node : nodes) {
    if (is_named(node.kind)) push(Action::expression, node, context);
  }
}

TextRange head_range(const Node& node, const std::vector<Node>& children) {
  const TextRange whole = node.range();
  if (const Node* const colon = find_kind(children, Kind::colon)) return {whole.begin, colon->range().end};
  if (const Node* const block = find_kind(children, Kind::block)) return {whole.begin, block->range().begin};
  return whole;
}

const Node* find_kind(const std::vector<Node>& nodes, Kind kind) {
  const auto found = std::ranges::find(nodes, kind, &Node::kind);
  return found == nodes.end() ? nullptr : &*found;
}

const Node* named_child(const std::vector<Node>& nodes, std::size_t position) {
  for (const Node& node : nodes) {
    if (is_named(node.kind) && position-- == 0) return &node;
  }
  return nullptr;
}

std::size_t count_named(const std::vector<Node>& nodes) {
  return static_cast<std::size_t>(std::ranges::count_if(nodes, is_named, &Node::kind));
}

}  // namespace hasten
