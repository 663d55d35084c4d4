#include "analyzer/collect/class_traits.h"

#include <algorithm>

#include "analyzer/knowledge/knowledge.h"

namespace hasten {
namespace {

ExprId callee_of(const FileModel& file, ExprId decorator) {
  return file.exprs[decorator].kind == ExprKind::call ? file.first_child(decorator) : decorator;
}

Truth from(std::optional<bool> value) { return !value ? Truth::unknown : *value ? Truth::yes : Truth::no; }

/// Bases whose instances are made with arguments, so a subclass has a constructor of its own in pytest's eyes.
bool is_constructed(std::string_view base) {
  return base.starts_with("builtins.") || base.starts_with("enum.") || base == "typing.NamedTuple" ||
         base == "typing.TypedDict" || base.starts_with("collections.") || base == "threading.Thread" ||
         base == "pydantic.BaseModel" || base.starts_with("django.db.models") || base == "tuple";
}

bool makes_dataclass(std::string_view decorator) {
  return decorator == "dataclasses.dataclass" || decorator == "attr.s" || decorator == "attr.attrs" ||
         decorator == "attr.define" || decorator == "attrs.define" || decorator == "attr.frozen" ||
         decorator == "attrs.frozen" || decorator == "attrs.mutable" || decorator == "attr.dataclass";
}

}  // namespace

Truth ClassTraits::test_attribute(FileId module) const {
  const Denotation value = names_.member(module, "__test__");
  if (value.kind != Denotation::Kind::binding || !value.expr) return Truth::unknown;
  return from(literals_.truth({value.file, BlockId(0), value.expr}));
}

Truth ClassTraits::test_attribute(ClassRef class_) const { return attribute(class_, "__test__"); }

Truth ClassTraits::attribute(ClassRef class_, std::string_view name) const {
  for (ClassRef holder : names_.mro(class_).classes) {
    const FileModel& file = literals_.model(holder.file);
    const Namespaces& namespaces = names_.namespaces(holder.file);
    const WordId word = namespaces.word(name);
    if (!word) continue;
    const auto bindings = namespaces.bindings(ScopeKey::of(holder.id), word);
    if (bindings.empty()) continue;
    if (!bindings.back().value) return Truth::unknown;
    return from(literals_.truth({holder.file, file.classes[holder.id].body, bindings.back().value}));
  }
  return Truth::unknown;
}

bool ClassTraits::computes_test_attribute(ClassRef class_) const {
  if (attribute(class_, "__test__") != Truth::unknown) return false;
  return std::ranges::any_of(names_.mro(class_).classes, [this](ClassRef holder) {
    const Namespaces& namespaces = names_.namespaces(holder.file);
    const WordId word = namespaces.word("__test__");
    return word && !namespaces.bindings(ScopeKey::of(holder.id), word).empty();
  });
}

/// `test_x.__test__ = False` after the definition.
Truth ClassTraits::test_attribute(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  const auto [place, is_new] = set_attributes_.try_emplace(function.file);
  if (is_new) {
    for (const Statement& row : file.statements) {
      if (row.kind != StatementKind::assign || !row.target || file.function_of(row.block)) continue;
      if (file.exprs[row.target].kind != ExprKind::attribute || file.word(row.target) != "__test__") continue;
      const ExprId object = file.first_child(row.target);
      if (file.exprs[object].kind != ExprKind::name) continue;
      place->second[file.word(object)] = from(literals_.truth({function.file, row.block, row.value}));
    }
  }
  if (has_decorator(function, "nose.tools.nottest")) return Truth::no;
  if (has_decorator(function, "nose.tools.istest")) return Truth::yes;
  const auto set = place->second.find(file.word(file.functions[function.id].name));
  return set == place->second.end() ? Truth::unknown : set->second;
}

bool ClassTraits::is_test_case(ClassRef class_) const {
  const auto [place, is_new] = test_cases_.try_emplace(class_);
  if (!is_new) return place->second;
  const Names::Mro& order = names_.mro(class_);
  return test_cases_[class_] = std::ranges::any_of(order.external_bases,
                                                   [](std::string_view base) { return hasten::is_test_case(base); });
}

bool is_test_case(std::string_view outside) {
  // Packages that build on unittest name their class like it, known to us or not.
  return is_subclass(outside, "unittest.TestCase") || outside.ends_with("TestCase");
}

ClassTraits::UnittestSkip ClassTraits::unittest_skip(ClassRef class_) const {
  UnittestSkip skip;
  for (ClassRef holder : names_.mro(class_).classes) {
    const FileModel& file = literals_.model(holder.file);
    const Class& row = file.classes[holder.id];
    const BlockId block = file.statements[row.statement].block;
    for (DecoratorId decorator : row.decorators) {
      const ExprId callee = callee_of(file, file.decorators[decorator].expr);
      const Truth here = callee ? skips({holder.file, block, file.decorators[decorator].expr}, callee) : Truth::no;
      if (here == Truth::no) continue;
      skip = {here, {holder.file, file.decorators[decorator].range}};
      if (here == Truth::yes) return skip;
    }
  }
  return skip;
}

/// `@unittest.skip`, or `skipIf` and `skipUnless` as far as the condition can be told.
Truth ClassTraits::skips(Site decorator, ExprId callee) const {
  const std::string name = names_.external(decorator.file, decorator.block, callee);
  if (name == "unittest.skip") return Truth::yes;
  if (name != "unittest.skipIf" && name != "unittest.skipUnless") return Truth::no;
  const ExprId condition = literals_.model(decorator.file).positional(decorator.expr, 0);
  const Truth met = literals_.condition({decorator.file, decorator.block, condition});
  return name == "unittest.skipIf" ? met : opposite(met);
}

bool ClassTraits::has_constructor(ClassRef class_) const {
  const Names::Mro& order = names_.mro(class_);
  for (ClassRef holder : order.classes) {
    const Namespaces& namespaces = names_.namespaces(holder.file);
    for (std::string_view name : {"__init__", "__new__"}) {
      const WordId word = namespaces.word(name);
      if (word && !namespaces.bindings(ScopeKey::of(holder.id), word).empty()) return true;
    }
    if (makes_constructor(holder)) return true;
  }
  return std::ranges::any_of(order.external_bases, is_constructed);
}

bool ClassTraits::makes_constructor(ClassRef class_) const {
  const FileModel& file = literals_.model(class_.file);
  const Class& row = file.classes[class_.id];
  const BlockId block = file.statements[row.statement].block;
  return std::ranges::any_of(row.decorators, [&](DecoratorId decorator) {
    const ExprId expr = file.decorators[decorator].expr;
    const ExprId callee = callee_of(file, expr);
    if (!callee || !makes_dataclass(names_.external(class_.file, block, callee))) return false;
    const ExprId init = file.exprs[expr].kind == ExprKind::call ? file.keyword(expr, "init") : ExprId();
    return !init || literals_.truth({class_.file, block, init}).value_or(true);
  });
}

/// inspect.isabstract: an abstract method that nothing nearer replaces, in a class whose metaclass looks for them.
bool ClassTraits::is_abstract(ClassRef class_) const {
  const Names::Mro& order = names_.mro(class_);
  bool has_metaclass = std::ranges::any_of(order.external_bases, [](const std::string& base) {
    return base == "abc.ABC" || base.starts_with("collections.abc.") || base == "typing.Protocol";
  });
  for (ClassRef holder : order.classes) {
    const FileModel& file = literals_.model(holder.file);
    for (ExprId at = file.classes[holder.id].first_argument; at && !has_metaclass; at = file.next(at)) {
      const bool names_it = file.exprs[at].kind == ExprKind::keyword && file.word(at) == "metaclass";
      has_metaclass = names_it && file.dotted(file.first_child(at)).ends_with("ABCMeta");
    }
  }
  if (!has_metaclass) return false;
  std::unordered_set<std::string_view> seen;
  for (ClassRef holder : order.classes) {
    for (const Names::Member& member : names_.members(holder)) {
      if (!seen.insert(member.name).second || member.denotation.kind != Denotation::Kind::function) continue;
      const FunctionRef function{member.denotation.file, member.denotation.function};
      if (has_decorator(function, "abc.abstractmethod") || has_decorator(function, "abc.abstractproperty")) return true;
    }
  }
  return false;
}

bool ClassTraits::has_decorator(FunctionRef function, std::string_view dotted) const {
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  return std::ranges::any_of(row.decorators, [&](DecoratorId decorator) {
    const ExprId callee = callee_of(file, file.decorators[decorator].expr);
    return callee && names_.external(function.file, block, callee) == dotted;
  });
}

bool ClassTraits::is_given_to_class(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  const BlockId block = file.statements[row.statement].block;
  return std::ranges::any_of(row.decorators, [&](DecoratorId decorator) {
    const ExprId call = file.decorators[decorator].expr;
    if (file.exprs[call].kind != ExprKind::call || file.child_count(call) != 2) return false;
    const ExprId only = file.positional(call, 0);
    if (!only || (file.exprs[only].kind != ExprKind::name && file.exprs[only].kind != ExprKind::attribute))
      return false;
    const Denotation given = names_.denote(function.file, block, only);
    if (given.kind != Denotation::Kind::class_ || !given.rest.empty()) return false;
    return names_.external(function.file, block, file.first_child(call)).starts_with("pytest.mark.");
  });
}

bool ClassTraits::is_property(FunctionRef function) const {
  return has_decorator(function, "builtins.property") || has_decorator(function, "functools.cached_property") ||
         has_decorator(function, "abc.abstractproperty");
}

bool ClassTraits::is_class_method(FunctionRef function) const {
  return has_decorator(function, "builtins.classmethod");
}

bool ClassTraits::is_generator(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  const Function& row = file.functions[function.id];
  if (!row.has_yield || row.is_async) return false;
  const BlockId block = file.statements[row.statement].block;
  return std::ranges::all_of(row.decorators, [&](DecoratorId decorator) {
    const ExprId callee = callee_of(file, file.decorators[decorator].expr);
    return callee && names_.external(function.file, block, callee).starts_with("pytest.mark.");
  });
}

Site ClassTraits::partial_behind(const Denotation& denotation) const {
  if (denotation.kind != Denotation::Kind::binding || !denotation.expr) return {};
  const FileModel& file = literals_.model(denotation.file);
  if (file.exprs[denotation.expr].kind != ExprKind::call) return {};
  const BlockId block = denotation.class_ ? file.classes[denotation.class_].body : BlockId(0);
  const std::string maker = names_.external(denotation.file, block, file.first_child(denotation.expr));
  return maker == "functools.partial" ? Site{denotation.file, block, denotation.expr} : Site();
}

FunctionRef ClassTraits::callable_behind(const Denotation& denotation) const {
  if (!denotation.rest.empty()) return {};
  if (denotation.kind == Denotation::Kind::function) return {denotation.file, denotation.function};
  if (denotation.kind != Denotation::Kind::binding || !denotation.expr) return {};
  const FileModel& file = literals_.model(denotation.file);
  if (file.exprs[denotation.expr].kind != ExprKind::call) return {};
  const BlockId block = denotation.class_ ? file.classes[denotation.class_].body : BlockId(0);
  ExprId callee = file.first_child(denotation.expr);
  const Denotation maker = names_.denote(denotation.file, block, callee);
  if (maker.kind == Denotation::Kind::function && maker.rest.empty()) {
    // `test_x = make_test(...)`: the function that make_test defines and returns.
    const FileModel& from = literals_.model(maker.file);
    for (StatementId statement : from.blocks[from.functions[maker.function].body].statements) {
      const Statement& row = from.statements[statement];
      if (row.kind != StatementKind::return_ || !row.value || from.function_of(statement) != maker.function) continue;
      if (from.exprs[row.value].kind != ExprKind::name) continue;
      const Denotation made = names_.denote(maker.file, row.block, row.value);
      if (made.kind == Denotation::Kind::function && made.rest.empty()) return {made.file, made.function};
    }
  }
  const bool is_curried = file.exprs[callee].kind == ExprKind::call;
  if (is_curried) callee = file.first_child(callee);
  const std::string wrapper = names_.external(denotation.file, block, callee);
  const bool keeps_function = wrapper == "functools.partial" || wrapper.starts_with("pytest.mark.") ||
                              wrapper == "builtins.staticmethod" || wrapper == "builtins.classmethod" ||
                              wrapper.starts_with("unittest.skip") || wrapper == "unittest.expectedFailure" ||
                              wrapper == "pytest.fixture";
  const ExprId wrapped = file.positional(denotation.expr, 0);
  if (!keeps_function || !wrapped) return {};
  const Denotation inner = names_.denote(denotation.file, block, wrapped);
  return inner.kind == Denotation::Kind::function && inner.rest.empty() ? FunctionRef{inner.file, inner.function}
                                                                        : FunctionRef();
}

}  // namespace hasten
