#include "analyzer/knowledge/compiler/document.h"

#include <algorithm>
#include <utility>

#include <toml++/toml.h>

namespace hasten::knowledge_compiler {

namespace {

using facts::Entry;
using facts::Key;
using facts::Scalar;
using facts::Where;

Where where_is(const toml::source_region& source, std::uint32_t file) {
  return {file, source.begin.line, source.begin.column};
}

Scalar read_scalar(const toml::node& node, std::uint32_t file) {
  Scalar scalar{where_is(node.source(), file), {}};
  if (const auto* number = node.as_integer()) scalar.value = number->get();
  if (const auto* flag = node.as_boolean()) scalar.value = flag->get();
  if (const auto* text = node.as_string()) scalar.value = text->get();
  return scalar;
}

Key read_key(const toml::key& name, const toml::node& node, std::uint32_t file) {
  Key key{std::string(name.str()), where_is(name.source(), file), node.is_array(), {}};
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& item : *list) key.values.push_back(read_scalar(item, file));
  } else {
    key.values.push_back(read_scalar(node, file));
  }
  return key;
}

/// toml++ sorts keys by name; the file's order is what a reader of messages expects.
void sort_by_place(std::vector<Key>& keys) { std::ranges::sort(keys, {}, &Key::where); }

Entry read_entry(std::string_view kind, const toml::table& table, std::uint32_t file) {
  Entry entry{std::string(kind), where_is(table.source(), file), {}};
  for (const auto& [name, node] : table) entry.keys.push_back(read_key(name, node, file));
  sort_by_place(entry.keys);
  return entry;
}

void read_entries(const toml::key& kind, const toml::node& node, std::uint32_t file, Document& document) {
  const toml::array* list = node.as_array();
  if (list == nullptr || !list->is_array_of_tables()) {
    document.complaints.push_back({where_is(kind.source(), file),
                                   "`" + std::string(kind.str()) + "` stands alone, expected entries like [[api]]"});
    return;
  }
  for (const toml::node& item : *list) document.entries.push_back(read_entry(kind.str(), *item.as_table(), file));
}

}  // namespace

Document parse_document(std::string_view text, std::uint32_t file) {
  Document document;
  try {
    const toml::table root = toml::parse(text);
    for (const auto& [kind, node] : root) read_entries(kind, node, file, document);
  } catch (const toml::parse_error& error) {
    document.complaints.push_back(
        {where_is(error.source(), file), std::string(error.description()) + ", expected TOML"});
  }
  std::ranges::sort(document.entries, {}, &Entry::where);
  return document;
}

}  // namespace hasten::knowledge_compiler
