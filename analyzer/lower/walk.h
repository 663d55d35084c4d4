#pragma once

// The walk from a syntax tree to rows. No recursion: a step looks at one node and leaves the steps for its children on
// a stack, in source order, with the one that closes its own row behind them.
//   walk.cc         the stack, nodes, rows          statements.cc   simple statements
//   compounds.cc    blocks and their headers        definitions.cc  functions and classes
//   imports.cc      patterns.cc                     expressions.cc  strings.cc  collapse.cc

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/lower/word_table.h"
#include "analyzer/model/file_model.h"
#include "analyzer/syntax/tree.h"

namespace hasten {

/// What calls need to know of where they stand, handed down from step to step.
struct Context {
  bool is_root : 1 = false;  // no sibling of the row before it
  bool is_awaited : 1 = false;
  bool in_lambda : 1 = false;
  bool in_comprehension : 1 = false;
  bool in_decorator : 1 = false;
  bool is_bare : 1 = false;  // a statement of its own: of a string, nobody asks for the text

  [[nodiscard]] Context of_child() const {
    Context child = *this;
    child.is_root = child.is_awaited = child.is_bare = false;
    return child;
  }
};

class Walk {
 public:
  /// Everything must outlive the walk; `bytes` are those that were parsed.
  Walk(std::string_view bytes, Tree& tree, FileModel& file);

  void run();

 private:
  enum class Action : std::uint8_t {
    statement,
    statements,  // each child of a block, match body or error
    suite,       // a block of its own
    clause,      // else, finally: the suite inside
    close_block,
    elif,
    else_of_if,
    close_if,
    with_item,
    except,
    case_clause,
    expression,
    elements,  // each child, without a row for the node itself
    lambda_parameter,
    interpolation,
    template_part,
    template_text,
    decorator,
    parameters,
    bases,
    close_row,
  };

  /// The field that takes the id of an expression.
  enum class Slot : std::uint8_t { none, target, value, third, default_value, annotation, returns, decorator };

  struct Step {
    Node node;
    std::uint32_t row = 0;    // of the table that the action or slot is about
    std::uint32_t count = 1;  // consecutive rows that share the expression
    Action action{};
    Slot slot = Slot::none;
    BlockKind block{};
    Context context;
  };

  /// A row whose children are being lowered.
  struct Frame {
    ExprId row;   // none: siblings without a parent
    ExprId last;  // the youngest child
  };

  /// An `if` whose elif and else clauses are still to come.
  struct Chain {
    StatementId header;
    std::uint32_t open_blocks = 0;
  };

  using Nodes = std::vector<Node>;

  void take(const Step& step);

  // Nodes. Children leave out comments, syntax errors inside expressions and what the parser invented.
  const Nodes& children(const Node& node) { return collect(node, children_); }             // valid until the next call
  const Nodes& inner_children(const Node& node) { return collect(node, grandchildren_); }  // likewise
  const Nodes& collect(const Node& node, Nodes& out);
  void note_comment(TextRange range);
  void note_syntax_error(const Node& node);
  void note_too_deep(TextRange range);
  [[nodiscard]] std::string_view text(TextRange range) const { return bytes_.substr(range.begin, range.size()); }
  WordId word(std::string_view text);
  WordId word(const Node& node) { return word(text(node.range())); }

  // Steps to come.
  Step& push(Action action, const Node& node, Context context = {});
  void push_root(const Node& node, Slot slot, std::uint32_t row, Context context = {});
  void push_suite(const Node& node, BlockKind kind, StatementId header);
  void push_clause(const Node& node, BlockKind kind, StatementId header);
  void push_named(const Nodes& nodes, Context context);

  // Simple statements.
  struct StatementSteps;  // by kind of node
  StatementId add_statement(StatementKind kind, TextRange range);
  void lower_statement(const Node& node);
  void lower_statements(const Node& node);
  void lower_expression_statement(const Node& node);
  void lower_assignments(const Node& statement, Node node);
  void lower_augmented(const Node& node, TextRange range);
  void lower_type_alias(const Node& node);
  void lower_return(const Node& node);
  void lower_raise(const Node& node);
  void lower_break(const Node& node);
  void lower_continue(const Node& node);
  void lower_delete(const Node& node);
  void lower_assert(const Node& node);
  void lower_each_value(const Node& node);
  void lower_scope_names(const Node& node);

  // Imports.
  void lower_import(const Node& node);
  void lower_import_from(const Node& node);
  void add_import(const Node& statement, const Node& name, Import import);
  WordId dotted_word(const Node& name);

