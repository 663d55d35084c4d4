#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/masks.h"
#include "analyzer/text/folder.h"

namespace hasten {
namespace {

/// Collects what stands around one test. Marks and plugin fixtures cover its fixtures as well; a class decorator covers
/// the test methods only (E1.7), but for those of moto and the like.
class Surroundings {
 public:
  Surroundings(const Test& test, ProjectTables& tables, Values& values)
      : test_(test), tables_(tables), values_(values) {}

  std::vector<Mask> collect(const std::vector<HookMark>& hooks) {
    const Denotation& module_marks = values_.names().member(test_.file, "pytestmark");
    if (module_marks.kind == Denotation::Kind::binding && module_marks.expr) {
      add_marks(module_marks.file, FileModel::module_block(), module_marks.expr);
    }
    for (const ClassRef& outer : test_.classes) {
      for (const ClassRef& ref : values_.names().mro(outer).classes) add_class(ref);
    }
    const FileModel& model = tables_.files[test_.function.file].model;
    const Function& function = model.functions[test_.function.id];
    for (DecoratorId decorator : function.decorators) {
      const ExprId expr = model.decorators[decorator].expr;
      if (is_mark(model, expr)) add_marks(test_.function.file, model.statements[function.statement].block, expr);
    }
    for (const ClosureEntry& entry : test_.closure) add_plugin_fixture(entry);
    for (const ClosureEntry& entry : test_.overridden) add_plugin_fixture(entry);
    const std::string_view path = tables_.files[test_.file].source.path();
    for (const HookMark& hook : hooks) {
      if (is_below(path, hook.folder)) add(hook.file, hook.block, hook.mark, true);
    }
    return std::move(masks_);
  }

 private:
  static constexpr TextRange everywhere{0, 0xFFFFFFFF};

  void add(FileId file, BlockId block, ExprId expr, bool lasts) {
    const std::size_t first = masks_.size();
    add_decorator_mask(file, block, expr, everywhere, tables_, values_, masks_);
    for (Mask& mask : std::span(masks_).subspan(first)) mask.lasts = lasts || mask.covers_set_up ? 1 : 0;
  }

  void add_marks(FileId file, BlockId block, ExprId marks) {
    const FileModel& model = tables_.files[file].model;
    const ExprKind kind = model.exprs[marks].kind;
    if (kind != ExprKind::list && kind != ExprKind::tuple) {
      add(file, block, marks, true);
      return;
    }
    for (ExprId at = model.first_child(marks); at; at = model.next(at)) add(file, block, at, true);
  }

  void add_class(ClassRef ref) {
    const FileModel& model = tables_.files[ref.file].model;
    const Class& row = model.classes[ref.id];
    for (DecoratorId decorator : row.decorators) {
      const ExprId expr = model.decorators[decorator].expr;
      add(ref.file, model.statements[row.statement].block, expr, is_mark(model, expr));
    }
    for (const Binding& binding : values_.bindings().attributes(ref, "pytestmark")) {
      if (binding.kind == Binding::Kind::value) add_marks(ref.file, binding.block, binding.value);
    }
  }

  /// What knowledge says of the fixture. In a plugin's own repository the fixture stands in the code under test.
  const PluginFixture* plugin_fixture(const Fixture& fixture) const {
    const std::span<const PluginFixture> known = all_plugin_fixtures();
    if (fixture.origin == FixtureOrigin::plugin) return &known[fixture.plugin];
    if (!fixture.function || tables_.files[fixture.function.file].role != FileRole::first_party) return nullptr;
    const auto same = std::ranges::find(known, tables_.names[fixture.name], &PluginFixture::name);
    return same == known.end() ? nullptr : &*same;
  }

  void add_plugin_fixture(const ClosureEntry& entry) {
    const PluginFixture* found = entry.fixture ? plugin_fixture(tables_.fixtures[entry.fixture]) : nullptr;
    if (found == nullptr || found->masks.empty()) return;
    const PluginFixture& plugin = *found;
    Mask mask;
    mask.masks = plugin.masks;
    mask.extent = everywhere;
    mask.lasts = 1;
    mask.label = tables_.names.intern(fmt::format("fixture {}", plugin.name));
    masks_.push_back(mask);
    if (std::ranges::find(plugin.masks, "kind:working-directory") != plugin.masks.end()) {
      mask.masks = {};
      mask.moves_directory = 1;
      masks_.push_back(mask);
    }
  }

  const Test& test_;
  ProjectTables& tables_;
  Values& values_;
  std::vector<Mask> masks_;
};

}  // namespace

std::vector<Mask> masks_around(const Test& test, const std::vector<HookMark>& hooks, ProjectTables& tables,
                               Values& values) {
  return Surroundings(test, tables, values).collect(hooks);
}

}  // namespace hasten
