#include "analyzer/names/names.h"

#include <algorithm>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/names/name_search.h"
#include "analyzer/names/resolution_order.h"

namespace hasten {
namespace {

constexpr std::size_t max_subclasses = 64;
const std::vector<ClassRef> no_classes;

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
  std::unordered_map<FileId, std::vector<Member>> module_members;
  std::unordered_map<ClassRef, std::vector<Member>> class_members;
  std::unordered_map<ClassRef, std::vector<ClassRef>> subclasses;  // empty while nobody asked
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

Denotation Names::member(FileId module, std::string_view name) const {
  return state_->finished(state_->search.module_attribute(module, name));
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
  for (ClassRef holder : mro(class_).classes) {
    const Found found = state_->search.class_attribute(holder, name);
    if (!found.is_bound) continue;
    if (found.denotation.kind != Denotation::Kind::function) return {};
    return {found.denotation.file, found.denotation.function};
  }
  return {};
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
