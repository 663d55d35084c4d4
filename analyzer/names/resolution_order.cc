#include "analyzer/names/resolution_order.h"

#include <algorithm>

namespace hasten {
namespace {

using Kind = Denotation::Kind;

constexpr int max_nesting = 4;           // of orders needed to find out a base: `class A(B.Inner)`
constexpr std::size_t max_order = 4096;  // classes

/// The order of the only base, as far as there is room.
void append(const std::vector<ClassRef>& base, Names::Mro& out) {
  const std::size_t count = std::min(base.size(), max_order - out.classes.size());
  out.classes.insert(out.classes.end(), base.begin(), base.begin() + static_cast<std::ptrdiff_t>(count));
  out.has_unknown_base = out.has_unknown_base || count < base.size();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

}  // namespace

const Names::Mro& ResolutionOrders::of(ClassRef class_) {
  if (const auto known = orders_.find(class_); known != orders_.end()) return known->second;
  ++nesting_;
  std::vector<ClassRef> path = {class_};
  open_.insert(class_);
  while (!path.empty()) {
    const ClassRef at = path.back();
    const Bases& own = bases(at);
    const auto missing = std::ranges::find_if(
        own.classes, [&](ClassRef base) { return !orders_.contains(base) && !open_.contains(base); });
    if (missing != own.classes.end()) {
      path.push_back(*missing);
      open_.insert(*missing);
      continue;
    }
    orders_.emplace(at, merged(at, own));
    open_.erase(at);
    path.pop_back();
  }
  --nesting_;
  return orders_.at(class_);
}

const Names::Mro* ResolutionOrders::if_known(ClassRef class_) {
  if (const auto known = orders_.find(class_); known != orders_.end()) return &known->second;
  if (open_.contains(class_) || nesting_ >= max_nesting) return nullptr;
  return &of(class_);
}

const ResolutionOrders::Bases& ResolutionOrders::bases(ClassRef class_) {
  if (const auto known = bases_.find(class_); known != bases_.end()) return known->second;
  Bases found;
  const FileModel& file = search_.model(class_.file);
  for (ExprId base = file.classes[class_.id].first_argument; base; base = file.next(base)) {
    add_base(class_, base, found);
  }
  return bases_[class_] = std::move(found);
}

void ResolutionOrders::add_base(ClassRef class_, ExprId base, Bases& bases) {
  const FileModel& file = search_.model(class_.file);
  const StatementId statement = file.classes[class_.id].statement;
  ExprKind kind = file.exprs[base].kind;
  if (kind == ExprKind::keyword || kind == ExprKind::double_starred) return;
  if (kind == ExprKind::subscript) base = file.first_child(base);    // Generic[T]
  if (kind == ExprKind::conditional) base = file.first_child(base);  // A if available else B
  kind = file.exprs[base].kind;
  if (kind == ExprKind::call) return add_called_base(class_, base, bases);
  Found found = search_.dotted(class_.file, file.statements[statement].block, base, statement);
  const Denotation& denotation = found.denotation;
  if (denotation.kind == Kind::class_ && denotation.rest.empty()) {
    const ClassRef ref{denotation.file, denotation.class_};
    if (ref == class_) {
      bases.has_unknown = true;
    } else if (std::ranges::find(bases.classes, ref) == bases.classes.end()) {
      bases.classes.push_back(ref);
    }
  } else if (denotation.kind == Kind::external) {
    const std::string& name = search_.canonical(denotation.dotted);
    if (name != "builtins.object") add_once(bases.external, name);
  } else {
    bases.has_unknown = true;
  }
}

/// `six.with_metaclass(Meta, Base)`, `namedtuple(...)`; any other call makes a base that is not known.
void ResolutionOrders::add_called_base(ClassRef class_, ExprId call, Bases& bases) {
  const FileModel& file = search_.model(class_.file);
  const std::string callee = file.dotted(file.first_child(call));
  const std::string_view name = std::string_view(callee).substr(callee.rfind('.') + 1);
  if (name == "with_metaclass") {
    for (std::size_t position = 1; ExprId base = file.positional(call, position); ++position) {
      if (file.exprs[base].kind == ExprKind::call) {
        bases.has_unknown = true;
      } else {
        add_base(class_, base, bases);
      }
    }
  } else if (name == "namedtuple" || name == "NamedTuple") {
    add_once(bases.external, "builtins.tuple");
  } else {
    bases.has_unknown = true;
  }
}

/// C3: repeatedly the first head that stands in no other list's tail. Where there is none, declaration order.
Names::Mro ResolutionOrders::merged(ClassRef class_, const Bases& own) const {
  Names::Mro out;
  out.classes.push_back(class_);
  out.external_bases = own.external;
  out.has_unknown_base = own.has_unknown;
  std::vector<std::vector<ClassRef>> lists;
  std::vector<ClassRef> direct;
  for (ClassRef base : own.classes) {
    const auto known = orders_.find(base);
    if (known == orders_.end()) {  // it inherits from itself
      out.has_unknown_base = true;
      continue;
    }
    lists.push_back(known->second.classes);
    direct.push_back(base);
    for (const std::string& name : known->second.external_bases) add_once(out.external_bases, name);
    out.has_unknown_base = out.has_unknown_base || known->second.has_unknown_base;
  }
  if (direct.size() <= 1) {  // nothing to merge
    if (!direct.empty()) append(lists.front(), out);
    return out;
  }
  lists.push_back(direct);
  std::unordered_map<ClassRef, int> in_tails;
  std::size_t left = 0;
  for (const auto& list : lists) {
    left += list.size();
    for (std::size_t i = 1; i < list.size(); ++i) ++in_tails[list[i]];
  }
  std::vector<std::size_t> heads(lists.size(), 0);
  bool may_repeat = false;  // only where C3 has no answer
  while (left > 0 && out.classes.size() < max_order) {
    ClassRef next, fallback;
    for (std::size_t i = 0; i < lists.size() && !next; ++i) {
      if (heads[i] == lists[i].size()) continue;
      const ClassRef head = lists[i][heads[i]];
      if (!fallback) fallback = head;
      if (in_tails[head] == 0) next = head;
    }
    if (!next) next = fallback, may_repeat = true;
    if (!may_repeat || std::ranges::find(out.classes, next) == out.classes.end()) out.classes.push_back(next);
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (heads[i] == lists[i].size() || lists[i][heads[i]] != next) continue;
      --left;
      if (++heads[i] < lists[i].size()) --in_tails[lists[i][heads[i]]];
    }
  }
  out.has_unknown_base = out.has_unknown_base || left > 0;
  return out;
}

}  // namespace hasten
