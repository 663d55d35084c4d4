#include "analyzer/names/name_search.h"

#include <algorithm>
#include <iterator>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/names/found.h"
#include "analyzer/names/python_names.h"

namespace hasten {
namespace {

using Kind = Denotation::Kind;

constexpr int max_hops = 16;
constexpr int max_alternatives = 6;       // bindings of one name that are tried
constexpr std::size_t max_rebound = 256;  // bindings of a local variable; beyond it nobody looks which

/// Something with an identity of its own, as opposed to a variable or nothing at all.
bool is_definite(const Denotation& denotation) {
  return denotation.rest.empty() && (denotation.kind == Kind::module || denotation.kind == Kind::external ||
                                     denotation.kind == Kind::function || denotation.kind == Kind::class_);
}

/// `pytest.importorskip("docker")`, `importlib.import_module("shop.cart")`: the module that the call yields.
std::string_view module_asked_for(const FileModel& rows, ExprId call) {
  if (rows.exprs[call].kind != ExprKind::call) return {};
  const std::string_view function = rows.word(rows.first_child(call));
  if (function != "importorskip" && function != "import_module") return {};
  const ExprId name = rows.positional(call, 0);
  const bool is_written = name && rows.exprs[name].kind == ExprKind::string && !rows.word(name).starts_with('.');
  return is_written ? rows.word(name) : std::string_view();
}

/// `from astropy.tests.helper import pytest`: pytest itself, whoever hands it on.
std::string_view through_helpers(std::string_view dotted) {
  constexpr std::string_view inside = ".pytest.";
  constexpr std::string_view names[] = {"mark",   "fixture", "param",         "skip",  "importorskip",
                                        "raises", "warns",   "yield_fixture", "xfail", "approx"};
  const std::size_t at = dotted.find(inside);
  if (at == std::string_view::npos) return dotted;
  const std::string_view rest = dotted.substr(at + inside.size());
  const bool is_pytest = std::ranges::find(names, rest.substr(0, rest.find('.'))) != std::end(names);
  return is_pytest ? dotted.substr(at + 1) : dotted;
}

Found local_variable(FileId file, FunctionId function) {
  Denotation local;
  local.kind = Kind::local;
  local.file = file;
  local.function = function;
  return Found::of(std::move(local));
}

}  // namespace

NameSearch::NameSearch(const ProjectTables& tables, const Modules& modules, const Knowledge& knowledge)
    : tables_(tables), modules_(modules), knowledge_(knowledge), namespaces_(tables.files.size()) {}

const Namespaces& NameSearch::namespaces(FileId file) {
  if (file.index() >= namespaces_.size()) namespaces_.resize(file.index() + 1);
  std::unique_ptr<Namespaces>& slot = namespaces_[file.index()];
  if (!slot) slot = std::make_unique<Namespaces>(model(file));
  return *slot;
}

const std::string& NameSearch::canonical(const std::string& dotted) {
  const auto [place, is_new] = canonical_.try_emplace(dotted);
  if (is_new) place->second = canonical_name(through_helpers(dotted));
  return place->second;
}

Found NameSearch::dotted(FileId file, BlockId block, ExprId expr, StatementId before) {
  const FileModel& rows = model(file);
  std::vector<WordId> parts;
  while (expr && rows.exprs[expr].kind == ExprKind::attribute) {
    parts.push_back(rows.exprs[expr].word());
    expr = rows.first_child(expr);
  }
  if (!expr || rows.exprs[expr].kind != ExprKind::name) return Found();
  const WordId word = rows.exprs[expr].word();
  Found object;
  if (namespaces(file).is_bound_inside_expression(expr, word)) {
    object = local_variable(file, rows.function_of(block));
  } else {
    object = lookup(file, scope_of(rows, block), word, before);
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    object = attribute(std::move(object), rows.word(*part), file);
  }
  return object;
}

Found NameSearch::text(FileId file, BlockId block, std::string_view name) {
  const WordId id = namespaces(file).word(name);
  return id ? word(file, block, id) : unbound(file, name);
}

/// Python's rule: the scope itself, functions around it (classes are passed over), the module, the builtins.
Found NameSearch::lookup(FileId file, ScopeKey scope, WordId word, StatementId before) {
  const Question question(*this);
  if (question.is_too_much()) return Found::cut_short();
  const FileModel& rows = model(file);
  const Namespaces& names = namespaces(file);
  for (; !scope.is_module(); scope = scope_around(rows, scope), before = StatementId()) {
    const auto bindings = names.bindings(scope, word);
    if (bindings.empty()) continue;
    if (scope.is_function() && bindings.size() > max_rebound) return local_variable(file, scope.function());
    const auto outer = std::ranges::find(bindings, BoundBy::outer, &NameBinding::by);
    if (outer != bindings.end()) {
      if (rows.statements[outer->statement].kind == StatementKind::global) break;
      continue;
    }
    const auto above = before
                           ? std::ranges::find_if(bindings, [&](const NameBinding& b) { return b.statement >= before; })
                           : bindings.end();
    if (Found here = choose(file, {bindings.begin(), above}); here.is_bound) return here;
  }
  if (before) {
    const auto bindings = names.bindings(ScopeKey::module(), word);
    const auto above = std::ranges::find_if(bindings, [&](const NameBinding& b) { return b.statement >= before; });
    if (above != bindings.end()) {
      if (Found here = choose(file, {bindings.begin(), above}); here.is_bound) return here;
      if (Found here = unbound(file, rows.word(word)); here.is_bound) return here;
    }
  }
  return module_name(file, word);
}

/// A name of the module's namespace, remembered. A look-up that was cut short is remembered only where it is the
/// question itself: as a part of another question it may have met a cycle that is not one from elsewhere.
Found NameSearch::module_name(FileId file, WordId word) {
  const Question question(*this);
  if (question.is_too_much()) return Found::cut_short();
  if (file.index() >= module_level_.size()) module_level_.resize(tables_.files.size());
  ModuleLevel& level = module_level_[file.index()];
  if (level.positions.empty()) {
    level.positions.resize(model(file).words.size());
    level.found.emplace_back();
  }
  std::uint32_t& position = level.positions[word.index()];
  if (position != 0) return level.found[position] ? *level.found[position] : Found::cut_short();
  position = static_cast<std::uint32_t>(level.found.size());
  std::optional<Found>& kept = level.found.emplace_back();
  Found result = choose(file, namespaces(file).bindings(ScopeKey::module(), word));
  if (!result.is_bound) result = unbound(file, model(file).word(word));
  if (result.is_cut && !question.is_outermost()) {
    position = 0;
  } else {
    kept = result;
  }
  return result;
}

/// Not bound in the module by its name: from a star import, or a builtin.
Found NameSearch::unbound(FileId file, std::string_view name) {
  if (Found star = starred(file, name); star.is_bound) return star;
  if (is_builtin(name)) return Found::external("builtins." + std::string(name));
  // A star import of something unknown is the only place left that the name can come from.
  const std::string& outside = stars(file).outside;
  return outside.empty() || name.starts_with('_') ? Found() : Found::external(outside + "." + std::string(name));
}

const NameSearch::Stars& NameSearch::stars(FileId file) {
  const auto [place, is_new] = stars_.try_emplace(file);
  if (!is_new) return place->second;
  Stars stars;
  std::size_t outside = 0;
  const FileModel& rows = model(file);
  for (ImportId import : namespaces(file).star_imports()) {
    const Import& row = rows.imports[import];
    std::string source = modules_.absolute(file, row.level, rows.word(row.module));
    if (source.empty()) continue;
    if (const FileId found = modules_.find(source, file)) {
      if (found != file) stars.sources.push_back(found);
    } else if (++outside == 1) {
      stars.outside = std::move(source);
    }
  }
  if (outside > 1) stars.outside.clear();
  std::ranges::reverse(stars.sources);
  return stars_[file] = std::move(stars);
}

FileId NameSearch::star_source(FileId file, ImportId import) {
  const Import& row = model(file).imports[import];
  const std::string source = modules_.absolute(file, row.level, model(file).word(row.module));
  return source.empty() ? FileId() : modules_.find(source, file);
}

Found NameSearch::starred(FileId file, std::string_view name) {
  const std::vector<FileId>& sources = stars(file).sources;
  if (sources.empty()) return Found();
  const Question question(*this);
  if (question.is_too_much()) return {.denotation = {}, .is_cut = true};
  const std::string key = std::to_string(file.index()) + ' ' + std::string(name);
  const auto [place, is_new] = starred_.try_emplace(key);
  if (!is_new) return place->second ? *place->second : Found{.denotation = {}, .is_cut = true};
  Found result;
  bool is_cut = false;
  for (FileId source : sources) {
    if (result.is_bound) break;
    if (!exports_name(source, name)) continue;
    const WordId word = namespaces(source).word(name);
    result = word ? module_name(source, word) : starred(source, name);
    if (!result.is_bound && exports(source).is_listed) result = submodule(source, name);
    is_cut = is_cut || result.is_cut;
  }
  if (result.is_bound) result = next_hop(std::move(result));
  result.is_cut = is_cut;
  if (is_cut && !question.is_outermost()) {
    starred_.erase(key);
  } else {
    starred_[key] = result;
  }
  return result;
}

/// One meaning out of several bindings: what comes before the last unconditional one is history; of the rest the first
/// that is something definite, else the first that is not a placeholder.
Found NameSearch::choose(FileId file, std::span<const NameBinding> bindings) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    if (!bindings[i].is_conditional && bindings[i].by != BoundBy::changed) first = i;
  }
  const FileModel& rows = model(file);
  std::optional<Found> second_best;
  bool is_cut = false;
  int tried = 0;
  for (const NameBinding& binding : bindings.subspan(std::min(first, bindings.size()))) {
    if (binding.by == BoundBy::deleted || binding.by == BoundBy::outer || tried++ == max_alternatives) continue;
    Found meaning = bound(file, binding);
    is_cut = is_cut || meaning.is_cut;
    if (is_definite(meaning.denotation)) {
      meaning.is_cut = is_cut;
      return meaning;
    }
    const bool is_placeholder =
        binding.by == BoundBy::changed || (binding.value && rows.exprs[binding.value].kind == ExprKind::none_literal);
    if (!second_best || (!is_placeholder && second_best->denotation.kind == Kind::unknown)) {
      second_best = std::move(meaning);
    }
  }
  if (!second_best) return Found();
  second_best->is_cut = is_cut;
  second_best->is_bound = true;
  return *std::move(second_best);
}

