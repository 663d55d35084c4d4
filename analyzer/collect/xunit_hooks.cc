// The hidden fixtures of Fixtures: setup_module and its like (C10), under the names that pytest gives them.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "analyzer/collect/fixtures.h"
#include "analyzer/collect/set_up_doubts.h"

namespace hasten {

void Fixtures::add_hook(Holder holder, const Hook& hook) {
  if (!hook.setup && !hook.teardown) return;
  Fixture row;
  row.name = tables_.names.intern(hook.name);
  row.origin = FixtureOrigin::xunit;
  row.scope = hook.scope;
  row.is_autouse = 1;
  row.has_teardown = static_cast<bool>(hook.teardown);
  row.function = hook.setup;
  row.teardown = hook.teardown;
  row.params.value = 0;
  // As attributes, class-scoped hooks were class methods without parameters.
  const bool is_class_method = settings_.rules.hooks_are_attributes && hook.scope == Scope::class_;
  if (!is_class_method) row.arguments = {tables_.names.intern("request")};
  register_fixture(holder, std::move(row));
}

/// The first of several names that a module has, unless that one is a fixture.
FunctionRef Fixtures::hook_function(FileId module, std::span<const std::string_view> names) const {
  for (std::string_view name : names) {
    const Denotation found = literals_.names().member(module, name);
    if (found.kind != Denotation::Kind::function || !found.rest.empty()) continue;
    if (definitions_.of(found) == nullptr) return {found.file, found.function};
  }
  return {};
}

/// `_, _, setup_module = optional_package("h5py")`, `from elsewhere import setup_module`.
bool Fixtures::is_open(FileId module, std::string_view name) const {
  const Denotation found = literals_.names().member(module, name);
  if (found.kind == Denotation::Kind::external) return true;
  if (found.kind != Denotation::Kind::binding) return false;
  return !found.expr || literals_.model(found.file).exprs[found.expr].kind == ExprKind::call;
}

void Fixtures::add_module_hooks(Holder holder, FileId file) {
  const std::size_t used = settings_.rules.has_nose_hooks ? 3 : 2;
  const std::array<std::string_view, 3> setup = {"setUpModule", "setup_module", "setup"};
  const std::array<std::string_view, 3> teardown = {"tearDownModule", "teardown_module", "teardown"};
  const std::string module(tables_.names[tables_.files[file].module]);
  add_hook(holder,
           {fmt::format("_xunit_setup_module_fixture_{}", module), Scope::module,
            hook_function(file, std::span(setup).first(used)), hook_function(file, std::span(teardown).first(used))});
  for (const auto* names : {&setup, &teardown}) {
    const auto asked = std::span(*names).first(used);
    if (std::ranges::any_of(asked, [&](std::string_view name) { return is_open(file, name); }))
      maybe_hooked_.insert(file);
  }
  const std::array<std::string_view, 1> setup_function = {"setup_function"};
  const std::array<std::string_view, 1> teardown_function = {"teardown_function"};
  add_hook(holder, {fmt::format("_xunit_setup_function_fixture_{}", module), Scope::function,
                    hook_function(file, setup_function), hook_function(file, teardown_function)});
}

FunctionRef Fixtures::hook_method(ClassRef class_, std::string_view name) const {
  const FunctionRef method = literals_.names().method(class_, name);
  if (!method) return {};
  Denotation denotation;
  denotation.kind = Denotation::Kind::function;
  denotation.file = method.file;
  denotation.function = method.id;
  return definitions_.of(denotation) == nullptr ? method : FunctionRef();
}

std::string Fixtures::qualified_name(ClassRef class_) const {
  const FileModel& file = tables_.files[class_.file].model;
  std::string out;
  for (ClassId at = class_.id; at; at = file.classes[at].outer) {
    std::string name(file.word(file.classes[at].name));
    out = out.empty() ? name : name + "." + out;
  }
  return out;
}

std::string Fixtures::set_up_class_hook(ClassRef class_) const {
  return "_unittest_setUpClass_fixture_" + qualified_name(class_);
}

void Fixtures::add_class_hooks(Holder holder, const Collector& collector) {
  const ClassRef class_ = collector.class_;
  const std::string name = qualified_name(class_);
  add_hook(holder, {fmt::format("_xunit_setup_class_fixture_{}", name), Scope::class_,
                    hook_method(class_, "setup_class"), hook_method(class_, "teardown_class")});
  FunctionRef setup = hook_method(class_, "setup_method");
  FunctionRef teardown = hook_method(class_, "teardown_method");
  if (settings_.rules.has_nose_hooks) {
    if (!setup) setup = hook_method(class_, "setup");
    if (!teardown) teardown = hook_method(class_, "teardown");
  }
  add_hook(holder, {fmt::format("_xunit_setup_method_fixture_{}", name), Scope::function, setup, teardown});
}

void Fixtures::add_test_case_hooks(Holder holder, const Collector& collector) {
  const ClassRef class_ = collector.class_;
  const bool may_inherit = collector.is_skipped_test_case || collector.may_be_skipped;
  if (may_inherit && settings_.rules.hooks_are_attributes) add_inherited_hooks(holder, collector);
  if (!collector.is_skipped_test_case) {
    hooked_test_cases_.insert(class_);
    add_test_case_hooks_of(holder, class_);
  }
  if (may_inherit && settings_.rules.has_unittest_skip_fixture) add_skip_fixture(holder, collector);
}

/// A skipped class gets no hooks of its own, but inherits those of a base that was collected before.
void Fixtures::add_inherited_hooks(Holder holder, const Collector& collector) {
  const HookedBase base = hooked_base(collector.class_);
  if (base.ours && collector.is_skipped_test_case) return add_test_case_hooks_of(holder, base.ours);
  if (!base.ours && base.outside.empty()) return;
  Fixture row;
  row.name = tables_.names.intern(
      base.ours ? set_up_class_hook(base.ours)
                : fmt::format("_unittest_setUpClass_fixture_{}", base.outside.substr(base.outside.rfind('.') + 1)));
  if (collector.may_be_skipped) open_hooks_.emplace(row.name, doubt_about(collector, tables_));
  if (base.ours) return;
  row.origin = FixtureOrigin::xunit;
  row.scope = Scope::class_;
  row.is_autouse = collector.is_skipped_test_case;
  row.params.value = 0;
  row.arguments = {tables_.names.intern("request")};
  register_fixture(holder, std::move(row));
}

Fixtures::HookedBase Fixtures::hooked_base(ClassRef class_) const {
  const Names::Mro& order = literals_.names().mro(class_);
  const auto ours = std::ranges::find_if(order.classes, [&](ClassRef at) { return hooked_test_cases_.contains(at); });
  if (ours != order.classes.end()) return {*ours, {}};
  for (const std::string& base : order.external_bases) {
    const std::string* nearest = nullptr;
    for (const std::string& hooked : hooked_outside_) {
      const bool is_nearer = nearest == nullptr || is_subclass(hooked, *nearest);
      if ((base == hooked || is_subclass(base, hooked)) && is_nearer) nearest = &hooked;
    }
    if (nearest != nullptr) return {{}, *nearest};
  }
  return {};
}

/// What pytest gives a skipped class in place of its hooks. Of one that may be skipped nobody uses it, as far as is
/// known.
void Fixtures::add_skip_fixture(Holder holder, const Collector& collector) {
  Fixture row;
  row.name = tables_.names.intern(fmt::format("_unittest_skip_fixture_{}", qualified_name(collector.class_)));
  if (collector.may_be_skipped) open_hooks_.emplace(row.name, doubt_about(collector, tables_));
  row.origin = FixtureOrigin::xunit;
  row.scope = Scope::class_;
  row.is_autouse = !collector.may_be_skipped;
  row.params.value = 0;
  row.arguments = {tables_.names.intern("request")};
  register_fixture(holder, std::move(row));
}

/// Every TestCase has setUpClass, if only unittest's own. The order is that of dir() while hooks are attributes and of
/// registration later; it matters between class-scoped ones only.
void Fixtures::add_test_case_hooks_of(Holder holder, ClassRef class_) {
  const std::string name = qualified_name(class_);
  Fixture row;
  row.origin = FixtureOrigin::xunit;
  row.scope = Scope::class_;
  row.is_autouse = 1;
  row.params.value = 0;
  row.arguments = {tables_.names.intern("request")};
  row.name = tables_.names.intern(set_up_class_hook(class_));
  row.function = hook_method(class_, "setUpClass");
  row.teardown = hook_method(class_, "tearDownClass");
  row.has_teardown = static_cast<bool>(row.teardown);
  const Hook setup_class = {fmt::format("_xunit_setup_class_fixture_{}", name), Scope::class_,
                            hook_method(class_, "setup_class"), hook_method(class_, "teardown_class")};
  const Hook setup_method = {fmt::format("_unittest_setup_method_fixture_{}", name), Scope::function,
                             hook_method(class_, "setup_method"), hook_method(class_, "teardown_method")};
  if (settings_.rules.hooks_are_attributes) {
    add_hook(holder, setup_class);
    register_fixture(holder, std::move(row));
    add_hook(holder, setup_method);
  } else {
    add_hook(holder, setup_method);
    register_fixture(holder, std::move(row));
    add_hook(holder, setup_class);
  }
}

/// setUp and tearDown of a TestCase: part of the test's call, so in nobody's closure.
FixtureId Fixtures::add_call_hook(const Collector& collector) {
  const ClassRef class_ = collector.class_;
  FunctionRef setup = literals_.names().method(class_, "setUp");
  FunctionRef teardown = literals_.names().method(class_, "tearDown");
  if (!setup) setup = literals_.names().method(class_, "asyncSetUp");
  if (!teardown) teardown = literals_.names().method(class_, "asyncTearDown");
  if (!setup && !teardown) return {};
  Fixture row;
  row.name = tables_.names.intern("setUp");
  row.holder = HolderKind::class_;
  row.origin = FixtureOrigin::unittest;
  row.file = collector.file;
  row.holder_class = class_;
  row.has_teardown = static_cast<bool>(teardown);
  row.function = setup;
  row.teardown = teardown;
  row.params.value = 0;
  return tables_.fixtures.add(std::move(row));
}

}  // namespace hasten
