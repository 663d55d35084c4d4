#include "analyzer/link/signatures.h"

#include <algorithm>
#include <optional>

namespace hasten {
namespace {

ExprId callee_of(const FileModel& file, ExprId decorator) {
  return file.exprs[decorator].kind == ExprKind::call ? file.first_child(decorator) : decorator;
}

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// The function that a decorator puts in the place of the decorated one: what it returns, if that is nested in it.
std::optional<FunctionId> returned_function(const FileModel& file, FunctionId function) {
  for (StatementId statement : file.blocks[file.functions[function].body].statements) {
    const Statement& row = file.statements[statement];
    if (row.kind != StatementKind::return_ || !row.value || file.function_of(statement) != function) continue;
    if (file.exprs[row.value].kind != ExprKind::name) continue;
    for (FunctionId inner : file.functions.ids()) {
      if (file.functions[inner].parent == function && file.functions[inner].name == file.exprs[row.value].word())
        return inner;
    }
  }
  return std::nullopt;
}

/// functools.wraps and its like keep the signature of what is wrapped.
bool keeps_signature(const FileModel& file, FunctionId wrapper) {
  return std::ranges::any_of(file.functions[wrapper].decorators, [&](DecoratorId decorator) {
    const std::string name = file.dotted(callee_of(file, file.decorators[decorator].expr));
    return last_part(name).find("wraps") != std::string_view::npos || name.find("decorator") != std::string::npos;
  });
}

}  // namespace

FixtureArguments Signatures::of_test(FunctionRef function, ClassRef class_) const {
  const bool is_bound = class_ && !is_static(function);
  FixtureArguments arguments = parameters(function, is_bound ? 1 : 0);
  const Function& row = literals_.model(function.file).functions[function.id];
  for (std::size_t i = row.decorators.size(); i-- > 0;) {
    apply_decorator(function, literals_.model(function.file).decorators[row.decorators[i]].expr, arguments);
  }
  const auto first = arguments.names.begin();
  const std::size_t given = std::min(mocks(function, class_), arguments.names.size());
  arguments.names.erase(first, first + static_cast<std::ptrdiff_t>(given));
  return arguments;
}

FixtureArguments Signatures::of_fixture(FunctionRef function) const {
  const bool is_bound = static_cast<bool>(literals_.model(function.file).functions[function.id].class_);
  FixtureArguments arguments = parameters(function, is_bound && !is_static(function) ? 1 : 0);
  const std::size_t given = std::min(mocks(function, {}), arguments.names.size());
  arguments.names.erase(arguments.names.begin(), arguments.names.begin() + static_cast<std::ptrdiff_t>(given));
  return arguments;
}

FixtureArguments Signatures::parameters(FunctionRef function, std::size_t skipped) const {
  const FileModel& file = literals_.model(function.file);
  FixtureArguments out;
  for (ParamId param : file.functions[function.id].params) {
    const Param& row = file.params[param];
    // A positional-only self is no fixture either; then nothing else is taken off.
    if (row.kind == ParamKind::positional_only) skipped = 0;
  }
  for (ParamId param : file.functions[function.id].params) {
    const Param& row = file.params[param];
    const bool is_named = row.kind == ParamKind::positional_or_keyword || row.kind == ParamKind::keyword_only;
    if (!is_named || row.default_value) continue;
    if (skipped > 0) {
      --skipped;
    } else {
      out.names.push_back(file.word(row.name));
    }
  }
  return out;
}

bool Signatures::is_static(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  return std::ranges::any_of(file.functions[function.id].decorators, [&](DecoratorId decorator) {
    return file.dotted(file.decorators[decorator].expr) == "staticmethod";
  });
}

void Signatures::apply_decorator(FunctionRef function, ExprId decorator, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(function.file);
  const BlockId block = file.statements[file.functions[function.id].statement].block;
  const ExprId callee = callee_of(file, decorator);
  if (!callee) return;
  const Denotation named = literals_.names().denote(function.file, block, callee);
  if (named.kind == Denotation::Kind::external && named.dotted.starts_with("hypothesis.") &&
      last_part(named.dotted) == "given") {
    remove_given(function.file, decorator, arguments);
  } else if (named.kind == Denotation::Kind::function && named.rest.empty()) {
    apply_own_decorator({named.file, named.function}, arguments);
  }
}

/// `@given(a, b, c=...)`: keywords by name, positional strategies from the right.
void Signatures::remove_given(FileId file, ExprId call, FixtureArguments& arguments) const {
  const FileModel& model = literals_.model(file);
  if (model.exprs[call].kind != ExprKind::call) return;
  std::size_t positional = 0;
  for (ExprId at = model.next(model.first_child(call)); at; at = model.next(at)) {
    const ExprKind kind = model.exprs[at].kind;
    if (kind == ExprKind::keyword) {
      std::erase(arguments.names, model.word(at));
    } else if (kind == ExprKind::starred || kind == ExprKind::double_starred) {
      arguments.is_unknown = true;
    } else {
      ++positional;
    }
  }
  arguments.names.resize(arguments.names.size() - std::min(positional, arguments.names.size()));
}

/// A decorator of the project: where its wrapper does not take over the signature of what it wraps, the wrapper's own
/// parameters are what pytest sees.
void Signatures::apply_own_decorator(FunctionRef decorator, FixtureArguments& arguments) const {
  const FileModel& file = literals_.model(decorator.file);
  FunctionId at = decorator.id;
  for (int depth = 0; depth < 3; ++depth) {
    for (StatementId statement : file.blocks[file.functions[at].body].statements) {
      const ExprId target = file.statements[statement].target;
      if (target && file.exprs[target].kind == ExprKind::attribute && file.word(target) == "__signature__") {
        arguments.is_unknown = true;
        return;
      }
    }
    const std::optional<FunctionId> inner = returned_function(file, at);
    if (!inner) return;
    at = *inner;
    if (keeps_signature(file, at)) return;
    const Run<ParamTag> params = file.functions[at].params;
    const bool takes_anything = std::ranges::any_of(params, [&](ParamId param) {
      return file.params[param].kind == ParamKind::var_positional || file.params[param].kind == ParamKind::var_keyword;
    });
    if (takes_anything) {
      arguments.names = parameters({decorator.file, at}, 0).names;
      return;
    }
  }
}

/// E1.6: one argument for every patch without a replacement of its own.
std::size_t Signatures::mocks(FunctionRef function, ClassRef class_) const {
  std::size_t count = 0;
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  for (DecoratorId decorator : row.decorators) count += is_mock(function.file, block, file.decorators[decorator].expr);
  if (!class_) return count;
  if (!file.word(row.name).starts_with("test")) return count;
  // A patched base class has patched its own methods; a patched subclass patches the inherited ones too (E1.7).
  for (ClassRef holder : literals_.names().mro(class_).classes) {
    const FileModel& model = literals_.model(holder.file);
    const Class& at = model.classes[holder.id];
    const BlockId outside = model.statements[at.statement].block;
    for (DecoratorId decorator : at.decorators) {
      count += is_mock(holder.file, outside, model.decorators[decorator].expr);
    }
    if (holder.file == function.file && holder.id == row.class_) break;
  }
  return count;
}

bool Signatures::is_mock(FileId file, BlockId block, ExprId decorator) const {
  const FileModel& model = literals_.model(file);
  if (model.exprs[decorator].kind != ExprKind::call) return false;
  const std::string name = literals_.names().external(file, block, model.first_child(decorator));
  const bool is_patch = name == "unittest.mock.patch" || name == "mock.patch";
  const bool is_object = name == "unittest.mock.patch.object" || name == "mock.patch.object";
  if (!is_patch && !is_object) return false;
  return !model.keyword(decorator, "new") && !model.positional(decorator, is_patch ? 1 : 2);
}

}  // namespace hasten
