#include "analyzer/collect/collect.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "analyzer/collect/case_counts.h"
#include "analyzer/collect/closures.h"
#include "analyzer/collect/collection.h"
#include "analyzer/collect/computed_names.h"
#include "analyzer/collect/dynamic_requests.h"
#include "analyzer/collect/fixture_definitions.h"
#include "analyzer/collect/fixture_requests.h"
#include "analyzer/collect/fixtures.h"
#include "analyzer/collect/generated_parameters.h"
#include "analyzer/collect/installed_plugins.h"
#include "analyzer/collect/marks.h"
#include "analyzer/collect/parameter_sources.h"
#include "analyzer/collect/set_ups.h"
#include "analyzer/collect/skip_hooks.h"
#include "analyzer/collect/uncertain_tests.h"
#include "analyzer/collect/unsteady_parameters.h"
#include "analyzer/values/literals.h"
#include "analyzer/values/signatures.h"

namespace hasten {
namespace {

/// Makes the rows of tests out of what was collected.
class TestRows {
 public:
  TestRows(ProjectTables& tables, const Names& names, const PytestConfig& config, const CollectionOptions& options)
      : tables_(tables),
        rules_(pytest_rules(options.pytest_version)),
        literals_(tables, names),
        marks_(literals_, rules_),
        signatures_(literals_),
        definitions_(literals_, signatures_),
        collection_(collect_tests(literals_, definitions_, {config, rules_})),
        fixtures_(tables, literals_, definitions_, collection_,
                  {config, rules_, installed_plugins(literals_, config, options), !options.plugins_are_complete}),
        closures_(fixtures_, rules_),
        requests_(fixtures_),
        sources_(literals_, marks_, definitions_, rules_),
        generated_(literals_, plugin_modules(literals_, config)),
        skip_hooks_(literals_, marks_, plugin_modules(literals_, config)),
        computed_(literals_, marks_, definitions_),
        dynamic_(literals_, computed_),
        uncertain_(tables, literals_),
        set_ups_(tables, fixtures_, dynamic_, collection_, rules_) {}

  void add_all() {
    tables_.tests.reserve(tables_.tests.size() + collection_.tests.size());
    for (const CollectedTest& test : collection_.tests) add(test);
    for (std::uint32_t at = 0; at < collection_.collectors.size(); ++at) {
      const auto doubt = uncertain_.doubt_about(collection_.collectors[at]);
      if (doubt) set_ups_.expect_more(fixtures_.holder_of(at), *doubt);
    }
    set_ups_.count(sources_.no_parameter());
    tables_.fixture_requests = std::move(requests_).take();
    tables_.unsteady_parameters = unsteady_parameters(tables_, literals_);
    tables_.uncertain_tests = uncertain_.of(collection_);
  }

 private:
  void add(const CollectedTest& collected) {
    const Collector& collector = collection_.collectors[collected.collector];
    Test row;
    row.kind = collected.kind;
    row.is_conditional = collected.is_conditional || collector.may_be_skipped;
    row.file = collector.file;
    row.function = collected.function;
    row.name = tables_.names.intern(collected.name);
    row.call_hook = fixtures_.call_hook(collected.collector);
    std::string classes;
    for (std::uint32_t at = collected.collector; collection_.collectors[at].class_;
         at = collection_.collectors[at].parent) {
      row.classes.insert(row.classes.begin(), collection_.collectors[at].class_);
      classes = "::" + collection_.collectors[at].name + classes;
    }
    row.qualified_name =
        tables_.names.intern(fmt::format("{}{}::{}", tables_.files[row.file].source.path(), classes, collected.name));
    const std::vector<Mark> marks = marks_of(row, collected);
    row.is_skipped = std::ranges::any_of(marks, [this](const Mark& mark) { return marks_.keeps_from_running(mark); });
    add_marks(row, marks);
    More more;
    Request request = request_of(row, collected, marks, more);
    const std::vector<GivenByHook> generated = generated_for(row, request, marks, more);
    const Closure& closure = closure_of(request);
    row.closure = closure.entries;
    row.overridden = closure.overridden;
    for (const ClosureEntry& entry : row.closure) {
      const bool is_undefined = !entry.fixture && !entry.is_parametrized && tables_.names[entry.name] != "request";
      const auto importer = is_undefined ? fixtures_.importer(request.holder, entry.name) : std::nullopt;
      if (!importer) continue;
      if (!row.has_unknown_closure) more.open_up_to = *importer;
      more.open_up_to = std::min(more.open_up_to, *importer);  // what is farther out comes first
      leave_open(row, SetUpDoubt::Why::imported, code_of(row.function), more, entry.name);
    }
    if (fixtures_.may_have_hooks(row.file)) {
      more.open_up_to = Fixtures::global;
      leave_open(row, SetUpDoubt::Why::module_hooks, {row.file, {}}, more);
    }
    if (row.has_unknown_closure) more.open_names.emplace_back(ComputedNames::anything);
    add_dynamic_uses(row, request.holder, marks, more);
    if (more.may_be_replaced) row.has_unknown_closure = 1;
    const bool is_plain = row.kind != TestKind::unittest_method;
    std::vector<Parametrization> sources =
        is_plain ? sources_.of(closure, generated, marks, tables_) : std::vector<Parametrization>();
    sources.insert(sources.end(), more.sources.begin(), more.sources.end());
    // What is no parameter of the test cannot be lost either.
    if (more.may_be_replaced && !sources.empty()) row.unknown_cases = defined_in_several_ways();
    set_cases(row, sources, tables_);
    set_ups_.add(row, collected, closure,
                 {std::move(sources), std::move(more.open_names), more.open_because, more.open_up_to,
                  skip_hooks_.skips(row, marks), more.unknown_parameters});
    tables_.tests.add(std::move(row));
  }

