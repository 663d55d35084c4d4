#include "analyzer/names/bindings.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace hasten {
namespace {

const std::vector<Binding> nothing;

/// `self.x` of a method: the attribute when `target` is one of the first parameter.
std::string_view self_attribute(const FileModel& model, const Function& function, ExprId target) {
  if (model.exprs[target].kind != ExprKind::attribute || function.params.empty()) return {};
  const ExprId object = model.first_child(target);
  if (model.exprs[object].kind != ExprKind::name) return {};
  return model.word(object) == model.word(model.params[function.params[0]].name) ? model.word(target)
                                                                                 : std::string_view();
}

std::vector<ExprId> elements(const FileModel& model, ExprId collection) {
  std::vector<ExprId> found;
  for (ExprId at = model.first_child(collection); at; at = model.next(at)) found.push_back(at);
  return found;
}

bool is_sequence(ExprKind kind) { return kind == ExprKind::tuple || kind == ExprKind::list; }

}  // namespace

void Bindings::ByFunction::sort(std::size_t functions) {
  std::ranges::stable_sort(rows_, {}, [](const Row& row) { return std::pair(row.function, row.word); });
  first_.assign(functions + 1, 0);
  words_.reserve(rows_.size());
  bindings_.reserve(rows_.size());
  for (const Row& row : rows_) {
    ++first_[row.function.index() + 1];
    words_.push_back(row.word);
    bindings_.push_back(row.binding);
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  rows_ = {};
}

std::span<const Binding> Bindings::ByFunction::of(FunctionId function, WordId word) const {
  if (!function) return {};
  const auto first = words_.begin() + first_[function.index()];
  const auto last = words_.begin() + first_[function.index() + 1];
  const auto found = std::ranges::equal_range(first, last, word);
  return std::span(bindings_).subspan(static_cast<std::size_t>(found.begin() - words_.begin()), found.size());
}

std::span<const Binding> Bindings::locals(FileId file, FunctionId function, WordId name) const {
  return index(file).locals.of(function, name);
}

const std::vector<Binding>& Bindings::attributes(ClassRef class_, std::string_view name) const {
  const Index& attributes = index(class_.file).attributes;
  auto found = attributes.find({class_.id.index(), name});
  return found == attributes.end() ? nothing : found->second;
}

std::span<const Binding> Bindings::stores(FileId file, FunctionId function, WordId name) const {
  return index(file).stores.of(function, name);
}

const std::vector<Binding>& Bindings::results(FunctionRef function) const {
  return index(function.file).results[function.id.index()];
}

const std::vector<FixtureId>& Bindings::fixtures(FunctionRef function, std::string_view param) const {
  if (!fixtures_are_built_) build_fixtures();
  return find(fixtures_, function, tables_.names.find(param));
}

const std::vector<FixtureId>& Bindings::asked_for(FunctionRef function, NameId name) const {
  if (!asked_for_is_built_) build_asked_for();
  const FileModel& model = tables_.files[function.file].model;
  while (model.functions[function.id].parent && !asked_for_.contains(function)) {
    function.id = model.functions[function.id].parent;
  }
  return find(asked_for_, function, name);
}

const std::vector<FixtureId>& Bindings::find(const FixturesByName& fixtures, FunctionRef function, NameId name) {
  static const std::vector<FixtureId> none;
  const auto found = fixtures.find(function);
  if (found == fixtures.end()) return none;
  const auto entry = std::ranges::find(found->second, name, &std::pair<NameId, std::vector<FixtureId>>::first);
  return entry == found->second.end() ? none : entry->second;
}

void Bindings::add_fixture(FixturesByName& fixtures, FunctionRef function, NameId name, FixtureId fixture) {
  auto& entries = fixtures[function];
  auto entry = std::ranges::find(entries, name, &std::pair<NameId, std::vector<FixtureId>>::first);
  if (entry == entries.end()) entry = entries.insert(entries.end(), {name, {}});
  if (std::ranges::find(entry->second, fixture) == entry->second.end()) entry->second.push_back(fixture);
}

const Bindings::FileIndex& Bindings::index(FileId file) const {
  if (files_.size() < tables_.files.size()) files_.resize(tables_.files.size());
  FileIndex& index = files_[file.index()];
  if (index.is_built) return index;
  index.is_built = true;
  const FileModel& model = tables_.files[file].model;
  index.results.resize(model.functions.size());
  for (const Statement& statement : model.statements) {
    add_targets(file, statement, index);
    add_result(model, statement, index);
  }
  index.locals.sort(model.functions.size());
  index.stores.sort(model.functions.size());
  return index;
}

void Bindings::add_result(const FileModel& model, const Statement& statement, FileIndex& index) {
  const FunctionId function = model.function_of(statement.block);
  if (!function || !statement.value) return;
  std::vector<Binding>& results = index.results[function.index()];
  const bool has_yield = model.functions[function].has_yield;
  if (has_yield && model.exprs[statement.value].kind == ExprKind::yield_) {
    if (const ExprId given = model.first_child(statement.value)) {
      results.push_back({Binding::Kind::value, statement.block, given});
    }
  } else if (!has_yield && statement.kind == StatementKind::return_) {
    results.push_back({Binding::Kind::value, statement.block, statement.value});
  }
}

void Bindings::add_targets(FileId file, const Statement& statement, FileIndex& index) const {
  if (!statement.target) return;
  using Kind = Binding::Kind;
  switch (statement.kind) {
    case StatementKind::assign:
    case StatementKind::ann_assign:
      if (statement.value) {
        add_target(file, statement.target, {Kind::value, statement.block, statement.value}, index);
      } else if (!tables_.files[file].model.function_of(statement.block)) {
        add_target(file, statement.target, {Kind::declared, statement.block, statement.third}, index);
      }
      break;
    case StatementKind::with_item:
      add_target(file, statement.target, {Kind::entered, statement.block, statement.value}, index);
      break;
    case StatementKind::for_:
      add_target(file, statement.target, {Kind::element, statement.block, statement.value}, index);
      break;
    case StatementKind::aug_assign:
    case StatementKind::except: add_target(file, statement.target, {Kind::opaque, statement.block, {}}, index); break;
    case StatementKind::expression:
    case StatementKind::delete_:
    case StatementKind::return_:
    case StatementKind::raise:
    case StatementKind::assert_:
    case StatementKind::global:
    case StatementKind::nonlocal:
    case StatementKind::import:
    case StatementKind::function:
    case StatementKind::class_:
    case StatementKind::if_:
    case StatementKind::while_:
    case StatementKind::try_:
    case StatementKind::match_:
    case StatementKind::type_alias:
    case StatementKind::break_:
    case StatementKind::continue_: break;
  }
}

void Bindings::add_target(FileId file, ExprId target, Binding binding, FileIndex& index) const {
  const FileModel& model = tables_.files[file].model;
  const ExprKind kind = model.exprs[target].kind;
  const Block& block = model.blocks[binding.block];
  if (is_sequence(kind)) {
    // `a, b = x, y` binds one to one; `a, b = make()` in the order of what that hands out.
    const std::vector<ExprId> names = elements(model, target);
    const bool pairs = binding.kind == Binding::Kind::value && is_sequence(model.exprs[binding.value].kind) &&
                       model.child_count(binding.value) == names.size();
    const std::vector<ExprId> values = pairs ? elements(model, binding.value) : std::vector<ExprId>();
    bool is_starred = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (is_sequence(model.exprs[names[i]].kind)) continue;  // one level is what code has
      is_starred |= model.exprs[names[i]].kind == ExprKind::starred;
      Binding own{Binding::Kind::opaque, binding.block, {}};
      if (!is_starred && i < values.size()) own = {Binding::Kind::value, binding.block, values[i]};
      if (!is_starred && values.empty() && binding.kind == Binding::Kind::value) {
        own = {Binding::Kind::part, binding.block, binding.value, static_cast<std::uint32_t>(i)};
      }
      if (!is_starred && binding.kind == Binding::Kind::element) {
        own = {Binding::Kind::element, binding.block, binding.value, static_cast<std::uint32_t>(i + 1)};
      }
      add_target(file, names[i], own, index);
    }
  } else if (kind == ExprKind::name) {
    if (block.function) index.locals.add(block.function, model.exprs[target].word(), binding);
    if (!block.function && block.class_) {
      index.attributes[{block.class_.index(), model.word(target)}].push_back(binding);
    }
  } else if (block.function && kind == ExprKind::attribute) {
    const Function& function = model.functions[block.function];
    const std::string_view name = function.class_ ? self_attribute(model, function, target) : std::string_view();
    if (!name.empty()) {
      index.attributes[{function.class_.index(), name}].push_back(binding);
    } else if (binding.kind == Binding::Kind::value && model.exprs[model.first_child(target)].kind == ExprKind::name) {
      binding.holder = model.first_child(target);
      index.stores.add(block.function, model.exprs[target].word(), binding);
    }
  }
}

