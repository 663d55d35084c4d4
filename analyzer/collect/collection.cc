#include "analyzer/collect/collection.h"

#include <algorithm>
#include <unordered_set>

#include "analyzer/collect/class_traits.h"
#include "analyzer/collect/ignored_files.h"
#include "analyzer/collect/item_order.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/names/name_patterns.h"

namespace hasten {
namespace {

constexpr std::size_t max_class_nesting = 16;
constexpr std::size_t max_tests_per_module = 100'000;  // classes that hold each other under several names multiply

class ModuleCollector {
 public:
  ModuleCollector(const Literals& literals, const FixtureDefinitions& fixtures, const CollectionSettings& settings,
                  Collection& out)
      : literals_(literals),
        names_(literals.names()),
        fixtures_(fixtures),
        settings_(settings),
        traits_(literals),
        out_(out) {}

  void collect(FileId file) {
    file_ = file;
    first_test_ = out_.tests.size();
    const std::uint32_t node = add_collector({.file = file, .class_ = {}, .name = {}});
    if (traits_.test_attribute(file) == Truth::no) return;
    for (const Names::Member& member : names_.members(file)) {
      if (is_only_imported(member.denotation)) continue;
      add_member(node, member);
    }
  }

 private:
  std::uint32_t add_collector(Collector collector) {
    out_.collectors.push_back(std::move(collector));
    return static_cast<std::uint32_t>(out_.collectors.size() - 1);
  }

  /// B9: with collect_imported_tests off, only what the module defines counts.
  [[nodiscard]] bool is_only_imported(const Denotation& denotation) const {
    return !settings_.config.collect_imported_tests.value && denotation.file != file_;
  }

  void add_member(std::uint32_t node, const Names::Member& member) {
    if (out_.tests.size() - first_test_ > max_tests_per_module) return;
    const Denotation& denotation = member.denotation;
    if (denotation.kind == Denotation::Kind::class_ && denotation.rest.empty()) {
      add_class({.file = file_,
                 .parent = node,
                 .class_ = of_several(node, member.name, {denotation.file, denotation.class_}),
                 .name = std::string(member.name)});
    } else if (const ClassRef left = left_by_loop(denotation, member.name)) {
      add_class({.file = file_, .parent = node, .class_ = left, .name = std::string(member.name)});
    } else if (const FunctionRef function = test_function(member.name, denotation)) {
      const TestKind kind = out_.collectors[node].class_ ? TestKind::method : TestKind::function;
      add_test({kind, node, function, member.name, traits_.partial_behind(denotation)});
    } else if (denotation.kind == Denotation::Kind::external && is_test_case(denotation.dotted)) {
      out_.collectors[node].outside_test_cases.push_back(denotation.dotted);
    }
  }

  /// Of classes that are defined under one name by condition, one that pytest would look at.
  [[nodiscard]] ClassRef of_several(std::uint32_t node, std::string_view name, ClassRef found) const {
    const bool is_collected = matches_any(settings_.config.python_classes.value, name, "Test") ||
                              traits_.is_test_case(found) || found.file != file_ || out_.collectors[node].class_;
    if (is_collected || !is_one_of_several(file_, name)) return found;
    const FileModel& file = literals_.model(file_);
    const Namespaces& namespaces = names_.namespaces(file_);
    for (const NameBinding& binding : namespaces.bindings(ScopeKey::module(), namespaces.word(name))) {
      const StatementId statement = binding.statement;
      if (!statement || file.statements[statement].kind != StatementKind::class_) continue;
      const ClassRef other{file_, file.statements[statement].class_()};
      if (traits_.is_test_case(other)) return other;
    }
    return found;
  }

  /// `for case in [TestA, TestB]: suite.addTest(...)` at module level leaves the last class under the name of the
  /// loop's variable.
  [[nodiscard]] ClassRef left_by_loop(const Denotation& denotation, std::string_view name) const {
    if (denotation.kind != Denotation::Kind::binding || denotation.expr || denotation.class_) return {};
    const FileModel& file = literals_.model(denotation.file);
    const Namespaces& namespaces = names_.namespaces(denotation.file);
    const auto bindings = namespaces.bindings(ScopeKey::module(), namespaces.word(name));
    if (bindings.empty() || bindings.back().by != BoundBy::target || !bindings.back().statement) return {};
    const Statement& loop = file.statements[bindings.back().statement];
    if (loop.kind != StatementKind::for_ || !loop.value ||
        stands_there(denotation.file, bindings.back().statement) != Truth::yes)
      return {};
    const Site looped = literals_.value({denotation.file, loop.block, loop.value});
    const FileModel& other = literals_.model(looped.file);
    const ExprKind kind = other.exprs[looped.expr].kind;
    const std::size_t count = other.child_count(looped.expr);
    if ((kind != ExprKind::list && kind != ExprKind::tuple) || count == 0 || !other.has_children(looped.expr))
      return {};
    const Denotation last = names_.denote(looped.file, looped.block, other.child(looped.expr, count - 1));
    return last.kind == Denotation::Kind::class_ && last.rest.empty() ? ClassRef{last.file, last.class_} : ClassRef();
  }

