#include <algorithm>

#include "analyzer/lower/walk.h"

namespace hasten {

void Walk::lower_import(const Node& node) {
  for (const Node& name : children(node)) {
    if (is_named(name.kind)) add_import(node, name, {});
  }
}

void Walk::lower_import_from(const Node& node) {
  const Nodes& parts = children(node);
  Import import;
  import.is_from = 1;
  std::size_t first_name = 1;
  if (node.kind == Kind::future_import_statement) {
    import.module = word("__future__");
    first_name = 0;
  } else if (const Node* const module = named_child(parts, 0)) {
    if (module->kind == Kind::dotted_name) import.module = dotted_word(*module);
    if (module->kind == Kind::relative_import) {
      const Nodes& relative = inner_children(*module);
      if (const Node* const prefix = find_kind(relative, Kind::import_prefix)) {
        const auto dots = std::ranges::count(text(prefix->range()), '.');
        import.level = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(dots, 255));
      }
      if (const Node* const name = find_kind(relative, Kind::dotted_name)) import.module = dotted_word(*name);
    }
  }
  std::size_t position = 0;
  for (const Node& name : parts) {
    if (is_named(name.kind) && position++ >= first_name) add_import(node, name, import);
  }
}

/// One bound name; `import` holds what its statement says of all of them.
void Walk::add_import(const Node& statement, const Node& name, Import import) {
  Node imported = name;
  if (name.kind == Kind::aliased_import) {
    const Nodes& parts = inner_children(name);
    const Node* const alias = find_kind(parts, Kind::identifier);
    const Node* const dotted = find_kind(parts, Kind::dotted_name);
    if (alias == nullptr || dotted == nullptr) return;
    import.bound = word(*alias);
    imported = *dotted;
  }
  if (name.kind == Kind::wildcard_import) {
    import.is_star = 1;
  } else if (imported.kind != Kind::dotted_name) {
    return;
  } else if (import.is_from) {
    import.imported = dotted_word(imported);
    if (!import.bound) import.bound = import.imported;
  } else {
    import.module = dotted_word(imported);
    const std::string_view dotted = file_.word(import.module);
    if (!import.bound) import.bound = words_.intern(std::string(dotted.substr(0, dotted.find('.'))));
  }
  import.range = name.range();
  import.statement = add_statement(StatementKind::import, statement.range());
  file_.statements[import.statement].detail = file_.imports.add(import).index();
}

/// `a . b` is `a.b`.
WordId Walk::dotted_word(const Node& name) {
  const std::string_view written = text(name.range());
  if (written.find_first_of(" \t\\\r\n\f") == std::string_view::npos) return word(written);
  std::string joined;
  std::ranges::copy_if(written, std::back_inserter(joined),
                       [](char c) { return std::string_view(" \t\\\r\n\f").find(c) == std::string_view::npos; });
  return word(joined);
}

}  // namespace hasten
