#pragma once

// Runs the code that makes a collection, as far as that needs nothing but literals: loops, comprehensions, conditions,
// functions of the project, what itertools makes of them. Asked where counting what is written (Literals) finds no
// answer, or a condition (Truth) none. Nothing is guessed: what cannot be run gives an opaque value, and what would
// have to look into one of those gives an opaque value too. Bounded in steps and depth.
//
// A name of a module or class is what its body has made of it by the time of asking, so a list that is built up between
// two tests has two sizes.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzer/values/evaluated.h"
#include "analyzer/values/relevant_statements.h"

namespace hasten {

class Evaluation {
 public:
  Evaluation(const Literals& literals, const RelevantStatements& statements)
      : literals_(literals), statements_(statements) {}

  /// How many elements the value of the expression has; nothing where that cannot be told.
  std::optional<std::int64_t> size(Site site);
  /// The texts that are the elements of the value, or stand at `position` in each of them, `pytest.param(...)` looked
  /// into; nothing where one of them cannot be told.
  std::optional<std::vector<std::string>> texts(Site site, std::optional<std::size_t> position);
  /// bool(expr), of an expression outside functions.
  Truth truth(Site site);

 private:
  /// Where code runs: the variables around it are in `frame`; none outside functions.
  struct Place {
    FileId file;
    BlockId block;
    Variables* frame = nullptr;
  };
  enum class Flow : std::uint8_t { next, break_, continue_, return_, failed };
  struct Arguments {
    std::vector<ValueRef> positional;
    std::vector<std::pair<std::string_view, ValueRef>> keywords;
    [[nodiscard]] ValueRef keyword(std::string_view name) const;
  };
  /// A variable of a module, class or function, up to an offset in its file.
  using VariableKey = std::tuple<FileId, ScopeKey, std::string, std::uint32_t>;

  ValueRef argument_value(ValueRef set, std::optional<std::size_t> position);

  [[nodiscard]] const FileModel& model(const Place& at) const { return literals_.model(at.file); }

  ValueRef make(Evaluated value);
  ValueRef opaque(const Place& at, ExprId expr);
  ValueRef none();
  ValueRef boolean(Truth truth, const Place& at, ExprId expr);
  ValueRef integer(std::int64_t number);
  ValueRef text(std::string text);
  ValueRef collection(Evaluated::Kind kind, std::vector<ValueRef> elements);
  ValueRef python_version();
  ValueRef copy(ValueRef value);

  // evaluation.cc
  ValueRef evaluate(const Place& at, ExprId expr);
  ValueRef evaluate_row(const Place& at, ExprId expr);
  ValueRef number(const Place& at, ExprId expr);
  ValueRef display(const Place& at, ExprId expr);
  ValueRef dict_display(const Place& at, ExprId expr);
  ValueRef named(const Place& at, ExprId expr);
  ValueRef outer_name(const Place& at, ExprId expr);
  ValueRef comprehension(const Place& at, ExprId expr);
  bool run_comprehension(const Place& at, ExprId clause, ExprId element, Evaluated& out);
  ValueRef subscript(const Place& at, ExprId expr);
  ValueRef slice(const Place& at, ExprId expr, ValueRef object);
  [[nodiscard]] static ValueRef item(const Evaluated& object, const Evaluated& index);

  // evaluated_operators.cc
  ValueRef unary(const Place& at, ExprId expr);
  ValueRef binary(const Place& at, ExprId expr);
  ValueRef combined(Operator op, ValueRef left, ValueRef right);
  ValueRef combined_sets(Operator op, const Evaluated& left, const Evaluated& right);
  ValueRef boolean_operator(const Place& at, ExprId expr);
  ValueRef compare(const Place& at, ExprId expr);
  Truth compared(Operator op, const Evaluated& left, const Evaluated& right);
  ValueRef conditional(const Place& at, ExprId expr);
  Truth condition(const Place& at, ExprId expr);
  std::optional<std::vector<ValueRef>> iterate(ValueRef value);
  bool add_key(Evaluated& to, ValueRef key, ValueRef value);
  [[nodiscard]] static bool set_item(Evaluated& object, ValueRef key, ValueRef value);