  // Compound statements.
  BlockId open_block(BlockKind kind, StatementId header);
  void close_block();
  void lower_suite(const Step& step);
  void lower_if(const Node& node);
  void lower_elif(const Node& node);
  void close_if();
  void lower_for(const Node& node);
  void lower_while(const Node& node);
  void lower_with(const Node& node);
  void lower_with_item(const Step& step);
  void lower_try(const Node& node);
  void lower_except(const Node& node);
  void push_bound_value(const Node& node, std::uint32_t row);
  void lower_match(const Node& node);
  void lower_case(const Step& step);
  void lower_captures(const Node& pattern);
  void push_patterns(const Node& pattern);

  // Definitions.
  void lower_decorated(const Node& node);
  void lower_plain_function(const Node& node) { lower_function(node, node.range().begin, {}); }
  void lower_plain_class(const Node& node) { lower_class(node, node.range().begin, {}); }
  void lower_function(const Node& node, std::uint32_t begin, Run<DecoratorTag> decorators);
  void lower_class(const Node& node, std::uint32_t begin, Run<DecoratorTag> decorators);
  void lower_parameters(const Step& step);
  void lower_parameter(const Node& node, ParamKind kind);
  void lower_bases(const Step& step);

  // Expressions.
  struct Shape {
    void (Walk::*lower)(const Step& step, Shape shape) = nullptr;  // null: the node is no expression
    ExprKind kind{};
    Operator op{};
  };
  struct Shapes;  // by kind of node
  [[nodiscard]] static Shape shape_of(Kind kind);

  ExprId add_row(ExprKind kind, TextRange range, Context context, WordId word = {}, Operator op = Operator::none);
  /// A row with children: they and the closing step must be pushed next. False when it is nested too deeply.
  bool open_row(ExprKind kind, TextRange range, Context context, WordId word = {}, Operator op = Operator::none);
  void close_row();
  void push_close() { push(Action::close_row, {}); }
  void store(const Step& step);
  void lower_expression(const Step& step);
  void lower_leaf(const Step& step, Shape shape);
  void lower_word(const Step& step, Shape shape);
  void lower_parent(const Step& step, Shape shape);
  void lower_only_child(const Step& step, Shape shape);
  void lower_parenthesized(const Step& step, Shape shape);
  void lower_collection(const Step& step, Shape shape);
  void lower_operator(const Step& step, Shape shape);
  void lower_attribute(const Step& step, Shape shape);
  void lower_call(const Step& step, Shape shape);
  void lower_misread_call(const Step& step);
  void add_call(ExprId expr, Context context);
  void lower_generic_type(const Step& step, Shape shape);
  void lower_keyword_argument(const Step& step, Shape shape);
  void lower_lambda(const Step& step, Shape shape);
  void lower_lambda_parameter(const Step& step);
  void lower_comprehension(const Step& step, Shape shape);
  void lower_await(const Step& step, Shape shape);
  void lower_yield(const Step& step, Shape shape);
  void lower_string(const Step& step, Shape shape);
  void lower_concatenated(const Step& step, Shape shape);

  void lower_template_part(const Step& step);
  void lower_template_text(const Step& step);
  void lower_interpolation(const Step& step);
  [[nodiscard]] bool interpolates(const Node& string);

  // Long literals.
  [[nodiscard]] bool is_constant_collection(const Node& node, const Nodes& elements);
  [[nodiscard]] bool holds_constants_only(const Node& node);

  std::string_view bytes_;
  Tree& tree_;
  FileModel& file_;
  WordTable words_;
  std::vector<Step> steps_;
  std::vector<Frame> frames_;
  std::vector<Chain> chains_;
  Nodes children_;
  Nodes grandchildren_;
  Nodes pattern_nodes_;
  std::string decoded_;
  BlockId block_;
  StatementId statement_;
  std::size_t nesting_ = 0;                // of suites
  std::uint32_t misread_at_ = 0xFFFFFFFF;  // the parenthesis of a `type(x)` that was read as an alias statement
  std::uint32_t misread_begin_ = 0;        // where its `type` begins
  std::uint32_t variable_at_ = 0;          // offset of the last element that is known to be no constant
  std::size_t syntax_errors_ = 0;
  bool is_utf8_ = true;
  bool is_too_deep_ = false;
};

/// From the first byte of a compound statement to its colon.
[[nodiscard]] TextRange head_range(const Node& node, const std::vector<Node>& children);

/// The child of that kind, or null.
[[nodiscard]] const Node* find_kind(const std::vector<Node>& nodes, Kind kind);

/// The n-th child that is no token, or null.
[[nodiscard]] const Node* named_child(const std::vector<Node>& nodes, std::size_t position);

[[nodiscard]] std::size_t count_named(const std::vector<Node>& nodes);

}  // namespace hasten
