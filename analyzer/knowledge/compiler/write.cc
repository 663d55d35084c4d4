#include "analyzer/knowledge/compiler/write.h"

#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "analyzer/knowledge/api_arguments.h"
#include "analyzer/knowledge/facts/words.h"

namespace hasten::knowledge_compiler {

namespace {

using facts::enumerator;
using facts::for_each_word;

using List = std::vector<std::string_view>;

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    // Three octal digits: a hexadecimal escape would swallow digits that follow.
    const bool is_plain =
        character >= ' ' && character <= '~' && character != '"' && character != '\\' && character != '?';
    if (is_plain) {
      quoted += character;
    } else {
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(character));
    }
  }
  return quoted + "\"";
}

/// Lists of texts become arrays of their own; equal lists share one.
class Lists {
 public:
  std::string name(std::span<const std::string_view> list) {
    if (list.empty()) return "{}";
    const auto [found, is_new] = numbers_.emplace(List(list.begin(), list.end()), numbers_.size());
    if (is_new) {
      text_ += fmt::format("constexpr std::string_view list_{}[] = {{", found->second);
      for (const std::string_view item : list) text_ += quoted(item) + ", ";
      text_ += "};\n";
    }
    return fmt::format("list_{}", found->second);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::map<List, std::size_t> numbers_;
  std::string text_;
};

std::string effects_text(EffectSet effects) {
  std::string text = "{";
  for_each_word<EffectKind>([&](EffectKind kind, std::string_view) {
    if (effects.has(kind)) text += fmt::format("EffectKind::{}, ", enumerator(kind));
  });
  return text + "}";
}

std::string argument_text(const ArgumentRef& argument) {
  if (!argument.given()) return "{}";
  return fmt::format("{{{}, {}}}", argument.position, quoted(argument.keyword));
}

std::string api_text(const Api& api, Lists& lists) {
  std::string text = fmt::format(
      "{{.name = {}, .effects = {}, .cost = CostClass::{}, .role = Role::{}, .root = PathRoot::{},", quoted(api.name),
      effects_text(api.effects), enumerator(api.cost), enumerator(api.role), enumerator(api.root));
  text += fmt::format(
      "\n.is_restoring = {}, .is_in_process = {}, .is_context = {}, .is_wait = {}, "
      ".is_in_milliseconds = {}, .is_beside = {}, .covers_set_up = {},",
      api.is_restoring, api.is_in_process, api.is_context, api.is_wait, api.is_in_milliseconds, api.is_beside,
      api.covers_set_up);
  text += fmt::format("\n.transport = {}, .returns = {},", quoted(api.transport), quoted(api.returns));
  for (const auto& [key, member] : api_arguments) text += fmt::format(" .{} = {},", key, argument_text(api.*member));
  text += fmt::format(
      "\n.default_port = {}, .rate = {}, .object = {}, .masks = {}, .uses = {}, .notices = {}, .elsewhere = {}, .why = "
      "{}, "
      ".docs = {}, .from = {}}},\n",
      quoted(api.default_port), api.rate, quoted(api.object), lists.name(api.masks), lists.name(api.uses),
      lists.name(api.notices), lists.name(api.elsewhere), quoted(api.why), quoted(api.docs), quoted(api.from));
  return text;
}

std::string fixture_text(const PluginFixture& fixture, Lists& lists) {
  return fmt::format(
      "{{.name = {}, .plugin = {}, .scope = Scope::{}, .is_autouse = {}, .params = {}, .root = PathRoot::{},\n"
      ".effects = {}, .cost = CostClass::{}, .returns = {}, .arguments = {}, .masks = {},\n"
      ".why = {}, .since = {}, .until = {}}},\n",
      quoted(fixture.name), quoted(fixture.plugin), enumerator(fixture.scope), fixture.is_autouse, fixture.params,
      enumerator(fixture.root), effects_text(fixture.effects), enumerator(fixture.cost), quoted(fixture.returns),
      lists.name(fixture.arguments), lists.name(fixture.masks), quoted(fixture.why), quoted(fixture.since),
      quoted(fixture.until));
}

/// One array and the span that names it. An array of no rows is none.
std::string table_text(std::string_view type, std::string_view name, const std::string& rows) {
  if (rows.empty()) return fmt::format("constinit const std::span<const {}> {};\n\n", type, name);
  return fmt::format(
      "namespace {{\nconstexpr {0} {1}_rows[] = {{\n{2}}};\n}}\nconstinit const std::span<const {0}> {1} = "
      "{1}_rows;\n\n",
      type, name, rows);
}

}  // namespace

std::string write_tables(const facts::Rows& rows) {
  Lists lists;
  std::string apis;
  std::string classes;
  std::string aliases;
  std::string transports;
  std::string decorators;
  std::string fixtures;
  for (const auto& [api, where] : rows.apis) apis += api_text(api, lists);
  for (const auto& [known, where] : rows.classes) {
    classes += fmt::format("{{.name = {}, .bases = {}}},\n", quoted(known.name), lists.name(known.bases));
  }
  for (const auto& [alias, where] : rows.aliases) {
    aliases += fmt::format("{{.name = {}, .is = {}}},\n", quoted(alias.name), quoted(alias.is));
  }
  for (const auto& [transport, where] : rows.transports) {
    transports += fmt::format("{{.name = {}, .over = {}}},\n", quoted(transport.name), quoted(transport.over));
  }
  for (const auto& [known, where] : rows.decorators) {
    decorators += fmt::format(
        "{{.name = {}, .removes = {}, .adds = {}, .cases = {}, .cases_from = {}, .fills = {}, "
        ".fills_otherwise = {}, .fills_each = {}, .fills_if = {}, .suffix_of = {}}},\n",
        quoted(known.name), lists.name(known.removes), lists.name(known.adds), known.cases,
        argument_text(known.cases_from), known.fills, known.fills_otherwise, argument_text(known.fills_each),
        argument_text(known.fills_if), argument_text(known.suffix_of));
  }
  for (const auto& [fixture, where] : rows.fixtures) fixtures += fixture_text(fixture, lists);

  std::string text =
      "// Generated from rules/knowledge/*.toml. Edit those.\n\n"
      "#include \"analyzer/knowledge/tables.h\"\n\n"
      // A new field of the contract has a default; this file need not know it.
      "#pragma GCC diagnostic ignored \"-Wmissing-field-initializers\"\n\nnamespace hasten::tables {\n\n";
  text += fmt::format("namespace {{\n{}}}\n\n", lists.text());
  text += table_text("Api", "apis", apis);
  text += table_text("KnownClass", "classes", classes);
  text += table_text("Alias", "aliases", aliases);
  text += table_text("Transport", "transports", transports);
  text += table_text("KnownDecorator", "decorators", decorators);
  text += table_text("PluginFixture", "plugin_fixtures", fixtures);
  return text + "}  // namespace hasten::tables\n";
}

}  // namespace hasten::knowledge_compiler
