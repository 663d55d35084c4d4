#pragma once

// The facts of one file, as tables of small rows. A FileModel depends on the bytes of its file only: it is made without
// a lock (lower/) and can be written to a cache. Ids are local to the file.
//
// Order is meaning: expressions stand in pre-order (the first child of an expression is the row after it), statements
// in source order with those of nested blocks in between, so "everything inside this function" is one run of rows.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/table.h"
#include "analyzer/model/ids.h"

namespace hasten {

enum class ExprKind : std::uint8_t {
  name,             // word: identifier
  attribute,        // word: attribute; child: object
  call,             // children: callee, then arguments in order (values, keyword, starred, double_starred)
  subscript,        // children: object, then indices
  string,           // word: decoded text (implicit concatenation joined); none when longer than max_word
  template_string,  // f-string: children are string parts and interpolated expressions, in order
  bytes,            // word: raw text between the quotes
  integer,          // word: as written
  floating,         // word: as written
  true_literal,
  false_literal,
  none_literal,
  ellipsis,
  tuple,  // children: elements; see collapsed()
  list,
  set,
  dict,               // children: pair, double_starred
  pair,               // children: key, value
  slice,              // children: what is written of start, stop, step
  unary,              // op; child
  binary,             // op; children: left, right
  boolean,            // op and_/or_; children: left, right
  compare,            // op of the first comparison; children: operands
  conditional,        // children: value if true, condition, value if false
  lambda,             // children: parameter..., body
  parameter,          // of a lambda; word: name; child: default when given
  comprehension,      // op list_/set_/dict_/generator; children: element, then comprehension_for/_if in order
  comprehension_for,  // children: target, iterable
  comprehension_if,   // child: condition
  named,              // walrus; children: target, value
  await_,
  yield_,      // child when a value is given
  yield_from,  // child
  starred,
  double_starred,
  keyword,  // word: argument name; child: value
  error,    // a syntax error stood here
};

enum class Operator : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  matrix_multiply,
  shift_left,
  shift_right,
  bit_and,
  bit_or,
  bit_xor,
  negate,
  plus,
  invert,
  not_,
  and_,
  or_,
  less,
  less_equal,
  equal,
  not_equal,
  greater_equal,
  greater,
  in,
  not_in,
  is,
  is_not,
  list_,
  set_,
  dict_,
  generator,
};

struct Expr {
  ExprKind kind{};
  Operator op{};
  std::uint8_t is_collapsed = 0;  // a long literal of constants only: no children, payload holds how many elements
  std::uint8_t reserved = 0;
  TextRange range;
  std::uint32_t payload = 0xFFFFFFFF;  // a WordId, or the element count when collapsed
  ExprId next;                         // next sibling; none for the last
  std::uint32_t subtree = 1;           // rows of this expression, itself included

  [[nodiscard]] WordId word() const { return is_collapsed || payload == 0xFFFFFFFF ? WordId() : WordId(payload); }
};
static_assert(sizeof(Expr) == 24);

enum class StatementKind : std::uint8_t {
  expression,  // value
  assign,      // target, value; `a = b = c` gives one row per target; no value: a name that a case pattern binds
  aug_assign,  // target, value, op
  ann_assign,  // target, value (may be none); annotation is `third`
  delete_,     // target; one row each
  return_,     // value (may be none)
  raise,       // value (may be none); cause is `third`
  assert_,     // value; message is `third`
  global,      // target: name; one row each
  nonlocal,    // target: name; one row each
  import,      // detail: ImportId; one row per bound name
  function,    // detail: FunctionId
  class_,      // detail: ClassId
  if_,         // value: condition; elif gives a row of its own inside the else block
  for_,        // target, value: iterable
  while_,      // value: condition
  with_item,   // target (may be none), value: the context manager; one row per item
  try_,        //
  except,      // target: bound name (may be none), value: exception (may be none)
  match_,      // value: subject
  type_alias,  // target, value
  break_,      //
  continue_,   //
};

