#include "analyzer/effects/implicit_calls.h"

#include <algorithm>
#include <initializer_list>

#include "analyzer/values/decorators.h"

namespace hasten {

using std::string_view;

struct ImplicitCalls::Search {
  ImplicitCalls& calls;
  FunctionRef function;
  const FileModel& model;
  std::vector<ImplicitCall> found;

  void read(const Statement& statement) {
    switch (statement.kind) {
      case StatementKind::assign:
      case StatementKind::ann_assign: read_target(statement, statement.target, "__setitem__"); break;
      case StatementKind::aug_assign:
        read_target(statement, statement.target, "__setitem__");
        read_expressions(statement, statement.target);
        break;
      case StatementKind::delete_: read_target(statement, statement.target, "__delitem__"); break;
      case StatementKind::for_:
        for (const string_view method : {"__iter__", "__next__", "__aiter__", "__anext__"}) {
          add_method(statement.block, statement.value, statement.value, method);
        }
        break;
      default: break;
    }
    read_expressions(statement, statement.value);
    read_expressions(statement, statement.third);
  }

  void read_target(const Statement& statement, ExprId target, string_view method) {
    if (!target) return;
    const Expr& row = model.exprs[target];
    if (row.kind == ExprKind::subscript) {
      add_method(statement.block, target, model.first_child(target), method);
      read_expressions(statement, model.first_child(target));
    } else if (row.kind == ExprKind::attribute) {
      add_accessor(statement.block, target, true);
      read_expressions(statement, model.first_child(target));
    } else if (row.kind == ExprKind::tuple || row.kind == ExprKind::list) {
      for (ExprId at = model.first_child(target); at; at = model.next(at)) read_target(statement, at, method);
    }
  }

  void read_expressions(const Statement& statement, ExprId root) {
    if (!root) return;
    for (const ExprId at : model.subtree(root)) {
      const Expr& row = model.exprs[at];
      switch (row.kind) {
        case ExprKind::attribute: add_accessor(statement.block, at, false); break;
        case ExprKind::subscript: add_method(statement.block, at, model.first_child(at), "__getitem__"); break;
        case ExprKind::compare:
          if (row.op == Operator::in || row.op == Operator::not_in) {
            add_method(statement.block, at, model.child(at, 1), "__contains__");
          }
          break;
        case ExprKind::comprehension_for:
          for (const string_view method : {"__iter__", "__next__"}) {
            add_method(statement.block, model.child(at, 1), model.child(at, 1), method);
          }
          break;
        case ExprKind::await_: read_await(statement, at); break;
        case ExprKind::call: read_builtin(statement, at); break;
        default: break;
      }
    }
  }

  /// `await Server()`; what an async function returns is not awaited once more.
  void read_await(const Statement& statement, ExprId await) {
    const ExprId object = model.first_child(await);
    if (calls.has_method("__await__") && !calls.is_coroutine(function.file, statement.block, object)) {
      add_method(statement.block, await, object, "__await__");
    }
  }

  /// `len(queue)`, `next(rows)`, `list(rows)`.
  void read_builtin(const Statement& statement, ExprId call) {
    const ExprId callee = model.first_child(call);
    if (model.exprs[callee].kind != ExprKind::name) return;
    const string_view name = model.word(callee);
    const ExprId object = model.positional(call, 0);
    if (name == "len") add_method(statement.block, call, object, "__len__");
    if (name == "next") add_method(statement.block, call, object, "__next__");
    if (name == "list" || name == "iter" || name == "sorted" || name == "tuple" || name == "set" || name == "dict") {
      add_method(statement.block, call, object, "__iter__");
    }
  }

  void add_method(BlockId block, ExprId place, ExprId object, string_view method) {
    if (!object || !calls.has_method(method)) return;
    const ClassRef class_ = calls.class_of(function.file, block, object);
    if (class_) add(block, place, calls.values_.names().method(class_, method));
  }

  void add_accessor(BlockId block, ExprId attribute, bool is_setter) {
    const string_view name = model.word(attribute);
    if (!calls.properties_.contains(name)) return;
    const ClassRef class_ = calls.class_of(function.file, block, model.first_child(attribute));
    if (class_) add(block, attribute, calls.accessor(class_, name, is_setter));
  }

  void add(BlockId block, ExprId place, FunctionRef called) {
    if (called) found.push_back({model.exprs[place].range, block, called, false});
  }
};

std::vector<ImplicitCall> ImplicitCalls::in(FunctionRef function) {
  build();
  if (properties_.empty() && special_.empty()) return {};
  const FileModel& model = tables_.files[function.file].model;
  Search search{*this, function, model, {}};
  for (const StatementId id : model.blocks[model.functions[function.id].body].statements) {
    if (model.function_of(id) == function.id) search.read(model.statements[id]);
  }
  return std::move(search.found);
}

void ImplicitCalls::build() {
  if (is_built_) return;
  is_built_ = true;
  for (const FileId file : tables_.files.ids()) {
    const FileModel& model = tables_.files[file].model;
    for (const FunctionId id : model.functions.ids()) {
      const Function& row = model.functions[id];
      if (!row.class_) continue;
      const string_view name = model.word(row.name);
      if (name.starts_with("__")) {
        if (name.ends_with("__")) special_.insert(name);
      } else if (is_property(model, row)) {
        properties_[name].getters.push_back({file, id});
      } else if (has_decorator(model, row, "setter")) {
        properties_[name].setters.push_back({file, id});
      }
    }
  }
}

/// The last definition of the name is one of getter, setter and deleter; all of them stand in its class.
FunctionRef ImplicitCalls::accessor(ClassRef class_, string_view name, bool is_setter) const {
  const FunctionRef last = values_.names().method(class_, name);
  if (!last) return {};
  const Accessors& known = properties_.find(name)->second;
  const std::vector<FunctionRef>& all = is_setter ? known.setters : known.getters;
  const FileModel& model = tables_.files[last.file].model;
  const auto found = std::ranges::find_if(all, [&](FunctionRef function) {
    return function.file == last.file && model.functions[function.id].class_ == model.functions[last.id].class_;
  });
  return found == all.end() ? FunctionRef() : *found;
}

bool ImplicitCalls::is_coroutine(FileId file, BlockId block, ExprId awaited) {
  const FileModel& model = tables_.files[file].model;
  if (model.exprs[awaited].kind == ExprKind::name) {
    const auto& bindings = values_.bindings().locals(file, model.function_of(block), model.exprs[awaited].word());
    return std::ranges::any_of(bindings, [&](const Binding& binding) {
      const bool is_call = binding.kind == Binding::Kind::value && model.exprs[binding.value].kind == ExprKind::call;
      return is_call && is_coroutine(file, binding.block, binding.value);
    });
  }
  if (model.exprs[awaited].kind != ExprKind::call) return false;
  const Value callee = values_.evaluate(file, block, model.first_child(awaited));
  return callee.kind == Value::Kind::function &&
         tables_.files[callee.file].model.functions[callee.function].is_async != 0;
}

ClassRef ImplicitCalls::class_of(FileId file, BlockId block, ExprId object) {
  const Value value = values_.evaluate(file, block, object);
  return value.kind == Value::Kind::object ? value.class_ref() : ClassRef();
}

}  // namespace hasten
