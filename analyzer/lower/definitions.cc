#include "analyzer/lower/walk.h"

namespace hasten {

void Walk::lower_decorated(const Node& node) {
  const Nodes& parts = children(node);
  Run<DecoratorTag> decorators{file_.decorators.next_id().index(), 0};
  const Node* definition = nullptr;
  for (const Node& part : parts) {
    if (part.kind == Kind::decorator) {
      TextRange range = part.range();
      while (range.end > range.begin && bytes_[range.end - 1] <= ' ') --range.end;  // the node holds its line end
      push(Action::decorator, part).row = file_.decorators.add({.expr = {}, .range = range}).index();
      ++decorators.count;
    } else if (part.kind == Kind::function_definition || part.kind == Kind::class_definition) {
      definition = &part;
    }
  }
  if (definition == nullptr) return;
  const Node definition_node = *definition;
  if (definition_node.kind == Kind::class_definition) {
    lower_class(definition_node, node.range().begin, decorators);
  } else {
    lower_function(definition_node, node.range().begin, decorators);
  }
}

void Walk::lower_function(const Node& node, std::uint32_t begin, Run<DecoratorTag> decorators) {
  const Nodes& parts = children(node);
  const StatementId statement = add_statement(StatementKind::function, head_range(node, parts));
  const FunctionId id = file_.functions.next_id();
  const bool is_async = find_kind(parts, Kind::async_token) != nullptr;
  file_.statements[statement].detail = id.index();
  file_.statements[statement].is_async = is_async;
  Function function;
  function.range = {begin, node.range().end};
  function.statement = statement;
  function.decorators = decorators;
  function.parent = file_.blocks[block_].function;
  function.class_ = file_.blocks[block_].class_;
  function.is_async = is_async;
  if (const Node* const name = find_kind(parts, Kind::identifier)) {
    function.name = word(*name);
    function.name_range = name->range();
  }
  file_.functions.add(function);
  if (const Node* const list = find_kind(parts, Kind::parameters)) push(Action::parameters, *list).row = id.index();
  if (const Node* const type = find_kind(parts, Kind::type)) push_root(*type, Slot::returns, id.index());
  if (const Node* const body = find_kind(parts, Kind::block)) push_suite(*body, BlockKind::function, statement);
}

void Walk::lower_class(const Node& node, std::uint32_t begin, Run<DecoratorTag> decorators) {
  const Nodes& parts = children(node);
  const StatementId statement = add_statement(StatementKind::class_, head_range(node, parts));
  const ClassId id = file_.classes.next_id();
  file_.statements[statement].detail = id.index();
  Class row;
  row.range = {begin, node.range().end};
  row.statement = statement;
  row.decorators = decorators;
  row.function = file_.blocks[block_].function;
  row.outer = file_.blocks[block_].class_;
  if (const Node* const name = find_kind(parts, Kind::identifier)) {
    row.name = word(*name);
    row.name_range = name->range();
  }
  file_.classes.add(row);
  if (const Node* const bases = find_kind(parts, Kind::argument_list)) push(Action::bases, *bases).row = id.index();
  if (const Node* const body = find_kind(parts, Kind::block)) push_suite(*body, BlockKind::class_, statement);
}

void Walk::lower_bases(const Step& step) {
  const Nodes& bases = children(step.node);
  if (count_named(bases) == 0) return;
  file_.classes[ClassId(step.row)].first_argument = file_.exprs.next_id();
  frames_.push_back({});  // siblings without a parent
  push_named(bases, {});
  push_close();
}

void Walk::lower_parameters(const Step& step) {
  Run<ParamTag> params{file_.params.next_id().index(), 0};
  ParamKind kind = ParamKind::positional_or_keyword;
  for (const Node& node : children(step.node)) {
    if (!is_named(node.kind)) continue;
    if (node.kind == Kind::positional_separator) {
      for (ParamId before : params) file_.params[before].kind = ParamKind::positional_only;
      continue;
    }
    if (node.kind == Kind::keyword_separator) {
      kind = ParamKind::keyword_only;
      continue;
    }
    lower_parameter(node, kind);
    ++params.count;
    const Param& added = file_.params[params[params.count - 1]];
    if (added.kind == ParamKind::var_positional) kind = ParamKind::keyword_only;
  }
  file_.functions[FunctionId(step.row)].params = params;
}

/// One row, whatever the spelling: `x`, `x=1`, `x: int`, `x: int = 1`, `*x`, `**x: int`, Python 2's `(a, b)`.
void Walk::lower_parameter(const Node& node, ParamKind kind) {
  Param param;
  param.kind = kind;
  const auto row = file_.params.next_id().index();
  Node name = node;
  const bool is_plain = node.kind == Kind::identifier || node.kind == Kind::tuple_pattern;
  if (!is_plain) {
    const Nodes& parts = inner_children(node);
    const bool is_typed = node.kind == Kind::typed_parameter || node.kind == Kind::typed_default_parameter;
    const bool has_default = node.kind == Kind::default_parameter || node.kind == Kind::typed_default_parameter;
    if (const Node* const first = named_child(parts, 0); first != nullptr && (is_typed || has_default)) name = *first;
    const Node* const annotation = is_typed ? find_kind(parts, Kind::type) : nullptr;
    const Node* const value = has_default ? named_child(parts, is_typed ? 2 : 1) : nullptr;
    if (annotation != nullptr) push_root(*annotation, Slot::annotation, row);
    if (value != nullptr) push_root(*value, Slot::default_value, row);
  }
  const bool is_list = name.kind == Kind::list_splat_pattern;
  const bool is_dictionary = name.kind == Kind::dictionary_splat_pattern;
  if (is_list) param.kind = ParamKind::var_positional;
  if (is_dictionary) param.kind = ParamKind::var_keyword;
  if (is_list || is_dictionary) {
    if (const Node* const inside = named_child(inner_children(name), 0)) name = *inside;
  }
  if (name.kind == Kind::identifier) param.name = word(name);
  param.range = name.range();
  file_.params.add(param);
}

}  // namespace hasten