void Bindings::build_fixtures() const {
  fixtures_are_built_ = true;
  std::unordered_map<NameId, FixtureId> by_name;
  std::set<std::pair<FixtureId, FixtureId>> passed;  // to a fixture, by name of the other: once is enough
  for (const Test& test : tables_.tests) {
    by_name.clear();
    for (const ClosureEntry& entry : test.closure) {
      if (entry.fixture) by_name.try_emplace(entry.name, entry.fixture);
    }
    if (test.function) {
      const FileModel& model = tables_.files[test.function.file].model;
      for (ParamId param : model.functions[test.function.id].params) {
        const NameId name = tables_.names.find(model.word(model.params[param].name));
        const auto given = name ? by_name.find(name) : by_name.end();
        if (given != by_name.end()) add_fixture(fixtures_, test.function, name, given->second);
      }
    }
    for (const ClosureEntry& user : test.closure) {
      if (!user.fixture || !tables_.fixtures[user.fixture].function) continue;
      for (NameId argument : tables_.fixtures[user.fixture].arguments) {
        const auto given = by_name.find(argument);
        if (given == by_name.end() || given->second == user.fixture) continue;
        if (!passed.emplace(user.fixture, given->second).second) continue;
        add_fixture(fixtures_, tables_.fixtures[user.fixture].function, argument, given->second);
      }
    }
  }
}

