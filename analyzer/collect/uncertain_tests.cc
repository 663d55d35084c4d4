#include "analyzer/collect/uncertain_tests.h"

#include <algorithm>
#include <string_view>

#include "analyzer/names/python_names.h"

namespace hasten {
namespace {

using Why = UncertainTests::Why;

constexpr int max_hops = 3;  // functions that hand a class on

/// Bases that nobody collects tests from.
bool brings_no_tests(std::string_view base) {
  const std::string_view module = base.substr(0, base.find('.'));
  return module == "builtins" || module == "typing_extensions" || is_standard_library(module);
}

bool is_argument(const FileModel& rows, ExprId call, ExprId argument) {
  if (!call || rows.exprs[call].kind != ExprKind::call) return false;
  for (ExprId at = rows.next(rows.first_child(call)); at; at = rows.next(at)) {
    if (at == argument) return true;
  }
  return false;
}

/// `globals()`, `vars()`, `locals()` at module level write names, `exec` runs what is computed.
bool makes_names(const Literals& literals, FileId file, const Call& call) {
  const FileModel& rows = literals.model(file);
  const ExprId callee = rows.first_child(call.expr);
  if (!callee || rows.exprs[callee].kind != ExprKind::name) return false;
  const std::string_view name = rows.word(callee);
  if (name == "exec") return true;
  if (name != "globals" && name != "vars" && name != "locals") return false;
  const Statement& statement = rows.statements[call.statement];
  // `globals()[name] = ...` and `globals().update(...)`; what only reads them makes nothing.
  const bool is_stored_to = statement.target && rows.exprs[statement.target].kind == ExprKind::subscript &&
                            rows.first_child(statement.target) == call.expr;
  // `make_tests(Base, globals())`
  const bool is_passed =
      statement.kind == StatementKind::expression && is_argument(rows, statement.value, call.expr) &&
      !literals.names().external(file, call.block, rows.first_child(statement.value)).starts_with("builtins.");
  const bool is_updated = statement.kind == StatementKind::expression && statement.value &&
                          rows.exprs[statement.value].kind == ExprKind::call &&
                          rows.word(rows.first_child(statement.value)) == "update";
  return is_stored_to || is_updated || is_passed;
}

/// `as_test = Maker()` at the top of a module: calling it runs the class's `__call__`.
FunctionRef called_object(const Literals& literals, const Denotation& variable) {
  if (variable.class_ || !variable.expr || !variable.rest.empty()) return {};
  const FileModel& rows = literals.model(variable.file);
  if (rows.exprs[variable.expr].kind != ExprKind::call) return {};
  const Denotation made =
      literals.names().denote(variable.file, FileModel::module_block(), rows.first_child(variable.expr));
  if (made.kind != Denotation::Kind::class_ || !made.rest.empty()) return {};
  return literals.names().method({made.file, made.class_}, "__call__");
}

/// The function of the project that a call leads to, by name, as a method of a class that is named, or as that of an
/// object that a module holds.
FunctionRef called_function(const Literals& literals, FileId file, BlockId block, ExprId callee) {
  const Denotation called = literals.names().denote(file, block, callee);
  if (called.kind == Denotation::Kind::function && called.rest.empty()) return {called.file, called.function};
  if (called.kind == Denotation::Kind::binding) return called_object(literals, called);
  if (called.kind != Denotation::Kind::class_ || called.rest.empty()) return {};
  return literals.names().method({called.file, called.class_}, called.rest);
}

/// `type(name, bases, namespace)`
bool is_made_class(const FileModel& rows, ExprId expr) {
  return expr && rows.exprs[expr].kind == ExprKind::call && rows.word(rows.first_child(expr)) == "type" &&
         rows.positional(expr, 2);
}

/// It returns a class that stands in it, or one that it makes.
bool returns_class(const Literals& literals, FunctionRef function) {
  const FileModel& rows = literals.model(function.file);
  for (StatementId statement : rows.blocks[rows.functions[function.id].body].statements) {
    const Statement& row = rows.statements[statement];
    if (row.kind != StatementKind::return_ || !row.value || rows.function_of(row.block) != function.id) continue;
    if (is_made_class(rows, row.value)) return true;
    if (rows.exprs[row.value].kind != ExprKind::name) continue;
    const WordId name = rows.exprs[row.value].word();
    const auto bindings = literals.names().namespaces(function.file).bindings(ScopeKey::of(function.id), name);
    if (std::ranges::any_of(bindings, [&](const NameBinding& at) { return is_made_class(rows, at.value); }))
      return true;
    const Denotation returned = literals.names().denote(function.file, row.block, row.value);
    if (returned.kind == Denotation::Kind::class_ && returned.rest.empty() && returned.file == function.file &&
        rows.classes[returned.class_].function == function.id)
      return true;
  }
  return false;
}

/// `FastTests = _Tests.with_backend("fast")`: what the module holds may be a class.
bool makes_class_of_module(const Literals& literals, FileId file, const Call& call) {
  const FileModel& rows = literals.model(file);
  const Statement& statement = rows.statements[call.statement];
  const bool is_bound = statement.kind == StatementKind::assign && statement.value == call.expr && statement.target &&
                        rows.exprs[statement.target].kind == ExprKind::name;
  if (!is_bound || rows.blocks[call.block].class_) return false;
  const FunctionRef maker = called_function(literals, file, call.block, rows.first_child(call.expr));
  return maker && returns_class(literals, maker);
}

/// `setattr(class_, name, test)`, where the name may be a test's.
bool sets_test(const FileModel& rows, const Call& call) {
  const ExprId callee = rows.first_child(call.expr), name = rows.positional(call.expr, 1);
  if (!callee || !name || rows.exprs[callee].kind != ExprKind::name || rows.word(callee) != "setattr") return false;
  return rows.exprs[name].kind != ExprKind::string || rows.word(name).starts_with("test");
}

/// A function that sets tests on its first parameter, or hands that on to one that does.
bool writes_to_first(const Literals& literals, FunctionRef function, int hops) {
  const FileModel& rows = literals.model(function.file);
  const Run<ParamTag> params = rows.functions[function.id].params;
  if (params.count == 0 || hops == 0) return false;
  const std::string_view parameter = rows.word(rows.params[ParamId(params.first)].name);
  return std::ranges::any_of(rows.calls, [&](const Call& call) {
    const ExprId given = rows.positional(call.expr, 0);
    const bool is_given = given && rows.exprs[given].kind == ExprKind::name && rows.word(given) == parameter;
    if (!is_given || rows.function_of(call.block) != function.id) return false;
    if (sets_test(rows, call)) return true;
    const FunctionRef next = called_function(literals, function.file, call.block, rows.first_child(call.expr));
    return next && next != function && writes_to_first(literals, next, hops - 1);
  });
}

/// `class FastTests(make_tests("fast"))`, and the function returns a class.
bool is_made_base(const Literals& literals, FileId file, const Call& call) {
  const FileModel& rows = literals.model(file);
  const Statement& statement = rows.statements[call.statement];
  if (statement.kind != StatementKind::class_ || call.in_decorator != 0) return false;
  for (ExprId base = rows.classes[statement.class_()].first_argument; base; base = rows.next(base)) {
    if (base != call.expr) continue;
    const FunctionRef maker = called_function(literals, file, call.block, rows.first_child(base));
    return maker && returns_class(literals, maker);
  }
  return false;
}

/// `setattr(TestQueries, name, test)`, or `add_tests(TestQueries)` while the module is imported: the class, if there is
/// one and the names may be those of tests.
ClassRef written_class(const Literals& literals, FileId file, const Call& call) {
  const FileModel& rows = literals.model(file);
  const ExprId callee = rows.first_child(call.expr);
  const ExprId object = callee ? rows.positional(call.expr, 0) : ExprId();
  if (!object || (rows.exprs[object].kind != ExprKind::name && rows.exprs[object].kind != ExprKind::attribute)) {
    return {};
  }
  const Denotation written = literals.names().denote(file, call.block, object);
  if (written.kind != Denotation::Kind::class_ || !written.rest.empty()) return {};
  const ClassRef class_{written.file, written.class_};
  if (sets_test(rows, call)) return class_;
  if (rows.function_of(call.block) || call.in_lambda != 0) return {};
  const FunctionRef maker = called_function(literals, file, call.block, callee);
  return maker && writes_to_first(literals, maker, max_hops) ? class_ : ClassRef();
}

Place name_of(const Literals& literals, ClassRef class_) {
  return {class_.file, literals.model(class_.file).classes[class_.id].name_range};
}

/// `setattr(class_, name, test)`, `namespace[name] = test`.
bool writes_members(const FileModel& file, TextRange inside) {
  return std::ranges::any_of(file.calls,
                             [&](const Call& call) {
                               const ExprId callee = file.first_child(call.expr);
                               return callee && inside.contains(file.exprs[call.expr].range) &&
                                      file.dotted(callee) == "setattr";
                             }) ||
         std::ranges::any_of(file.statements, [&](const Statement& row) {
           return row.target && inside.contains(row.range) && file.exprs[row.target].kind == ExprKind::subscript;
         });
}

/// `metaclass=Maker`, a class or function of the project that writes to what it makes.
bool has_writing_metaclass(const Literals& literals, ClassRef class_) {
  const FileModel& file = literals.model(class_.file);
  const Class& row = file.classes[class_.id];
  for (ExprId at = row.first_argument; at; at = file.next(at)) {
    if (file.exprs[at].kind != ExprKind::keyword || file.word(at) != "metaclass") continue;
    const Denotation maker =
        literals.names().denote(class_.file, file.statements[row.statement].block, file.first_child(at));
    if (maker.kind != Denotation::Kind::class_ && maker.kind != Denotation::Kind::function) return false;
    const FileModel& rows = literals.model(maker.file);
    const bool is_class = maker.kind == Denotation::Kind::class_;
    return writes_members(rows, is_class ? rows.classes[maker.class_].range : rows.functions[maker.function].range);
  }
  return false;
}

/// It has a base that is computed or lies outside the project.
bool may_inherit_tests(const Literals& literals, const Collector& collector) {
  if (!collector.class_ || collector.is_test_case) return false;
  const Names::Mro& order = literals.names().mro(collector.class_);
  return order.has_unknown_base || !std::ranges::all_of(order.external_bases, brings_no_tests);
}

}  // namespace

const UncertainPlaces::Makers& UncertainPlaces::makers_in(FileId file) {
  const auto [place, is_new] = makers_.try_emplace(file);
  Makers& makers = place->second;
  if (!is_new) return makers;
  const FileModel& rows = literals_.model(file);
  for (const Call& call : rows.calls) {
    const bool runs_at_import = !rows.function_of(call.block) && call.in_lambda == 0;
    if (runs_at_import && (makes_names(literals_, file, call) || makes_class_of_module(literals_, file, call))) {
      const ClassId class_ = rows.blocks[call.block].class_;
      if (class_) makers.classes.emplace(ClassRef{file, class_}, call.expr);
      if (!class_) makers.of_module.push_back(call.expr);
    }
    if (runs_at_import && is_made_base(literals_, file, call)) makers.of_module.push_back(call.expr);
    if (const ClassRef class_ = written_class(literals_, file, call)) makers.classes.emplace(class_, call.expr);
  }
  // `@as_test_case` over a function of the module
  for (const Function& row : rows.functions) {
    if (row.parent || row.class_) continue;
    for (const DecoratorId decorator : row.decorators) {
      const ExprId expr = rows.decorators[decorator].expr;
      const FunctionRef maker = called_function(literals_, file, FileModel::module_block(), expr);
      if (maker && returns_class(literals_, maker)) makers.of_module.push_back(expr);
    }
  }
  return makers;
}

/// The code that may give the class tests; file none when there is none.
Place UncertainPlaces::maker_of(const Collector& collector) {
  for (const ClassRef class_ : literals_.names().mro(collector.class_).classes) {
    for (const FileId file : {class_.file, collector.file}) {
      const Makers& makers = makers_in(file);
      const auto found = makers.classes.find(class_);
      if (found != makers.classes.end()) return {file, literals_.model(file).exprs[found->second].range};
    }
    if (has_writing_metaclass(literals_, class_)) return name_of(literals_, class_);
  }
  return {};
}

std::optional<SetUpDoubt> UncertainPlaces::doubt_about(const Collector& collector) {
  SetUpDoubt doubt;
  doubt.why = SetUpDoubt::Why::made_tests;
  if (!collector.class_) {
    const Makers& makers = makers_in(collector.file);
    if (makers.of_module.empty()) return std::nullopt;
    doubt.place = {collector.file, literals_.model(collector.file).exprs[makers.of_module.front()].range};
    doubt.subject = tables_.names.intern(tables_.files[collector.file].source.path());
    return doubt;
  }
  doubt.subject = tables_.names.intern(collector.name);
  if (!may_inherit_tests(literals_, collector)) {
    doubt.place = maker_of(collector);
    return doubt.place.file ? std::optional(doubt) : std::nullopt;
  }
  doubt.place = name_of(literals_, collector.class_);
  const Names::Mro& order = literals_.names().mro(collector.class_);
  const auto outside = std::ranges::find_if_not(order.external_bases, brings_no_tests);
  const bool is_named = outside != order.external_bases.end();
  doubt.why = is_named ? SetUpDoubt::Why::outside_base : SetUpDoubt::Why::computed_base;
  if (is_named) doubt.detail = tables_.names.intern(*outside);
  return doubt;
}

std::vector<UncertainTests> UncertainPlaces::of(const Collection& collection) {
  std::vector<UncertainTests> out;
  for (const Collector& collector : collection.collectors) {
    if (!collector.class_) {
      const FileModel& file = literals_.model(collector.file);
      for (const ExprId maker : makers_in(collector.file).of_module) {
        out.push_back({Why::made_names, {collector.file, file.exprs[maker].range}, {}});
      }
      continue;
    }
    if (!may_inherit_tests(literals_, collector)) {
      if (const Place maker = maker_of(collector); maker.file) out.push_back({Why::made_names, maker, {}});
      continue;
    }
    const Names::Mro& order = literals_.names().mro(collector.class_);
    const Place place = name_of(literals_, collector.class_);
    if (order.has_unknown_base) out.push_back({Why::computed_base, place, {}});
    for (const std::string& base : order.external_bases) {
      if (!brings_no_tests(base)) out.push_back({Why::outside_base, place, tables_.names.intern(base)});
    }
  }
  return out;
}

}  // namespace hasten