Found NameSearch::bound(FileId file, const NameBinding& binding) {
  const Question question(*this);
  if (question.is_too_much()) return Found::cut_short();
  Denotation denotation;
  denotation.file = file;
  switch (binding.by) {
    case BoundBy::import: return imported(file, model(file).imports[binding.import()]);
    case BoundBy::function:
      denotation.kind = Kind::function;
      denotation.function = binding.function();
      return Found::of(std::move(denotation));
    case BoundBy::class_:
      denotation.kind = Kind::class_;
      denotation.class_ = binding.class_();
      return Found::of(std::move(denotation));
    case BoundBy::parameter:
      denotation.kind = Kind::parameter;
      denotation.function = binding.scope.function();
      denotation.param = binding.param();
      return Found::of(std::move(denotation));
    case BoundBy::value:
    case BoundBy::changed:
    case BoundBy::target: return bound_value(file, binding, binding.by == BoundBy::value);
    case BoundBy::deleted:
    case BoundBy::outer: return Found();
  }
  return Found();
}

/// A variable; when its value is another name or a module, what that denotes (`sleep = time.sleep`).
Found NameSearch::bound_value(FileId file, const NameBinding& binding, bool is_alias_followed) {
  const FileModel& rows = model(file);
  const bool is_local = binding.scope.is_function();
  bool is_cut = false;
  int hops = 0;
  if (is_alias_followed && binding.value && !binding.is_global) {
    const ExprKind kind = rows.exprs[binding.value].kind;
    const bool is_name = kind == ExprKind::name || kind == ExprKind::attribute;
    const std::string_view asked_for = module_asked_for(rows, binding.value);
    if ((is_name || !asked_for.empty()) &&
        (!is_local || namespaces(file).bindings(binding.scope, binding.word).size() == 1)) {
      if (!asked_for.empty()) return next_hop(module(asked_for, file));
      Found alias = next_hop(dotted(file, rows.statements[binding.statement].block, binding.value, binding.statement));
      const bool is_variable = alias.denotation.kind == Kind::binding && alias.denotation.rest.empty();
      if (is_definite(alias.denotation) || (is_variable && !is_local && !alias.is_cut)) return alias;
      // Too long a chain stays too long for whoever comes from farther away.
      is_cut = alias.is_cut;
      hops = is_cut || alias.hops > max_hops ? max_hops : 0;
    }
  }
  Denotation denotation;
  denotation.file = file;
  if (is_local) {
    denotation.kind = Kind::local;
    denotation.function = binding.scope.function();
  } else {
    denotation.kind = Kind::binding;
    denotation.class_ = binding.scope.class_();
    if (binding.by == BoundBy::value) denotation.expr = binding.value;
    denotation.dotted = modules_.name_of(file);
    std::vector<std::string_view> classes;
    for (ClassId class_ = binding.scope.class_(); class_; class_ = rows.classes[class_].outer) {
      classes.push_back(rows.word(rows.classes[class_].name));
    }
    for (auto name = classes.rbegin(); name != classes.rend(); ++name) append_part(denotation.dotted, *name);
    append_part(denotation.dotted, rows.word(binding.word));
  }
  Found variable = Found::of(std::move(denotation));
  variable.is_cut = is_cut;
  variable.hops = hops;
  return variable;
}

