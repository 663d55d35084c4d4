#include "analyzer/collect/parameter_sources.h"

#include <algorithm>

#include <fmt/format.h>

namespace hasten {
namespace {

bool holds(const std::vector<NameId>& names, NameId name) { return std::ranges::find(names, name) != names.end(); }

/// A collection whose elements can be told one by one.
bool is_listed(const FileModel& file, ExprId expr) {
  const Expr& row = file.exprs[expr];
  if (row.is_collapsed || (row.kind != ExprKind::list && row.kind != ExprKind::tuple)) return false;
  for (ExprId at = file.first_child(expr); at; at = file.next(at)) {
    if (file.exprs[at].kind == ExprKind::starred) return false;
  }
  return true;
}

const std::vector<ClosureEntry>& entries_of(const Closure& closure) {
  return closure.unpruned.empty() ? closure.entries : closure.unpruned;
}

}  // namespace

std::vector<Parametrization> ParameterSources::of(const Closure& closure, const std::vector<GivenByHook>& generated,
                                                  const std::vector<Mark>& marks, ProjectTables& tables) {
  std::vector<Parametrization> out, of_marks;
  std::vector<NameId> taken;
  const auto add = [&](const Mark& mark, Count sets, std::vector<Parametrization>& to) {
    if (mark.name != "parametrize") return;
    const ParameterSource& read = of(mark, tables);
    const Scope scope = read.has_scope ? read.scope : narrowest_scope(read, closure, tables);
    // Fixtures that outlive the item are kept for equal values, and a mark's values are only counted.
    const bool is_counted = sets.known() && scope == Scope::function;
    const ParameterSource& source = is_counted ? counted(read, sets) : as_left(read);
    taken.insert(taken.end(), source.names.begin(), source.names.end());
    to.push_back({&source, scope});
  };
  for (const auto& [call, sets] : generated) add(call, sets, out);
  for (const Mark& mark : marks) add(mark, {}, of_marks);
  for (const ClosureEntry& entry : entries_of(closure)) {
    if (!entry.fixture) continue;
    // An overriding fixture without params lets those of the overridden one through if it requests it.
    FixtureId holder = entry.fixture;
    for (const ClosureEntry& farther : closure.overridden) {
      if (farther.name == entry.name && tables.fixtures[holder].params.value == 0) holder = farther.fixture;
    }
    // A name counts once, though 7.x may list it twice.
    if (tables.fixtures[holder].params.value == 0 || holds(taken, entry.name)) continue;
    taken.push_back(entry.name);
    out.push_back({&of(holder, tables), tables.fixtures[holder].scope});
  }
  out.insert(out.end(), of_marks.begin(), of_marks.end());
  return out;
}

Parametrization ParameterSources::given_elsewhere(NameId name, Count sets) {
  const auto [place, is_new] = elsewhere_.try_emplace({name, sets.value});
  ParameterSource& source = place->second;
  if (is_new) {
    source.names = {name};
    source.is_direct = {1};
    source.size = sets;
    source.first_value = values_.unique(source.sets());
  }
  return {&source, Scope::function};
}

/// With as many sets as a test's marks give; of none one skipped item is made (B16).
const ParameterSource& ParameterSources::counted(const ParameterSource& source, Count sets) {
  const auto [place, is_new] = counted_.try_emplace({&source, sets.value}, source);
  if (is_new) {
    place->second.size.value = std::max(sets.value, 1);
    place->second.unknown.clear();
    place->second.values.clear();
    place->second.skipped.clear();
    if (sets.value == 0) place->second.skipped = {1};
    place->second.first_value = values_.unique(std::size_t{place->second.sets()} * source.names.size());
  }
  return place->second;
}

/// An iterator gives its values to the first test that is made of it; the others are left with none, which makes one
/// skipped item (B16).
const ParameterSource& ParameterSources::as_left(const ParameterSource& source) {
  if (!source.iterator.id || used_up_.insert(source.iterator).second) return source;
  const auto [place, is_new] = exhausted_.try_emplace(&source, source);
  if (is_new) {
    place->second.size.value = 1;
    place->second.skipped = {1};
    place->second.values.clear();
    place->second.first_value = values_.unique(source.names.size());
  }
  return place->second;
}

/// B19: a mark without scope whose names are all fixtures has that of the narrowest of them, else function scope.
Scope ParameterSources::narrowest_scope(const ParameterSource& source, const Closure& closure,
                                        const ProjectTables& tables) const {
  if (std::ranges::find(source.is_direct, 1) != source.is_direct.end()) return Scope::function;
  Scope scope = Scope::session;
  bool is_found = false;
  for (NameId name : source.names) {
    const auto entry = std::ranges::find(entries_of(closure), name, &ClosureEntry::name);
    if (entry == entries_of(closure).end() || !entry->fixture) continue;
    FixtureId fixture = entry->fixture;
    if (rules_.farthest_gives_indirect_scope) {
      for (const ClosureEntry& farther : closure.overridden) {
        if (farther.name == name) fixture = farther.fixture;
      }
    }
    scope = std::min(scope, tables.fixtures[fixture].scope);
    is_found = true;
  }
  return is_found ? scope : Scope::function;
}

const ParameterSource& ParameterSources::of(const Mark& mark, ProjectTables& tables) {
  const auto [place, is_new] = by_mark_.try_emplace({{mark.file, mark.call}, {mark.caller.file, mark.caller.expr}});
  ParameterSource& source = place->second;
  if (!is_new) return source;
  const Marks::Parametrize read = marks_.parametrize(mark);
  const std::vector<std::string_view> direct = marks_.directly_set(mark, read);
  for (std::string_view name : read.names) {
    source.names.push_back(tables.names.intern(name));
    source.is_direct.push_back(std::ranges::find(direct, name) != direct.end());
  }
  source.size = read.sets.count;
  source.unknown = fmt::format("argument values: {}", read.sets.unknown);
  if (!mark.call) return source;
  source.place = {mark.file, literals_.model(mark.file).exprs[mark.call].range};
  const auto argument = [&](std::size_t position, std::string_view name) {
    return marks_.argument(mark, position, name);
  };
  const Site scope = argument(4, "scope");
  if (scope.expr && literals_.model(scope.file).exprs[scope.expr].kind != ExprKind::none_literal) {
    const auto named = scope_named(literals_.text(scope).value_or(std::string_view()));
    source.has_scope = 1;
    source.scope_is_known = named.has_value();
    source.scope = named.value_or(Scope::function);
  }
  const Site values = marks_.argument_values(mark);
  source.iterator = literals_.shared_iterator(values);
  const Site names = literals_.value(argument(0, "argnames"));
  const bool is_text = names.expr && literals_.model(names.file).exprs[names.expr].kind == ExprKind::string;
  read_sets(values, !is_text || source.names.size() != 1, source);
  return source;
}

const ParameterSource& ParameterSources::of(FixtureId fixture, const ProjectTables& tables) {
  const auto [place, is_new] = by_fixture_.try_emplace(fixture);
  ParameterSource& source = place->second;
  if (!is_new) return source;
  const Fixture& row = tables.fixtures[fixture];
  source.names = {row.name};
  source.is_direct = {0};
  source.size = row.params;
  source.place = row.lambda;
  if (row.function)
    source.place = {row.function.file, literals_.model(row.function.file).functions[row.function.id].range};
  source.unknown = fmt::format("params of fixture {}", tables.names[row.name]);
  source.scope = row.scope;
  source.scope_is_known = row.scope_is_known;
  Denotation denotation;
  denotation.kind = Denotation::Kind::function;
  denotation.file = row.function.file;
  denotation.function = row.function.id;
  const FixtureDefinition* definition = row.function ? definitions_.of(denotation) : nullptr;
  if (definition != nullptr && definition->params_site.expr && !source.size.known()) {
    source.unknown += fmt::format(": {}", literals_.elements(definition->params_site).unknown);
  }
  read_sets(definition != nullptr ? definition->params_site : Site(), false, source);
  return source;
}

/// The values of every set, and which sets are skipped. `is_wrapped`: a set is a collection even for a single name.
void ParameterSources::read_sets(Site given, bool is_wrapped, ParameterSource& source) {
  const Site sets = literals_.value(given);
  const bool is_readable = sets.expr && is_listed(literals_.model(sets.file), sets.expr);
  const std::size_t listed = is_readable ? literals_.model(sets.file).child_count(sets.expr) : 0;
  // B16. What a name holds may be empty at first and filled later.
  if (is_readable && listed == 0 && literals_.elements(given).count.value == 0) source.skipped = {1};
  if (listed > 0 && listed == source.sets() && !source.names.empty()) {
    const FileModel& file = literals_.model(sets.file);
    for (ExprId at = file.first_child(sets.expr); at; at = file.next(at)) {
      read_set({sets.file, sets.block, at}, is_wrapped, source);
    }
  } else {
    source.first_value = values_.unique(std::size_t{source.sets()} * source.names.size());
  }
}

void ParameterSources::read_set(Site set, bool is_wrapped, ParameterSource& source) {
  const FileModel& file = literals_.model(set.file);
  std::vector<Site> given;
  const bool is_call = file.exprs[set.expr].kind == ExprKind::call;
  const bool is_param =
      is_call && literals_.names().denote(set.file, set.block, file.first_child(set.expr)).dotted == "pytest.param";
  bool is_skipped = false;
  if (is_param) {
    for (std::size_t i = 0; const ExprId value = file.positional(set.expr, i); ++i) {
      given.push_back({set.file, set.block, value});
    }
    const ExprId marks = file.keyword(set.expr, "marks");
    is_skipped = marks && std::ranges::any_of(marks_.written_at({set.file, set.block, marks}),
                                              [this](const Mark& mark) { return marks_.keeps_from_running(mark); });
  } else if (!is_wrapped) {
    given = {set};
  } else if (const Site listed = literals_.value(set); is_listed(literals_.model(listed.file), listed.expr)) {
    const FileModel& other = literals_.model(listed.file);
    for (ExprId at = other.first_child(listed.expr); at; at = other.next(at)) {
      given.push_back({listed.file, listed.block, at});
    }
  }
  const bool is_complete = given.size() == source.names.size();
  for (std::size_t i = 0; i < source.names.size(); ++i) {
    source.values.push_back(is_complete ? values_.of(given[i]) : values_.unique());
  }
  if (is_skipped && source.skipped.empty()) source.skipped.resize(source.sets());
  if (is_skipped) source.skipped[source.values.size() / source.names.size() - 1] = 1;
}

}  // namespace hasten
