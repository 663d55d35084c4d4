#include "analyzer/knowledge/knowledge.h"

#include <algorithm>
#include <vector>

#include "analyzer/knowledge/tables.h"

namespace hasten {

namespace {

// Re-exports of re-exports (`mock` -> `unittest.mock`, ...) are followed this often; the compiler refuses cycles.
constexpr int longest_alias_chain = 8;

template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view name) {
  const auto found = std::ranges::lower_bound(rows, name, {}, &Row::name);
  return found != rows.end() && found->name == name ? &*found : nullptr;
}

/// The class and all its known bases, breadth first, each once.
std::vector<std::string_view> lineage(std::string_view name) {
  std::vector<std::string_view> classes = {name};
  for (std::size_t next = 0; next < classes.size(); ++next) {
    const KnownClass* known = find_class(classes[next]);
    if (known == nullptr) continue;
    for (const std::string_view base : known->bases) {
      if (std::ranges::find(classes, base) == classes.end()) classes.push_back(base);
    }
  }
  return classes;
}

/// Replaces the longest prefix of `name` that is an alias; false when there is none.
bool follow_alias(std::string& name) {
  for (std::size_t end = name.size(); end != std::string::npos && end != 0; end = name.rfind('.', end - 1)) {
    const tables::Alias* alias = find_row(tables::aliases, std::string_view(name).substr(0, end));
    if (alias == nullptr) continue;
    name.replace(0, end, alias->is);
    return true;
  }
  return false;
}

}  // namespace

Knowledge::Knowledge() : Knowledge(tables::apis, {}, tables::decorators) {}

const Api* Knowledge::find_api(std::string_view name) const { return find_row(apis_, name); }

const Api* Knowledge::find_method(std::string_view class_name, std::string_view member) const {
  std::string name;
  for (const std::string_view class_ : lineage(class_name)) {
    name.assign(class_).append(1, '.').append(member);
    if (const Api* api = find_api(name)) return api;
  }
  return nullptr;
}

std::string canonical_name(std::string_view name) {
  std::string canonical(name);
  for (int hop = 0; hop < longest_alias_chain && follow_alias(canonical); ++hop) {
  }
  return canonical;
}

const KnownClass* find_class(std::string_view name) { return find_row(tables::classes, name); }

const KnownDecorator* Knowledge::find_decorator(std::string_view name) const { return find_row(decorators_, name); }

bool is_subclass(std::string_view name, std::string_view base) {
  const std::vector<std::string_view> classes = lineage(name);
  return std::ranges::find(classes, base) != classes.end();
}

std::span<const PluginFixture> all_plugin_fixtures() { return tables::plugin_fixtures; }

}  // namespace hasten