Found NameSearch::next_hop(Found found) {
  if (++found.hops <= max_hops) return found;
  return {.denotation = {}, .hops = found.hops, .is_bound = true, .is_cut = found.is_cut};
}

Found NameSearch::imported(FileId file, const Import& import) {
  const FileModel& rows = model(file);
  const std::string source = modules_.absolute(file, import.level, rows.word(import.module));
  const std::string_view name = rows.word(import.imported);
  if (source.empty()) {
    // `from . import x` at the top: a module beside this one.
    if (import.level != 1 || import.module) return Found::cut_short();
    return next_hop(module(name, file));
  }
  if (!import.is_from) {
    const bool binds_top = rows.word(import.bound) == std::string_view(source).substr(0, source.find('.'));
    return next_hop(module(binds_top ? source.substr(0, source.find('.')) : source, file));
  }
  const FileId from = modules_.find(source, file);
  if (!from) return next_hop(module(source + "." + std::string(name), file));
  Found attribute = member(from, name);
  if (attribute.is_bound && (attribute.denotation.kind != Kind::unknown || attribute.hops > max_hops)) {
    return next_hop(std::move(attribute));
  }
  Found below = submodule(from, name);
  if (!below.is_bound) below = {.denotation = {}, .is_bound = true};
  below.is_cut = below.is_cut || attribute.is_cut;
  return next_hop(std::move(below));
}

}  // namespace hasten