  void add_test(CollectedTest test) {
    const FileModel& file = literals_.model(test.function.file);
    const Truth stands = stands_there(test.function.file, file.functions[test.function.id].statement);
    if (stands == Truth::no) return;
    const Collector& collector = out_.collectors[test.collector];
    const bool may_be_lost = collector.has_open_base && !is_own(collector.class_, test.function);
    test.is_conditional = stands == Truth::unknown || collector.is_conditional || may_be_lost;
    if (stands == Truth::unknown) {
      test.decided_at = open_condition(test.function.file, file.functions[test.function.id].statement);
    } else if (test.is_conditional) {
      test.decided_at = collector.is_conditional ? collector.decided_at : name_of(collector.class_);
    }
    out_.tests.push_back(test);
  }

  [[nodiscard]] bool is_own(ClassRef class_, FunctionRef function) const {
    return class_.file == function.file && literals_.model(function.file).functions[function.id].class_ == class_.id;
  }

  /// Whether the conditions around a definition are met.
  [[nodiscard]] Truth stands_there(FileId file, StatementId statement) const {
    return literals_.is_entered(file, literals_.model(file).statements[statement].block);
  }

  /// The innermost of those conditions that only a run can tell.
  [[nodiscard]] Place open_condition(FileId file, StatementId statement) const {
    const FileModel& rows = literals_.model(file);
    BlockId block = rows.statements[statement].block;
    for (; rows.blocks[block].header && rows.blocks[block].kind != BlockKind::class_;
         block = rows.blocks[block].parent) {
      if (literals_.is_entered(file, rows.blocks[block].parent) != Truth::unknown) break;
    }
    return {file, rows.statements[rows.blocks[block].header].range};
  }

  [[nodiscard]] Place name_of(ClassRef class_) const {
    return {class_.file, literals_.model(class_.file).classes[class_.id].name_range};
  }

  /// Bound under a condition that is not met: the name is still that of a base.
  [[nodiscard]] bool is_left_out(const Names::Member& member) const {
    const Denotation& found = member.denotation;
    if (found.kind != Denotation::Kind::function || !found.rest.empty()) return false;
    return stands_there(found.file, literals_.model(found.file).functions[found.function].statement) == Truth::no;
  }

  /// B6. The function behind a name that is a test; none when it is not.
  [[nodiscard]] FunctionRef test_function(std::string_view name, const Denotation& denotation) const {
    const FunctionRef function = traits_.callable_behind(denotation);
    if (!function) return {};
    const Truth wanted = traits_.test_attribute(function);
    const bool is_named = matches_any(settings_.config.python_functions.value, name, "test");
    if (wanted == Truth::no || (!is_named && wanted != Truth::yes)) return {};
    if (fixtures_.of(denotation) != nullptr) return {};
    if (traits_.is_property(function) || traits_.is_given_to_class(function)) return {};
    if (!settings_.rules.collects_class_methods && traits_.is_class_method(function)) return {};
    if (!settings_.rules.collects_yield_tests && traits_.is_generator(function)) return {};
    return function;
  }

  void add_class(Collector collector) {
    const ClassRef class_ = collector.class_;
    const Truth stands = stands_there(class_.file, literals_.model(class_.file).classes[class_.id].statement);
    if (stands == Truth::no) return;
    if (stands == Truth::unknown) {
      collector.decided_at = open_condition(class_.file, literals_.model(class_.file).classes[class_.id].statement);
    } else {
      collector.decided_at = decided_at(collector);
    }
    collector.is_conditional = static_cast<bool>(collector.decided_at.file);
    collector.has_open_base =
        std::ranges::any_of(names_.mro(class_).classes, [this](ClassRef at) { return has_open_base(at); });
    const Truth wanted = traits_.test_attribute(class_);
    const bool is_test_case = traits_.is_test_case(class_);
    if (is_test_case) {
      if (settings_.rules.skips_abstract_test_cases && traits_.is_abstract(class_)) return;
      if (wanted != Truth::no) add_test_case(std::move(collector));
      return;
    }
    const bool is_named = matches_any(settings_.config.python_classes.value, collector.name, "Test");
    if (wanted == Truth::no || (!is_named && wanted != Truth::yes)) return;
    if (traits_.has_constructor(class_) || traits_.is_abstract(class_) || is_nested_in_itself(collector.parent, class_))
      return;
    add_class_members(add_collector(std::move(collector)), class_);
  }

  /// What a run tells by whether the class is there, beyond the conditions around it.
  [[nodiscard]] Place decided_at(const Collector& collector) const {
    const Collector& parent = out_.collectors[collector.parent];
    if (parent.is_conditional) return parent.decided_at;
    if (traits_.computes_test_attribute(collector.class_)) return name_of(collector.class_);
    const bool is_nested = static_cast<bool>(parent.class_);
    return !is_nested && is_one_of_several(file_, collector.name) ? name_of(collector.class_) : Place();
  }