struct Statement {
  StatementKind kind{};
  Operator op{};
  std::uint8_t is_async = 0;
  std::uint8_t reserved = 0;
  BlockId block;    // it stands in this block
  TextRange range;  // a simple statement whole; a compound one from its keyword to its colon
  ExprId target;
  ExprId value;
  ExprId third;
  std::uint32_t detail = 0xFFFFFFFF;

  [[nodiscard]] ImportId import() const { return ImportId(detail); }
  [[nodiscard]] FunctionId function() const { return FunctionId(detail); }
  [[nodiscard]] ClassId class_() const { return ClassId(detail); }
};
static_assert(sizeof(Statement) == 32);

enum class BlockKind : std::uint8_t {
  module,
  function,
  class_,
  if_,
  else_,
  for_,
  while_,
  loop_else,
  try_,
  try_else,
  except,
  finally,
  with_,
  case_,
};

struct Block {
  BlockKind kind{};
  std::uint8_t reserved[3] = {};
  BlockId parent;                // none for the module
  StatementId header;            // the compound statement (the last with_item of a `with`); none for the module
  FunctionId function;           // the innermost function whose body this belongs to; none at module and class level
  ClassId class_;                // the innermost class whose body this belongs to, unless a function lies between
  Run<StatementTag> statements;  // all inside, nested ones included
};
static_assert(sizeof(Block) == 28);

struct Call {
  ExprId expr;
  StatementId statement;  // the statement it is part of; a decorator's or default's is the function's or class's
  BlockId block;
  std::uint8_t is_awaited = 0;
  std::uint8_t in_lambda = 0;         // runs when the lambda is called, if ever
  std::uint8_t in_comprehension = 0;  // runs once per element
  std::uint8_t in_decorator = 0;      // runs when the function or class is defined
};
static_assert(sizeof(Call) == 16);

struct Function {
  WordId name;
  TextRange name_range;
  TextRange range;        // from the first decorator to the end of the body
  StatementId statement;  // its own row
  BlockId body;
  FunctionId parent;  // the function it is nested in
  ClassId class_;     // the class it is a method of
  Run<ParamTag> params;
  Run<DecoratorTag> decorators;  // top to bottom
  ExprId returns;                // annotation
  std::uint8_t is_async = 0;
  std::uint8_t has_yield = 0;
  std::uint8_t returns_value = 0;
  std::uint8_t reserved = 0;
};

enum class ParamKind : std::uint8_t {
  positional_only,
  positional_or_keyword,
  var_positional,
  keyword_only,
  var_keyword
};

struct Param {
  WordId name;
  TextRange range;  // of the name
  ExprId default_value;
  ExprId annotation;
  ParamKind kind{};
};

struct Decorator {
  ExprId expr;  // without the @
  TextRange range;
};

struct Class {
  WordId name;
  TextRange name_range;
  TextRange range;  // from the first decorator
  StatementId statement;
  BlockId body;
  FunctionId function;  // the function it is defined in
  ClassId outer;        // the class it is defined in
  Run<DecoratorTag> decorators;
  ExprId first_argument;  // bases and keywords, chained by Expr::next
};

/// One bound name. `import a.b` binds `a`; `import a.b as c` binds `c` to a.b.
struct Import {
  WordId module;    // dotted, without leading dots; none for `from . import x`
  WordId imported;  // the name after `import` in a `from`; none for a plain import
  WordId bound;     // the name that it binds; none for a star import
  TextRange range;
  StatementId statement;
  std::uint8_t level = 0;  // leading dots
  std::uint8_t is_from = 0;
  std::uint8_t is_star = 0;
  std::uint8_t reserved = 0;
};

enum class SuppressionKind : std::uint8_t { ignore, file_ignore, noqa };

/// `# hasten: ignore[HS201, HS3] reason`, `# hasten: file-ignore[...]`, `# noqa: HS201`, bare `# noqa`.
struct Suppression {
  SuppressionKind kind{};
  std::uint8_t is_own_line = 0;  // nothing but white space before it: it speaks for the next statement
  TextRange range;               // the comment from its #
  std::vector<WordId> codes;     // empty: every code
};

