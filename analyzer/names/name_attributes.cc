// The second half of NameSearch: from an object and the name of an attribute to what that denotes.

#include <algorithm>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/names/found.h"
#include "analyzer/names/name_search.h"
#include "analyzer/names/resolution_order.h"

namespace hasten {
namespace {

using Kind = Denotation::Kind;

}  // namespace

/// What `import dotted` leads to. A folder of the project without __init__.py has no file of its own; its name stays
/// external until an attribute leads to a file.
Found NameSearch::module(std::string_view dotted, FileId importer) {
  if (const FileId file = modules_.find(dotted, importer)) {
    Denotation denotation;
    denotation.kind = Kind::module;
    denotation.file = file;
    return Found::of(std::move(denotation));
  }
  return Found::external(std::string(dotted));
}

Found NameSearch::submodule(FileId package, std::string_view name) {
  if (!tables_.files[package].source.path().ends_with("__init__.py"))
    return Found();  // a module has no modules below it
  std::string dotted(modules_.name_of(package));
  if (dotted.empty()) return Found();
  append_part(dotted, name);
  const FileId file = modules_.find(dotted, package);
  if (!file && !modules_.is_namespace(dotted, package)) return Found();
  return module(dotted, package);
}

Found NameSearch::member(FileId module, std::string_view name) {
  const WordId word = namespaces(module).word(name);
  Found result = word ? module_name(module, word) : starred(module, name);
  // Builtins are seen from inside a module but are no attributes of it.
  if (result.denotation.kind == Kind::external && result.denotation.dotted.starts_with("builtins.") && word &&
      namespaces(module).bindings(ScopeKey::module(), word).empty()) {
    return Found();
  }
  if (!result.is_bound) {
    Found outside = unbound(module, name);
    if (outside.denotation.kind == Kind::external && !outside.denotation.dotted.starts_with("builtins."))
      return outside;
  }
  return result;
}

Found NameSearch::module_attribute(FileId module, std::string_view name) {
  Found inside = member(module, name);
  if (inside.is_bound && !inside.is_cut) return inside;
  Found below = submodule(module, name);
  return below.is_bound ? below : inside;
}

Found NameSearch::path(FileId importer, std::string_view dotted) {
  const std::string_view top = dotted.substr(0, dotted.find('.'));
  Found object = module(top, importer);
  for (std::size_t at = top.size(); at < dotted.size();) {
    const std::size_t end = std::min(dotted.find('.', at + 1), dotted.size());
    object = attribute(std::move(object), dotted.substr(at + 1, end - at - 1), importer);
    at = end;
  }
  return object;
}

Found NameSearch::attribute(Found object, std::string_view name, FileId importer) {
  const Question question(*this);
  if (question.is_too_much()) return Found::cut_short();
  Denotation& from = object.denotation;
  if (!from.rest.empty()) {
    append_part(from.rest, name);
    return object;
  }
  switch (from.kind) {
    case Kind::unknown: return object;
    case Kind::module: {
      Found inside = module_attribute(from.file, name);
      if (!inside.is_bound) {
        append_part(from.rest, name);
        return object;
      }
      inside.hops = std::max(inside.hops, object.hops);
      return inside;
    }
    case Kind::external: {
      append_part(from.dotted, name);
      // Inside a namespace package of the project, further parts may be files of ours.
      if (const FileId file = modules_.find(from.dotted, importer)) {
        from = {};
        from.kind = Kind::module;
        from.file = file;
      }
      return object;
    }
    case Kind::class_: return attribute_of_class(std::move(object), name);
    case Kind::function:
    case Kind::binding:
    case Kind::parameter:
    case Kind::local: append_part(from.rest, name); return object;
  }
  return object;
}

Found NameSearch::class_attribute(ClassRef class_, std::string_view name) {
  const WordId word = namespaces(class_.file).word(name);
  if (!word) return Found();
  return choose(class_.file, namespaces(class_.file).bindings(ScopeKey::of(class_.id), word));
}

Found NameSearch::attribute_of_class(Found object, std::string_view name) {
  const ClassRef class_{object.denotation.file, object.denotation.class_};
  const Names::Mro* order = orders_ != nullptr ? orders_->if_known(class_) : nullptr;
  const std::vector<ClassRef> only_itself = {class_};
  for (ClassRef holder : order != nullptr ? order->classes : only_itself) {
    Found attribute = class_attribute(holder, name);
    if (attribute.is_bound) return attribute;
  }
  if (order != nullptr) {
    for (const std::string& base : order->external_bases) {
      if (knowledge_.find_method(base, name) != nullptr) return Found::external(base + "." + std::string(name));
    }
  }
  append_part(object.denotation.rest, name);
  return object;
}

}  // namespace hasten
