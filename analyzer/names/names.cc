#include "analyzer/names/names.h"

#include <deque>
#include <functional>
#include <unordered_map>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/names/name_search.h"
#include "analyzer/names/resolution_order.h"

namespace hasten {
namespace {

const std::vector<ClassRef> no_classes;

/// Lets a view look for a string.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};
template <class Row>
using ByText = std::unordered_map<std::string, Row, TextHash, std::equal_to<>>;

}  // namespace

struct Names::State {
  State(const ProjectTables& tables_, const Modules& modules, Knowledge known)
      : tables(tables_), knowledge(known), search(tables, modules, knowledge), orders(search) {
    search.use(orders);
  }

  Denotation finished(Found found) {
    Denotation& denotation = found.denotation;
    if (denotation.kind == Denotation::Kind::external) denotation.dotted = search.canonical(denotation.dotted);
    return std::move(denotation);
  }

  FunctionRef find_method(ClassRef class_, std::string_view name) {
    for (const ClassRef holder : orders.of(class_).classes) {
      const Found found = search.class_attribute(holder, name);
      if (!found.is_bound) continue;
      if (found.denotation.kind != Denotation::Kind::function) return {};
      return {found.denotation.file, found.denotation.function};
    }
    return {};
  }

  /// What the words of one file mean.
  struct Meanings {
    std::vector<std::uint32_t> in_module;              // by word: position in `known`, 0 while nobody asked
    std::unordered_map<std::uint64_t, Denotation> in;  // by scope and word, of scopes that bind it
    std::deque<Denotation> known;
  };
  Meanings& meanings_in(FileId file) {
    if (file.index() >= meanings.size()) meanings.resize(tables.files.size());
    Meanings& found = meanings[file.index()];
    if (found.known.empty()) {
      found.known.emplace_back();
      found.in_module.resize(search.model(file).words.size());
    }
    return found;
  }

  /// The innermost scope around `block` that binds the word in any way, or the module.
  ScopeKey binding_scope(FileId file, BlockId block, WordId word) {
    const FileModel& model = search.model(file);
    const Namespaces& names = search.namespaces(file);
    ScopeKey scope = scope_of(model, block);
    while (!scope.is_module() && names.bindings(scope, word).empty()) scope = scope_around(model, scope);
    return scope;
  }

  void find_subclasses() {
    for (const FileId file : tables.files.ids()) {
      for (const ClassId id : tables.files[file].model.classes.ids()) {
        for (const ClassRef base : orders.of({file, id}).classes) {
          std::vector<ClassRef>& below = subclasses[base];
          if (base != ClassRef{file, id} && below.size() < max_subclasses) below.push_back({file, id});
        }
      }
    }
  }

  const ProjectTables& tables;
  Knowledge knowledge;
  NameSearch search;
  ResolutionOrders orders;
  std::vector<Meanings> meanings;  // by file
  std::unordered_map<FileId, std::vector<Member>> module_members;
  std::unordered_map<ClassRef, std::vector<Member>> class_members;
  std::unordered_map<ClassRef, std::vector<ClassRef>> subclasses;  // empty while nobody asked
  std::vector<ByText<Denotation>> attributes;                      // by module
  std::unordered_map<ClassRef, ByText<FunctionRef>> methods;
};

Names::Names(const ProjectTables& tables, const Modules& modules, Knowledge knowledge)
    : state_(new State(tables, modules, knowledge)) {}

Names::~Names() { delete state_; }

Denotation Names::denote(FileId file, BlockId block, ExprId expr) const {
  return state_->finished(state_->search.dotted(file, block, expr, {}));
}

Denotation Names::denote(FileId file, BlockId block, std::string_view name) const {
  return state_->finished(state_->search.text(file, block, name));
}

const Denotation& Names::denote(FileId file, BlockId block, WordId name) const {
  State::Meanings& meanings = state_->meanings_in(file);
  const ScopeKey scope = state_->binding_scope(file, block, name);
  if (!scope.is_module()) {
    const auto [place, is_new] = meanings.in.try_emplace(std::uint64_t{scope.number()} << 32 | name.index());
    if (is_new) place->second = state_->finished(state_->search.word(file, block, name));
    return place->second;
  }
  std::uint32_t& position = meanings.in_module[name.index()];
  if (position == 0) {
    Denotation found = state_->finished(state_->search.word(file, block, name));
    position = static_cast<std::uint32_t>(meanings.known.size());
    meanings.known.push_back(std::move(found));
  }
  return meanings.known[position];
}

const Denotation& Names::member(FileId module, std::string_view name) const {
  if (module.index() >= state_->attributes.size()) state_->attributes.resize(state_->tables.files.size());
  auto& known = state_->attributes[module.index()];
  if (const auto found = known.find(name); found != known.end()) return found->second;
  Denotation member = state_->finished(state_->search.module_attribute(module, name));
  return known.emplace(name, std::move(member)).first->second;
}

Denotation Names::import_path(FileId importer, std::string_view dotted) const {
  return state_->finished(state_->search.path(importer, dotted));
}

std::string Names::external(FileId file, BlockId block, ExprId expr) const {
  Denotation denotation = denote(file, block, expr);
  return denotation.kind == Denotation::Kind::external ? std::move(denotation.dotted) : std::string();
}

const Names::Mro& Names::mro(ClassRef class_) const { return state_->orders.of(class_); }

FunctionRef Names::method(ClassRef class_, std::string_view name) const {
  auto& known = state_->methods[class_];
  if (const auto found = known.find(name); found != known.end()) return found->second;
  return known.emplace(name, state_->find_method(class_, name)).first->second;
}

const std::vector<ClassRef>& Names::subclasses(ClassRef class_) const {
  if (state_->subclasses.empty()) state_->find_subclasses();
  const auto found = state_->subclasses.find(class_);
  return found == state_->subclasses.end() ? no_classes : found->second;
}

const std::vector<Names::Member>& Names::members(FileId module) const {
  const auto [place, is_new] = state_->module_members.try_emplace(module);
  if (!is_new) return place->second;
  std::vector<Member> members;
  for (std::string_view name : state_->search.module_names(module)) {
    Found found = state_->search.member(module, name);
    if (found.is_bound) members.push_back({name, state_->finished(std::move(found))});
  }
  return state_->module_members[module] = std::move(members);
}

const std::vector<Names::Member>& Names::members(ClassRef class_) const {
  const auto [place, is_new] = state_->class_members.try_emplace(class_);
  if (!is_new) return place->second;
  std::vector<Member> members;
  for (std::string_view name : state_->search.class_names(class_)) {
    Found found = state_->search.class_attribute(class_, name);
    if (found.is_bound) members.push_back({name, state_->finished(std::move(found))});
  }
  return state_->class_members[class_] = std::move(members);
}

const Namespaces& Names::namespaces(FileId file) const { return state_->search.namespaces(file); }

const Modules& Names::modules() const { return state_->search.modules(); }

const Knowledge& Names::knowledge() const { return state_->knowledge; }

}  // namespace hasten