  /// C6: the function's, then the classes' from the innermost out, then the module's.
  std::vector<Mark> marks_of(const Test& row, const CollectedTest& collected) const {
    std::vector<Mark> marks = marks_.of(collected.function);
    for (auto class_ = row.classes.rbegin(); class_ != row.classes.rend(); ++class_) {
      const std::vector<Mark>& own = marks_.of(*class_);
      marks.insert(marks.end(), own.begin(), own.end());
    }
    const std::vector<Mark>& of_module = marks_.of(row.file);
    marks.insert(marks.end(), of_module.begin(), of_module.end());
    return marks;
  }

  void add_marks(Test& row, const std::vector<Mark>& marks) {
    for (const Mark& mark : marks) {
      if (mark.name == "parametrize" || mark.name == "usefixtures") continue;
      row.marks.push_back({tables_.names.intern(mark.name), {mark.file, mark.call}});
    }
  }

  /// What a test has beside its marks and its closure.
  struct More {
    std::vector<Parametrization> sources;  // parameters that come from neither marks nor fixtures
    bool may_be_replaced = false;          // by a decorator
    std::vector<std::string> open_names;   // of fixtures that only some of the items use
    SetUpDoubt open_because;               // of the first of them
    Fixtures::Holder open_up_to = Fixtures::global;
    Place unknown_parameters;  // where they come from; file none when there are none
  };

  /// Only a run can tell which fixtures the test uses.
  void leave_open(Test& row, SetUpDoubt::Why why, Place place, More& more, NameId detail = {}) {
    if (!row.has_unknown_closure) more.open_because = {why, {}, place, row.qualified_name, detail};
    row.has_unknown_closure = 1;
  }

  [[nodiscard]] Place code_of(FunctionRef function) const {
    return {function.file, literals_.model(function.file).functions[function.id].range};
  }

  [[nodiscard]] Place place_of(const Mark& mark, const Test& row) const {
    if (!mark.call) return code_of(row.function);
    return {mark.file, literals_.model(mark.file).exprs[mark.call].range};
  }

  NameId defined_in_several_ways() { return tables_.names.intern("a decorator that is defined in several ways"); }

  Request request_of(Test& row, const CollectedTest& collected, const std::vector<Mark>& marks, More& more) {
    Request request;
    request.holder = fixtures_.holder_of(collected.collector);
    request.initial = fixtures_.autouse(request.holder);
    request.autouse = request.initial.size();
    for (const Mark& mark : marks) {
      if (mark.name == "usefixtures") {
        const auto names = marks_.used_fixtures(mark);
        if (!names) leave_open(row, SetUpDoubt::Why::computed_mark, place_of(mark, row), more);
        if (names) append(*names, request.initial);
      } else if (mark.name == "parametrize" && row.kind != TestKind::unittest_method) {
        const Marks::Parametrize read = marks_.parametrize(mark);
        if (read.has_unknown_names) leave_open(row, SetUpDoubt::Why::computed_mark, place_of(mark, row), more);
        append(read.direct, request.shielded);
        append(marks_.directly_set(mark, read), request.parametrized);
        request.parameters = ItemParameters::given;
      }
    }
    if (row.kind == TestKind::unittest_method) {
      request.parameters = ItemParameters::never;
    } else {
      const ClassRef class_ = row.classes.empty() ? ClassRef() : row.classes.back();
      const FixtureArguments arguments = signatures_.of_test(collected.function, class_, collected.partial);
      const Place code = code_of(row.function);
      if (arguments.is_unknown) leave_open(row, SetUpDoubt::Why::arguments, code, more);
      more.may_be_replaced = arguments.may_be_replaced;
      if (arguments.may_be_replaced && arguments.is_unknown) row.unknown_cases = defined_in_several_ways();
      for (const auto& [text, cases] : arguments.parametrized_elsewhere) {
        // What a mark fills, or a fixture when no values are known, has no other source of values.
        const std::string_view given = text;
        if (std::ranges::any_of(marks, [&](const Mark& mark) { return marks_.gives(mark, given); })) continue;
        const NameId name = tables_.names.intern(text);
        if (cases.known()) {
          more.sources.push_back(sources_.given_elsewhere(name, cases));
          request.shielded.push_back(name);
          request.parametrized.push_back(name);
          request.parameters = ItemParameters::given;
        } else if (fixtures_.visible(request.holder, name).empty()) {
          row.unknown_cases = tables_.names.intern(fmt::format("a decorator that adds {}", text));
          break;
        }
      }
      if (row.unknown_cases) more.unknown_parameters = code;
      append(arguments.names, request.initial);
    }
    return request;
  }

