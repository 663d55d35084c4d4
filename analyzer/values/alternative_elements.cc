#include <algorithm>
#include <array>

#include "analyzer/values/alternatives.h"

namespace hasten {
namespace {

using std::string_view;

template <std::size_t size>
bool is_one_of(const std::array<string_view, size>& words, string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Methods that hand out a view of all elements.
constexpr std::array<string_view, 3> hands_out_views = {"values", "copy", "items"};
/// Functions that pass on what is in a collection.
constexpr std::array<string_view, 7> passes_on = {"list", "tuple", "sorted", "reversed", "set", "iter", "frozenset"};

}  // namespace

/// `is_by_key`: what a dict holds under its keys; else what going through the collection gives.
void Alternatives::find_elements(Site site, ExprId collection, bool is_by_key, Found& out) {
  is_sure_ = false;
  if (!collection || !enter(site.file, collection)) return;
  const FileModel& in = model(site.file);
  const ExprId first = in.first_child(collection);
  switch (in.exprs[collection].kind) {
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set:
      for (ExprId at = first; at; at = in.next(at)) find(site, at, out);
      break;
    case ExprKind::dict:
      for (ExprId at = first; at && is_by_key; at = in.next(at)) {
        if (in.exprs[at].kind == ExprKind::pair) find(site, in.child(at, 1), out);
      }
      break;
    case ExprKind::comprehension:
      if (in.exprs[collection].op != Operator::dict_) find(site, first, out);
      break;
    case ExprKind::call: {
      const string_view callee = in.word(first);
      if (in.exprs[first].kind == ExprKind::attribute && is_one_of(hands_out_views, callee)) {
        find_elements(site, in.first_child(first), is_by_key || callee == "values", out);
      } else if (in.exprs[first].kind == ExprKind::name && is_one_of(passes_on, callee)) {
        find_elements(site, in.positional(collection, 0), false, out);
      }
      break;
    }
    case ExprKind::name:
    case ExprKind::attribute: find_stored(site, collection, is_by_key, out); break;
    default: break;  // no collection that is written down
  }
  open_.pop_back();
}

/// A collection that has a name: what it is made with, and what is put in later.
void Alternatives::find_stored(Site site, ExprId collection, bool is_by_key, Found& out) {
  const FileModel& in = model(site.file);
  const string_view name = in.word(collection);
  if (in.exprs[collection].kind == ExprKind::attribute) {
    const Value object = values_.evaluate(site.file, site.block, in.first_child(collection));
    if (object.kind != Value::Kind::object && object.kind != Value::Kind::class_) return;
    for (const ClassRef base : values_.names().mro(object.class_ref()).classes) {
      for (const Binding& binding : values_.bindings().attributes(base, name)) {
        if (binding.kind != Binding::Kind::value) continue;
        find_elements({base.file, binding.block}, binding.value, is_by_key, out);
      }
    }
  } else {
    const Denotation& denotation = values_.names().denote(site.file, site.block, in.exprs[collection].word());
    if (denotation.kind == Denotation::Kind::local) {
      for (const Binding& binding :
           values_.bindings().locals(denotation.file, denotation.function, in.exprs[collection].word())) {
        if (binding.kind == Binding::Kind::value) {
          find_elements({denotation.file, binding.block}, binding.value, is_by_key, out);
        }
      }
    } else if (denotation.kind == Denotation::Kind::binding && denotation.expr && denotation.rest.empty()) {
      find_elements({denotation.file, FileModel::module_block()}, denotation.expr, is_by_key, out);
    }
  }
  for (const CollectionStore& store : index_.stores_into(name)) {
    if (store.is_key && !is_by_key) continue;
    if (is_same_collection(site, collection, store)) find({store.file, store.block}, store.value, out);
  }
}

bool Alternatives::is_same_collection(Site site, ExprId collection, const CollectionStore& store) {
  const FileModel& in = model(site.file);
  const FileModel& other = model(store.file);
  if (in.exprs[collection].kind != other.exprs[store.collection].kind) return false;
  if (in.exprs[collection].kind == ExprKind::name) {
    const Denotation here = values_.names().denote(site.file, site.block, collection);
    const Denotation there = values_.names().denote(store.file, store.block, store.collection);
    const bool is_local = here.kind == Denotation::Kind::local;
    if (here.kind != there.kind || here.file != there.file) return false;
    return is_local ? here.function == there.function
                    : here.kind == Denotation::Kind::binding && here.expr == there.expr;
  }
  const Value object = values_.evaluate(site.file, site.block, in.first_child(collection));
  const Value owner = values_.evaluate(store.file, store.block, other.first_child(store.collection));
  const auto is_object = [](const Value& value) {
    return value.kind == Value::Kind::object || value.kind == Value::Kind::class_;
  };
  if (!is_object(object) || !is_object(owner)) return false;
  const auto inherits = [&](ClassRef class_, ClassRef base) {
    const std::vector<ClassRef>& classes = values_.names().mro(class_).classes;
    return std::ranges::find(classes, base) != classes.end();
  };
  return inherits(object.class_ref(), owner.class_ref()) || inherits(owner.class_ref(), object.class_ref());
}

}  // namespace hasten
