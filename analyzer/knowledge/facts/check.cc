#include "analyzer/knowledge/facts/check.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/knowledge/facts/words.h"
#include "analyzer/text/suggest.h"

namespace hasten::facts {

namespace {

constexpr std::string_view kind_prefix = "kind:";
constexpr std::string_view user_prefix = "user:";

void add_constructors(std::span<const std::string> files, Rows& rows);
void sort_tables(Rows& rows);
void refuse_twins(std::span<const std::string> files, Rows& rows);
void check_apis(Rows& rows);
void check_classes(Rows& rows);
void check_aliases(Rows& rows);
void check_fixtures(Rows& rows);
void check_transports(Rows& rows);
void carry_masks(Rows& rows);
void carry_uses(Rows& rows);

}  // namespace

void check_rows(std::span<const std::string> files, Rows& rows) {
  add_constructors(files, rows);
  sort_tables(rows);

  // From here on, rows are found by binary search.
  refuse_twins(files, rows);
  check_apis(rows);
  check_classes(rows);
  check_aliases(rows);
  check_fixtures(rows);
  check_transports(rows);
  carry_masks(rows);
  carry_uses(rows);
  std::ranges::sort(rows.complaints);
}

namespace {

/// What tells rows of one table apart.
std::string_view key_of(const Api& api) { return api.name; }
std::string_view key_of(const KnownClass& known) { return known.name; }
std::string_view key_of(const tables::Alias& alias) { return alias.name; }
std::string_view key_of(const KnownDecorator& decorator) { return decorator.name; }
std::string_view key_of(const tables::Transport& transport) { return transport.name; }
std::pair<std::string_view, std::string_view> key_of(const PluginFixture& fixture) {
  return {fixture.name, fixture.plugin};
}

template <class Row>
const Described<Row>* find_row(const std::vector<Described<Row>>& table, std::string_view name) {
  const auto by_name = [](const Described<Row>& described) { return described.row.name; };
  const auto found = std::ranges::lower_bound(table, name, {}, by_name);
  return found != table.end() && found->row.name == name ? &*found : nullptr;
}

void complain(Rows& rows, Where where, std::string message) { rows.complaints.push_back({where, std::move(message)}); }

/// Every class can be constructed, and that yields an object of it, whatever else the call does.
void add_constructors(std::span<const std::string> files, Rows& rows) {
  std::set<std::string_view> classes;
  for (const auto& known : rows.classes) classes.insert(known.row.name);
  std::set<std::string_view> described;
  for (auto& [api, where] : rows.apis) {
    described.insert(api.name);
    if (api.returns.empty() && classes.contains(api.name)) api.returns = api.name;
  }
  for (const auto& [known, where] : rows.classes) {
    if (!described.insert(known.name).second) continue;
    Api constructor;
    constructor.name = constructor.returns = known.name;
    constructor.from = rows.texts.keep(fmt::format("{}:{}", files[where.file], where.line));
    rows.apis.push_back({constructor, where});
  }
}

template <class Row>
void sort_table(std::vector<Described<Row>>& table) {
  std::ranges::sort(table, {},
                    [](const Described<Row>& described) { return std::pair(key_of(described.row), described.where); });
}

void sort_tables(Rows& rows) {
  sort_table(rows.apis);
  sort_table(rows.classes);
  sort_table(rows.aliases);
  sort_table(rows.decorators);
  sort_table(rows.fixtures);
  sort_table(rows.transports);
}

template <class Row>
void refuse_twins_in(const std::vector<Described<Row>>& table, std::span<const std::string> files, Rows& rows) {
  for (std::size_t second = 1; second < table.size(); ++second) {
    const auto& [row, where] = table[second];
    if (key_of(row) != key_of(table[second - 1].row)) continue;
    const Where first = table[second - 1].where;
    complain(rows, where,
             fmt::format("`{}` is described twice, expected only {}:{}:{}", row.name, files[first.file], first.line,
                         first.column));
  }
}

void refuse_twins(std::span<const std::string> files, Rows& rows) {
  refuse_twins_in(rows.apis, files, rows);
  refuse_twins_in(rows.classes, files, rows);
  refuse_twins_in(rows.aliases, files, rows);
  refuse_twins_in(rows.decorators, files, rows);
  refuse_twins_in(rows.fixtures, files, rows);
  refuse_twins_in(rows.transports, files, rows);
}

/// The alias that `name` is or stands below; null when `name` is canonical.
const Described<tables::Alias>* find_alias_above(const Rows& rows, std::string_view name) {
  for (std::size_t end = name.size(); end != std::string_view::npos && end != 0; end = name.rfind('.', end - 1)) {
    if (const auto* alias = find_row(rows.aliases, name.substr(0, end))) return alias;
  }
  return nullptr;
}

void refuse_alias(Rows& rows, std::string_view name, Where where) {
  if (const auto* alias = find_alias_above(rows, name)) {
    complain(rows, where,
             fmt::format("`{}` is filed under an alias, expected {}{}", name, alias->row.is,
                         name.substr(alias->row.name.size())));
  }
}

void check_returns(Rows& rows, std::string_view returns, Where where) {
  if (returns.empty() || find_row(rows.classes, returns) != nullptr) return;
  complain(rows, where, fmt::format("returns `{}`, expected a name that a [[class]] describes", returns));
}

std::string nearest_transport(const Rows& rows, std::string_view written) {
  std::vector<std::string_view> names;
  for (const auto& [transport, where] : rows.transports) names.push_back(transport.name);
  const std::string_view nearest = nearest_word(written, names);
  return nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest);
}

void check_masks(Rows& rows, std::span<const std::string_view> masks, Where where) {
  for (const std::string_view mask : masks) {
    if (mask.starts_with(kind_prefix)) {
      if (from_word<EffectKind>(mask.substr(kind_prefix.size()))) continue;
      complain(rows, where,
               fmt::format("masks `{}`, expected kind: and one of {}", mask, fmt::join(words_of<EffectKind>(), ", ")));
    } else if (find_row(rows.transports, mask) == nullptr) {
      complain(
          rows, where,
          fmt::format("masks `{}`, expected a [[transport]] or kind:effect{}", mask, nearest_transport(rows, mask)));
    }
  }
}

void check_described(Rows& rows, std::string_view key, std::span<const std::string_view> names, Where where) {
  for (const std::string_view name : names) {
    if (find_row(rows.apis, name) != nullptr) continue;
    complain(rows, where, fmt::format("{} `{}`, expected a name that an [[api]] describes", key, name));
  }
}

void check_apis(Rows& rows) {
  for (const auto& [api, where] : rows.apis) {
    refuse_alias(rows, api.name, where);
    check_returns(rows, api.returns, where);
    check_masks(rows, api.masks, where);
    check_described(rows, "uses", api.uses, where);
    check_described(rows, "notices", api.notices, where);
    if (!api.transport.empty() && find_row(rows.transports, api.transport) == nullptr) {
      complain(rows, where,
               fmt::format("transport `{}`, expected a name that a [[transport]] describes{}", api.transport,
                           nearest_transport(rows, api.transport)));
    }
    if (api.role == Role::mask && api.masks.empty()) {
      complain(rows, where, fmt::format("`{}` has the role mask and masks nothing, expected masks", api.name));
    }
  }
}

bool is_own_base(const Rows& rows, const KnownClass& known) {
  std::vector<std::string_view> lineage(known.bases.begin(), known.bases.end());
  for (std::size_t next = 0; next < lineage.size(); ++next) {
    if (lineage[next] == known.name) return true;
    const auto* base = find_row(rows.classes, lineage[next]);
    if (base == nullptr) continue;
    for (const std::string_view name : base->row.bases) {
      if (std::ranges::find(lineage, name) == lineage.end()) lineage.push_back(name);
    }
  }
  return false;
}

void check_classes(Rows& rows) {
  for (const auto& [known, where] : rows.classes) {
    refuse_alias(rows, known.name, where);
    for (const std::string_view base : known.bases) {
      if (find_row(rows.classes, base) != nullptr) continue;
      complain(rows, where,
               fmt::format("base `{}` of `{}`, expected a name that a [[class]] describes", base, known.name));
    }
    if (is_own_base(rows, known)) {
      complain(rows, where,
               fmt::format("`{}` is its own base, expected a class that does not derive from it", known.name));
    }
  }
}

/// A described name, or a module or class in which there is one.
bool is_known(const Rows& rows, const std::string& name) {
  if (find_row(rows.apis, name) != nullptr) return true;
  const std::string below = name + ".";
  const auto by_name = [](const Described<Api>& described) { return described.row.name; };
  const auto found = std::ranges::lower_bound(rows.apis, below, {}, by_name);
  return found != rows.apis.end() && found->row.name.starts_with(below);
}

void check_aliases(Rows& rows) {
  for (const auto& [alias, where] : rows.aliases) {
    if (alias.is.empty()) continue;  // already complained about
    if (!is_known(rows, std::string(alias.is))) {
      complain(rows, where,
               fmt::format("`{}` is an alias of `{}`, expected a name that is described", alias.name, alias.is));
    }
    refuse_alias(rows, alias.is, where);
  }
}

void check_fixtures(Rows& rows) {
  for (auto& [fixture, where] : rows.fixtures) {
    check_returns(rows, fixture.returns, where);
    check_masks(rows, fixture.masks, where);
    std::vector<std::string_view> arguments(fixture.arguments.begin(), fixture.arguments.end());
    for (std::string_view& argument : arguments) {
      if (argument.starts_with(user_prefix)) {
        argument.remove_prefix(user_prefix.size());
      } else if (argument != "request" && find_row(rows.fixtures, argument) == nullptr) {
        complain(rows, where,
                 fmt::format("fixture `{}` requests `{}`, expected a described fixture, request or user:NAME",
                             fixture.name, argument));
      }
    }
    fixture.arguments = rows.texts.keep(std::move(arguments));
  }
}

void check_transports(Rows& rows) {
  for (const auto& [transport, where] : rows.transports) {
    if (transport.over.empty() || find_row(rows.transports, transport.over) != nullptr) continue;
    complain(rows, where,
             fmt::format("transport over `{}`, expected a name that a [[transport]] describes", transport.over));
  }
}

/// The masks with every transport that is carried over one of them. Ends even when transports go in a circle: each
/// round adds one or is the last.
std::span<const std::string_view> carried(Rows& rows, std::span<const std::string_view> masks) {
  std::set<std::string_view> all(masks.begin(), masks.end());
  for (std::size_t before = 0; before != all.size();) {
    before = all.size();
    for (const auto& [transport, where] : rows.transports) {
      if (all.contains(transport.over)) all.insert(transport.name);
    }
  }
  return rows.texts.keep(std::vector<std::string_view>(all.begin(), all.end()));
}

/// What is used, and what that uses in turn, each once.
std::span<const std::string_view> carried_uses(Rows& rows, const Api& api) {
  std::vector<std::string_view> all(api.uses.begin(), api.uses.end());
  for (std::size_t next = 0; next < all.size(); ++next) {
    const auto* used = find_row(rows.apis, all[next]);
    if (used == nullptr) continue;
    for (const std::string_view name : used->row.uses) {
      if (name != api.name && std::ranges::find(all, name) == all.end()) all.push_back(name);
    }
  }
  std::ranges::sort(all);
  return rows.texts.keep(std::move(all));
}

void carry_uses(Rows& rows) {
  // Two steps, so that no row sees another one's completed list.
  std::vector<std::span<const std::string_view>> uses;
  for (const auto& [api, where] : rows.apis) uses.push_back(carried_uses(rows, api));
  for (std::size_t row = 0; row < uses.size(); ++row) rows.apis[row].row.uses = uses[row];
}

void carry_masks(Rows& rows) {
  for (auto& described : rows.apis) described.row.masks = carried(rows, described.row.masks);
  for (auto& described : rows.fixtures) described.row.masks = carried(rows, described.row.masks);
}

}  // namespace

}  // namespace hasten::facts
