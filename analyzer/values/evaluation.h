#pragma once

// Runs the code that makes a collection, as far as that needs nothing but literals: loops, comprehensions, conditions,
// functions of the project, what itertools makes of them. Asked where counting what is written (Literals) finds no
// answer. Nothing is guessed: what cannot be run gives an opaque value, and what would have to look into one of those
// gives an opaque value too. Bounded in steps and depth.
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

 private:
  /// Where code runs: the variables around it are in `frame`; none outside functions.
  struct Place {
    FileId file;
    BlockId block;
    Frame* frame = nullptr;
  };
  enum class Flow : std::uint8_t { next, break_, continue_, return_, failed };
  struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string_view, Value>> keywords;
    [[nodiscard]] Value keyword(std::string_view name) const;
  };
  /// A variable of a module, class or function, up to an offset in its file.
  using VariableKey = std::tuple<FileId, ScopeKey, std::string, std::uint32_t>;

  [[nodiscard]] const FileModel& model(const Place& at) const { return literals_.model(at.file); }

  Value make(Evaluated value);
  Value opaque(const Place& at, ExprId expr);
  Value none();
  Value boolean(Truth truth, const Place& at, ExprId expr);
  Value integer(std::int64_t number);
  Value text(std::string text);
  Value collection(Evaluated::Kind kind, std::vector<Value> elements);
  Value copy(Value value);

  // evaluation.cc
  Value evaluate(const Place& at, ExprId expr);
  Value evaluate_row(const Place& at, ExprId expr);
  Value number(const Place& at, ExprId expr);
  Value display(const Place& at, ExprId expr);
  Value dict_display(const Place& at, ExprId expr);
  Value named(const Place& at, ExprId expr);
  Value outer_name(const Place& at, ExprId expr);
  Value comprehension(const Place& at, ExprId expr);
  bool run_comprehension(const Place& at, ExprId clause, ExprId element, Evaluated& out);
  Value subscript(const Place& at, ExprId expr);
  Value slice(const Place& at, ExprId expr, Value object);
  [[nodiscard]] static Value item(const Evaluated& object, const Evaluated& index);

  // evaluated_operators.cc
  Value unary(const Place& at, ExprId expr);
  Value binary(const Place& at, ExprId expr);
  Value combined(Operator op, Value left, Value right);
  Value combined_sets(Operator op, const Evaluated& left, const Evaluated& right);
  Value boolean_operator(const Place& at, ExprId expr);
  Value compare(const Place& at, ExprId expr);
  Truth compared(Operator op, const Evaluated& left, const Evaluated& right);
  Value conditional(const Place& at, ExprId expr);
  Truth condition(const Place& at, ExprId expr);
  std::optional<std::vector<Value>> iterate(Value value);
  bool add_key(Evaluated& to, Value key, Value value);
  [[nodiscard]] static bool set_item(Evaluated& object, Value key, Value value);

  // evaluated_calls.cc
  Value call(const Place& at, ExprId expr);
  std::optional<Arguments> arguments(const Place& at, ExprId expr);
  Value called(const Place& at, ExprId expr, Value callee, const Arguments& given);
  Value call_function(const Evaluated& function, const Arguments& given);
  bool bind_parameters(FunctionRef function, const Arguments& given, Frame& frame);
  Value call_lambda(const Evaluated& lambda, const Arguments& given);
  static void spoil(const Arguments& given);
  Value literal_arguments(const Place& at, ExprId annotation);

  // evaluated_builtins.cc
  Value builtin(std::string_view name, const Arguments& given);
  Value zip(const Arguments& given, bool is_longest);
  Value map_or_filter(std::string_view name, const Arguments& given);
  Value range(const Arguments& given);
  Value sorted(const Arguments& given);
  Value is_instance(const Arguments& given);
  Value any_or_all(std::string_view name, const Arguments& given);
  Value set_of(Evaluated::Kind kind, const Arguments& given);
  Value dict_of(const Arguments& given);
  Value from_itertools(std::string_view name, const Arguments& given);
  Value cartesian(const Arguments& given);
  Value subsets(std::string_view name, const Arguments& given);

  // evaluated_methods.cc
  Value method(Value object, std::string_view name, const Arguments& given);
  Value list_method(Evaluated& object, std::string_view name, const Arguments& given);
  Value set_method(Evaluated& object, std::string_view name, const Arguments& given);
  Value dict_method(Evaluated& object, std::string_view name, const Arguments& given);
  Value text_method(const Evaluated& object, std::string_view name, const Arguments& given);

  // evaluated_statements.cc
  Value variable(FileId file, ScopeKey scope, std::string_view name);
  Value run_for(FileId file, ScopeKey scope, std::string_view name, std::uint32_t until);
  Flow run_block(FileId file, BlockId block, Frame& frame);
  Flow run_statement(FileId file, StatementId statement, Frame& frame);
  Flow run_for_loop(FileId file, StatementId statement, Frame& frame);
  Flow run_while(FileId file, StatementId statement, Frame& frame);
  Flow run_if(FileId file, StatementId statement, Frame& frame);
  Flow run_try(FileId file, StatementId statement, Frame& frame);
  Flow run_part(FileId file, StatementId header, BlockKind kind, Frame& frame);
  Flow skip_branches(FileId file, StatementId statement, Frame& frame);
  bool assign(const Place& at, ExprId target, Value value);
  bool change(const Place& at, const Statement& row);
  bool unpack(const Place& at, ExprId target, Value value);
  [[nodiscard]] bool is_sure_import(FileId file, const Statement& row) const;
  [[nodiscard]] static Value lookup(const Frame* frame, std::string_view name);

  const Literals& literals_;
  const RelevantStatements& statements_;
  std::deque<Evaluated> values_;
  std::deque<Frame> frames_;
  std::map<VariableKey, Value> known_;       // none while it is being found out
  std::map<FileId, std::uint32_t> reached_;  // how far files have run whose import is not over
  Value result_ = nullptr;                   // of the function that runs
  std::uint32_t steps_ = 0;
  int depth_ = 0;
  bool may_raise_ = false;  // something ran that we do not know the inside of
};

}  // namespace hasten