  /// What pytest_generate_tests gives, once the closure is made (B14).
  std::vector<GivenByHook> generated_for(Test& row, Request& request, const std::vector<Mark>& marks, More& more) {
    if (row.kind == TestKind::unittest_method || !generated_.concerns(row)) return {};
    GeneratedParameters::Generated found = generated_.of({row, closures_.of(request).entries, marks});
    if (found.unknown) {
      row.unknown_cases = tables_.names.intern("pytest_generate_tests");
      more.unknown_parameters = code_of(found.unknown);
    }
    for (const auto& [call, sets] : found.calls) {
      append(marks_.directly_set(call, marks_.parametrize(call)), request.parametrized);
      request.parameters = ItemParameters::given;
    }
    return std::move(found.calls);
  }

  void append(const std::vector<std::string_view>& names, std::vector<NameId>& out) {
    for (std::string_view name : names) out.push_back(tables_.names.intern(name));
  }

  /// Tests that ask for the same at the same place share the work.
  const Closure& closure_of(const Request& request) {
    const auto key =
        std::tuple(request.holder, request.initial, request.shielded, request.parametrized, request.parameters);
    const auto [place, is_new] = known_.try_emplace(key);
    if (is_new) {
      place->second = closures_.of(request);
      requests_.add(request, TestId(tables_.tests.size()));
    }
    return place->second;
  }

  /// C12: what the test and the fixtures it uses ask for at run time. Of names that are partly known, all that fit.
  void add_dynamic_uses(Test& row, Fixtures::Holder holder, const std::vector<Mark>& marks, More& more) {
    Request named, varying, sure;
    named.holder = varying.holder = sure.holder = holder;
    const auto add_names = [&](FunctionRef function, std::string_view fixture) {
      for (const DynamicRequest& asked : dynamic_.of(function)) {
        named.initial.push_back(tables_.names.intern(asked.name));
        if (!asked.is_conditional) sure.initial.push_back(named.initial.back());
      }
      for (const std::string& open : dynamic_.open_names(function)) {
        for (std::string& name : computed_.filled(open, fixture, marks)) {
          more.open_up_to = Fixtures::global;
          if (more.open_names.empty()) {
            more.open_because = {SetUpDoubt::Why::computed_request, {}, code_of(function), row.qualified_name, {}};
          }
          if (is_open_name(name)) row.has_unknown_closure = 1;
          if (name != ComputedNames::anything) {
            const std::vector<NameId> fitting = fixtures_.visible_names(holder, name);
            varying.initial.insert(varying.initial.end(), fitting.begin(), fitting.end());
          }
          more.open_names.push_back(std::move(name));
        }
      }
    };
    add_names(row.function, {});
    for (const auto* entries : {&row.closure, &row.overridden}) {
      for (const ClosureEntry& entry : *entries) {
        if (entry.fixture) add_names(tables_.fixtures[entry.fixture].function, tables_.names[entry.name]);
      }
    }
    if (!varying.initial.empty()) {
      for (const ClosureEntry& entry : closure_of(varying).entries)
        more.open_names.emplace_back(tables_.names[entry.name]);
    }
    named.initial.insert(named.initial.end(), varying.initial.begin(), varying.initial.end());
    if (named.initial.empty()) return;
    const std::vector<ClosureEntry> entries = closure_of(named).entries;
    const Closure& always = closure_of(sure);
    const auto holds = [](const std::vector<ClosureEntry>& closure, NameId name) {
      return std::ranges::find(closure, name, &ClosureEntry::name) != closure.end();
    };
    for (ClosureEntry entry : entries) {
      if (holds(row.closure, entry.name)) continue;
      entry.is_possible = !holds(always.entries, entry.name);
      row.dynamic_uses.push_back(entry);
    }
  }

  ProjectTables& tables_;
  const PytestRules& rules_;
  Literals literals_;
  Marks marks_;
  Signatures signatures_;
  FixtureDefinitions definitions_;
  Collection collection_;
  Fixtures fixtures_;
  Closures closures_;
  FixtureRequests requests_;
  ParameterSources sources_;
  GeneratedParameters generated_;
  SkipHooks skip_hooks_;
  ComputedNames computed_;
  DynamicRequests dynamic_;
  UncertainPlaces uncertain_;
  SetUps set_ups_;
  using ClosureKey =
      std::tuple<Fixtures::Holder, std::vector<NameId>, std::vector<NameId>, std::vector<NameId>, ItemParameters>;
  std::map<ClosureKey, Closure> known_;
};

}  // namespace

void link_collection(ProjectTables& tables, const Names& names, const PytestConfig& config,
                     const CollectionOptions& options) {
  TestRows(tables, names, config, options).add_all();
}

}  // namespace hasten