  // evaluated_calls.cc
  ValueRef call(const Place& at, ExprId expr);
  std::optional<Arguments> arguments(const Place& at, ExprId expr);
  ValueRef called(const Place& at, ExprId expr, ValueRef callee, const Arguments& given);
  ValueRef call_function(const Evaluated& function, const Arguments& given);
  bool bind_parameters(FunctionRef function, const Arguments& given, Variables& frame);
  ValueRef call_lambda(const Evaluated& lambda, const Arguments& given);
  static void spoil(const Arguments& given);
  ValueRef literal_arguments(const Place& at, ExprId annotation);

  // evaluated_builtins.cc
  ValueRef builtin(std::string_view name, const Arguments& given);
  ValueRef zip(const Arguments& given, bool is_longest);
  ValueRef map_or_filter(std::string_view name, const Arguments& given);
  ValueRef range(const Arguments& given);
  ValueRef sorted(const Arguments& given);
  ValueRef is_instance(const Arguments& given);
  ValueRef any_or_all(std::string_view name, const Arguments& given);
  ValueRef attribute_asked(std::string_view name, const Arguments& given);
  ValueRef set_of(Evaluated::Kind kind, const Arguments& given);
  ValueRef dict_of(const Arguments& given);
  ValueRef from_itertools(std::string_view name, const Arguments& given);
  ValueRef cartesian(const Arguments& given);
  ValueRef subsets(std::string_view name, const Arguments& given);

  // evaluated_methods.cc
  ValueRef method(ValueRef object, std::string_view name, const Arguments& given);
  ValueRef list_method(Evaluated& object, std::string_view name, const Arguments& given);
  ValueRef set_method(Evaluated& object, std::string_view name, const Arguments& given);
  ValueRef dict_method(Evaluated& object, std::string_view name, const Arguments& given);
  ValueRef text_method(const Evaluated& object, std::string_view name, const Arguments& given);

  // evaluated_statements.cc
  ValueRef variable(FileId file, ScopeKey scope, std::string_view name);
  ValueRef run_for(FileId file, ScopeKey scope, std::string_view name, std::uint32_t until);
  Flow run_block(FileId file, BlockId block, Variables& frame);
  Flow run_statement(FileId file, StatementId statement, Variables& frame);
  Flow run_for_loop(FileId file, StatementId statement, Variables& frame);
  Flow run_while(FileId file, StatementId statement, Variables& frame);
  Flow run_if(FileId file, StatementId statement, Variables& frame);
  Flow run_try(FileId file, StatementId statement, Variables& frame);
  Flow run_part(FileId file, StatementId header, BlockKind kind, Variables& frame);
  Flow skip_branches(FileId file, StatementId statement, Variables& frame);
  bool assign(const Place& at, ExprId target, ValueRef value);
  bool change(const Place& at, const Statement& row);
  bool unpack(const Place& at, ExprId target, ValueRef value);
  [[nodiscard]] bool is_sure_import(FileId file, const Statement& row) const;
  [[nodiscard]] static ValueRef lookup(const Variables* frame, std::string_view name);

  const Literals& literals_;
  const RelevantStatements& statements_;
  std::deque<Evaluated> values_;
  std::deque<Variables> frames_;
  std::map<VariableKey, ValueRef> known_;    // none while it is being found out
  std::map<FileId, std::uint32_t> reached_;  // how far files have run whose import is not over
  ValueRef result_ = nullptr;                // of the function that runs
  std::uint32_t steps_ = 0;
  int depth_ = 0;
  bool may_raise_ = false;  // something ran that we do not know the inside of
};

}  // namespace hasten