  /// `if x: class TestA: ...` and `else: class TestA(Other): ...`, and x is not known.
  [[nodiscard]] bool is_one_of_several(FileId file, std::string_view name) const {
    const Namespaces& namespaces = names_.namespaces(file);
    const WordId word = namespaces.word(name);
    if (!word) return false;
    const auto bindings = namespaces.bindings(ScopeKey::module(), word);
    if (bindings.size() < 2 || !bindings.back().statement) return false;
    return stands_there(file, bindings.back().statement) == Truth::unknown;
  }

  /// `class TestB(TestA)`, and TestA is one of several.
  [[nodiscard]] bool has_open_base(ClassRef class_) const {
    const FileModel& file = literals_.model(class_.file);
    for (ExprId base = file.classes[class_.id].first_argument; base; base = file.next(base)) {
      if (file.exprs[base].kind == ExprKind::name && is_one_of_several(class_.file, file.word(base))) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_nested_in_itself(std::uint32_t node, ClassRef class_) const {
    std::size_t depth = 0;
    for (; node != Collector::none; node = out_.collectors[node].parent, ++depth) {
      if (out_.collectors[node].class_ == class_ || depth > max_class_nesting) return true;
    }
    return false;
  }

  /// B11: bases first, but a name belongs to the class nearest to the collected one that has it.
  void add_class_members(std::uint32_t node, ClassRef class_) {
    std::unordered_set<std::string_view> seen;
    std::vector<std::vector<const Names::Member*>> by_class;
    for (ClassRef holder : names_.mro(class_).classes) {
      std::vector<const Names::Member*>& members = by_class.emplace_back();
      for (const Names::Member& member : names_.members(holder)) {
        if (!is_left_out(member) && seen.insert(member.name).second) members.push_back(&member);
      }
    }
    for (auto members = by_class.rbegin(); members != by_class.rend(); ++members) {
      for (const Names::Member* member : *members) add_member(node, *member);
    }
  }

  /// B8: what unittest's loader finds, alphabetically.
  void add_test_case(Collector collector) {
    const ClassRef class_ = collector.class_;
    if (is_nested_in_itself(collector.parent, class_)) return;
    collector.is_test_case = true;
    const auto [skipped, decorator] = traits_.unittest_skip(class_);
    collector.is_skipped_test_case = skipped == Truth::yes;
    collector.may_be_skipped = skipped == Truth::unknown;
    if (collector.may_be_skipped && !collector.is_conditional) collector.decided_at = decorator;
    const std::uint32_t own = add_collector(std::move(collector));
    std::vector<std::pair<std::string_view, FunctionRef>> methods;
    FunctionRef run_test;
    std::unordered_set<std::string_view> seen;
    for (ClassRef holder : names_.mro(class_).classes) {
      for (const Names::Member& member : names_.members(holder)) {
        if (!member.name.starts_with("test") && member.name != "runTest") continue;
        if (is_left_out(member) || !seen.insert(member.name).second) continue;
        const FunctionRef function = traits_.callable_behind(member.denotation);
        if (!function || traits_.is_property(function) || traits_.test_attribute(function) == Truth::no) continue;
        if (member.name == "runTest") {
          if (!is_trials_own(function)) run_test = function;
        } else {
          methods.emplace_back(member.name, function);
        }
      }
    }
    if (methods.empty() && run_test) methods.emplace_back("runTest", run_test);
    std::ranges::sort(methods);
    for (const auto& [method, function] : methods) {
      add_test({TestKind::unittest_method, own, function, method, {}});
    }
  }

  /// B8: twisted's own runTest is none.
  [[nodiscard]] bool is_trials_own(FunctionRef function) const {
    const ProjectTables& tables = literals_.tables();
    const NameId module = tables.files[function.file].module;
    return module && tables.names[module].starts_with("twisted.trial.");
  }

  const Literals& literals_;
  const Names& names_;
  const FixtureDefinitions& fixtures_;
  const CollectionSettings& settings_;
  ClassTraits traits_;
  Collection& out_;
  FileId file_;
  std::size_t first_test_ = 0;
};

}  // namespace

Collection collect_tests(const Literals& literals, const FixtureDefinitions& fixtures,
                         const CollectionSettings& settings) {
  Collection out;
  const IgnoredFiles ignored(literals);
  ModuleCollector collector(literals, fixtures, settings, out);
  for (FileId file : in_collection_order(literals.tables(), settings.config, settings.rules.traversal)) {
    if (!ignored.contains(file)) collector.collect(file);
  }
  for (FileId file : literals.tables().files.ids()) out.is_ignored.push_back(ignored.contains(file));
  return out;
}

}  // namespace hasten