enum class FileProblemKind : std::uint8_t {
  syntax_error,
  invalid_utf8,
  nul_byte,
  too_deep,         // nesting beyond max_depth: what is deeper is not analysed
  bad_suppression,  // `# hasten:` followed by something that is no pragma
};

struct FileProblem {
  FileProblemKind kind{};
  TextRange range;
};

/// Words: every distinct text once.
class Words {
 public:
  [[nodiscard]] std::string_view operator[](WordId word) const {
    if (!word) return {};
    const Span span = spans_[word.index()];
    return std::string_view(bytes_).substr(span.begin, span.size);
  }
  /// Linear; for tests and for the few words that linking looks for once per file.
  [[nodiscard]] WordId find(std::string_view text) const;
  [[nodiscard]] std::size_t size() const { return spans_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_.capacity() + spans_.capacity() * sizeof(Span); }
  WordId add(std::string_view text) {  // lowering keeps them distinct
    spans_.push_back({static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())});
    bytes_ += text;
    return WordId(spans_.size() - 1);
  }
  void shrink_to_fit() {
    bytes_.shrink_to_fit();
    spans_.shrink_to_fit();
  }

 private:
  struct Span {
    std::uint32_t begin, size;
  };
  std::string bytes_;
  std::vector<Span> spans_;
};

struct FileModel {
  /// Longer literals are kept without their text.
  static constexpr std::size_t max_word = 1024;
  /// Nesting that no person writes; tree-sitter and we stay linear in it but nothing below it is worth a row.
  static constexpr std::size_t max_depth = 1000;
  /// A list, tuple, set or dict of at least this many elements, all of them constants or collections of constants, is
  /// stored without them.
  static constexpr std::size_t collapse_from = 64;

  Words words;
  Table<ExprTag, Expr> exprs;
  Table<StatementTag, Statement> statements;
  Table<BlockTag, Block> blocks;  // row 0 is the module
  Table<CallTag, Call> calls;
  Table<FunctionTag, Function> functions;
  Table<ParamTag, Param> params;
  Table<DecoratorTag, Decorator> decorators;
  Table<ClassTag, Class> classes;
  Table<ImportTag, Import> imports;
  std::vector<Suppression> suppressions;
  std::vector<FileProblem> problems;
  std::uint32_t source_bytes = 0;

  [[nodiscard]] static constexpr BlockId module_block() { return BlockId(0); }

  [[nodiscard]] std::string_view word(WordId id) const { return words[id]; }
  [[nodiscard]] std::string_view word(ExprId id) const { return words[exprs[id].word()]; }
  [[nodiscard]] bool has_children(ExprId id) const { return exprs[id].subtree > 1; }
  [[nodiscard]] ExprId first_child(ExprId id) const { return has_children(id) ? ExprId(id.index() + 1) : ExprId(); }
  [[nodiscard]] ExprId next(ExprId id) const { return exprs[id].next; }
  /// The id-th child or none.
  [[nodiscard]] ExprId child(ExprId id, std::size_t position) const;
  /// Elements of a collection, also of a collapsed one.
  [[nodiscard]] std::size_t child_count(ExprId id) const;
  /// Every row of the expression, itself first.
  [[nodiscard]] Run<ExprTag> subtree(ExprId id) const { return {id.index(), exprs[id].subtree}; }

  [[nodiscard]] FunctionId function_of(BlockId block) const { return blocks[block].function; }
  [[nodiscard]] FunctionId function_of(StatementId statement) const { return function_of(statements[statement].block); }
  /// The keyword argument's value, or none.
  [[nodiscard]] ExprId keyword(ExprId call, std::string_view name) const;
  /// The n-th positional argument (0-based), none if absent or behind a starred one.
  [[nodiscard]] ExprId positional(ExprId call, std::size_t position) const;
  /// `a.b.c` of names and attributes; empty for anything else.
  [[nodiscard]] std::string dotted(ExprId id) const;

  [[nodiscard]] std::size_t bytes() const;
};

/// The rows as text, one a line: what lowering's snapshots compare.
[[nodiscard]] std::string dump(const FileModel& file);

}  // namespace hasten
