// The other direction of NameSearch: all names that a namespace holds, and what a star import takes from it.

#include <algorithm>

#include "analyzer/names/name_search.h"

namespace hasten {
namespace {

/// First binding's place, then text: the order of a __dict__.
struct Entry {
  StatementId place;
  std::string_view name;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

std::vector<Entry> entries(const FileModel& file, std::span<const NameBinding> bindings) {
  std::vector<Entry> out;
  WordId previous;
  for (const NameBinding& binding : bindings) {
    const bool binds = binding.by != BoundBy::deleted && binding.by != BoundBy::outer && binding.by != BoundBy::changed;
    if (!binds || binding.is_global || binding.word == previous) continue;
    previous = binding.word;
    out.push_back({binding.statement, file.word(binding.word)});
  }
  return out;
}

/// The strings of a list, tuple or sum of such; false when some of it is computed.
bool collect_texts(const FileModel& file, ExprId expr, std::vector<std::string_view>& out) {
  bool is_literal = true;
  for (ExprId at : file.subtree(expr)) {
    const Expr& row = file.exprs[at];
    if (row.kind == ExprKind::string && row.word()) {
      out.push_back(file.word(at));
    } else if (row.kind != ExprKind::list && row.kind != ExprKind::tuple && row.kind != ExprKind::binary) {
      is_literal = false;
    } else if (row.is_collapsed) {
      is_literal = false;
    }
  }
  return is_literal;
}

}  // namespace

std::vector<std::string_view> NameSearch::module_names(FileId module) {
  const auto [place, is_new] = module_names_.try_emplace(module);
  if (!is_new) return place->second;  // empty inside a circle of star imports
  const Question question(*this);
  const FileModel& file = model(module);
  std::vector<Entry> all = entries(file, namespaces(module).all(ScopeKey::module()));
  for (ImportId import : namespaces(module).star_imports()) {
    const FileId source = star_source(module, import);
    if (!source || source == module || question.is_too_much()) continue;
    for (std::string_view name : exported_names(source)) all.push_back({file.imports[import].statement, name});
  }
  // Within one star import names come in the order of the module they are from or of its `__all__`, not of their text.
  std::ranges::stable_sort(all, {}, &Entry::place);
  std::unordered_set<std::string_view> seen;
  std::vector<std::string_view> names;
  for (const Entry& entry : all) {
    if (seen.insert(entry.name).second) names.push_back(entry.name);
  }
  module_names_[module] = names;
  return names;
}

/// What `from module import *` binds, in its order.
std::vector<std::string_view> NameSearch::exported_names(FileId module) {
  std::vector<std::string_view> names = module_names(module);
  const Exports& exported = exports(module);
  if (!exported.is_listed) {
    std::erase_if(names, [](std::string_view name) { return name.starts_with('_'); });
    return names;
  }
  const std::unordered_set<std::string_view> bound(names.begin(), names.end());
  std::vector<std::string_view> listed = exported.order;
  std::erase_if(listed, [&](std::string_view name) { return !bound.contains(name); });
  return listed;
}

std::vector<std::string_view> NameSearch::class_names(ClassRef class_) {
  std::vector<Entry> all = entries(model(class_.file), namespaces(class_.file).all(ScopeKey::of(class_.id)));
  std::ranges::sort(all);
  std::vector<std::string_view> names;
  for (const Entry& entry : all) names.push_back(entry.name);
  return names;
}

const NameSearch::Exports& NameSearch::exports(FileId module) {
  const auto [place, is_new] = exports_.try_emplace(module);
  if (!is_new) return place->second;
  const FileModel& file = model(module);
  Exports listed;
  const WordId all = namespaces(module).word("__all__");
  if (all) {
    for (const NameBinding& binding : namespaces(module).bindings(ScopeKey::module(), all)) {
      const bool is_literal = binding.value && collect_texts(file, binding.value, listed.order);
      listed.is_listed = is_literal && (listed.is_listed || binding.by == BoundBy::value);
      if (!is_literal) break;
    }
  }
  listed.names.insert(listed.order.begin(), listed.order.end());
  return exports_[module] = std::move(listed);
}

bool NameSearch::exports_name(FileId module, std::string_view name) {
  const Exports& exported = exports(module);
  return exported.is_listed ? exported.names.contains(name) : !name.starts_with('_');
}

}  // namespace hasten