/// Outermost functions that hold a `request.getfixturevalue(...)`, and those with a `lazy_fixture(...)` in a decorator.
std::unordered_set<FunctionRef> Bindings::askers() const {
  std::unordered_set<FunctionRef> found;
  for (const FileId file : tables_.files.ids()) {
    const FileModel& model = tables_.files[file].model;
    const WordId asks = model.words.find("getfixturevalue");
    const WordId lazy = model.words.find("lazy_fixture"), short_lazy = model.words.find("lf");
    if (!asks && !lazy && !short_lazy) continue;
    for (const Call& call : model.calls) {
      const WordId callee = model.exprs[model.first_child(call.expr)].word();
      if (!callee || (callee != asks && callee != lazy && callee != short_lazy)) continue;
      const Statement& statement = model.statements[call.statement];
      const bool is_decorator = call.in_decorator != 0 && statement.kind == StatementKind::function;
      FunctionId function = is_decorator ? statement.function() : model.function_of(call.block);
      while (function && model.functions[function].parent) function = model.functions[function].parent;
      if (function) found.insert({file, function});
    }
  }
  return found;
}

void Bindings::build_asked_for() const {
  asked_for_is_built_ = true;
  const std::unordered_set<FunctionRef> all = askers();
  for (const Test& test : tables_.tests) {
    if (test.dynamic_uses.empty()) continue;
    const auto add = [&](FunctionRef asker) {
      if (!asker || !all.contains(asker)) return;
      for (const auto* entries : {&test.closure, &test.dynamic_uses}) {
        for (const ClosureEntry& entry : *entries) {
          if (entry.fixture) add_fixture(asked_for_, asker, entry.name, entry.fixture);
        }
      }
    };
    add(test.function);
    for (const auto* entries : {&test.closure, &test.overridden, &test.dynamic_uses}) {
      for (const ClosureEntry& entry : *entries) {
        if (entry.fixture) add(tables_.fixtures[entry.fixture].function);
      }
    }
  }
}

}  // namespace hasten
