#include "analyzer/knowledge/project_knowledge.h"

#include <algorithm>
#include <set>
#include <utility>

#include "analyzer/knowledge/facts/check.h"
#include "analyzer/knowledge/facts/read.h"
#include "analyzer/knowledge/tables.h"

namespace hasten {

namespace {

using facts::Described;
using facts::Rows;

/// A project may write the name that it imports: facts are filed under the canonical one.
void use_canonical_names(Rows& rows) {
  for (auto& [api, where] : rows.apis) api.name = rows.texts.keep(canonical_name(api.name));
  for (auto& [decorator, where] : rows.decorators) decorator.name = rows.texts.keep(canonical_name(decorator.name));
}

/// A project's own client needs no [[transport]] and no [[class]] to be described besides: what carries its requests is
/// the package it comes from, and what it yields is a class.
void add_what_is_implied(Rows& rows) {
  const auto is_described = [](std::string_view transport) {
    return std::ranges::binary_search(tables::transports, transport, {}, &tables::Transport::name);
  };
  std::set<std::string_view> transports, classes;
  for (auto& [api, where] : rows.apis) {
    if (api.transport.empty() && api.effects.has(EffectKind::network) && api.is_in_process == 0) {
      api.transport = api.name.substr(0, api.name.find('.'));
      const bool is_new = !is_described(api.transport) && transports.insert(api.transport).second;
      if (is_new) rows.transports.push_back({{api.transport, {}}, where});
    }
    if (!api.returns.empty() && find_class(api.returns) == nullptr && classes.insert(api.returns).second) {
      rows.classes.push_back({{api.returns, {}}, where});
    }
  }
}

template <class Row>
void add_built_in(std::span<const Row> built_in, facts::Where where, std::vector<Described<Row>>& table) {
  std::set<std::string_view> described;
  for (const auto& [row, own_where] : table) described.insert(row.name);
  for (const Row& row : built_in) {
    if (!described.contains(row.name)) table.push_back({row, where});
  }
}

template <class Row>
std::vector<Row> rows_of(const std::vector<Described<Row>>& table) {
  std::vector<Row> rows;
  for (const Described<Row>& described : table) rows.push_back(described.row);
  return rows;
}

Rows read_over_built_in(std::span<const facts::Entry> own, std::vector<std::string> files) {
  Rows rows;
  read_entries(own, {.files = files, .explains = false}, rows);
  use_canonical_names(rows);
  add_what_is_implied(rows);

  const facts::Where built_in{static_cast<std::uint32_t>(files.size()), 0, 0};
  files.emplace_back("rules/knowledge");
  add_built_in(tables::apis, built_in, rows.apis);
  add_built_in(tables::classes, built_in, rows.classes);
  add_built_in(tables::aliases, built_in, rows.aliases);
  add_built_in(tables::transports, built_in, rows.transports);
  add_built_in(tables::decorators, built_in, rows.decorators);
  check_rows(files, rows);
  return rows;
}

}  // namespace

struct ProjectKnowledge::Tables {
  facts::Texts texts;  // that the rows point to
  std::vector<Api> apis, own_apis;
  std::vector<KnownDecorator> decorators;
};

ProjectKnowledge::ProjectKnowledge(std::span<const facts::Entry> own, std::span<const std::string> files,
                                   std::vector<Problem>& problems) {
  if (own.empty()) return;
  Rows rows = read_over_built_in(own, {files.begin(), files.end()});
  for (facts::Complaint& complaint : rows.complaints) {
    const auto [file, line, column] = complaint.where;
    problems.push_back({ProblemSeverity::error, files[file], line, column, std::move(complaint.message)});
  }
  if (!rows.complaints.empty()) return;

  auto tables = std::make_unique<Tables>();
  for (const auto& [api, where] : rows.apis) {
    if (where.file < files.size()) tables->own_apis.push_back(api);
  }
  tables->apis = rows_of(rows.apis);
  tables->decorators = rows_of(rows.decorators);
  tables->texts = std::move(rows.texts);
  tables_ = std::move(tables);
}

ProjectKnowledge::~ProjectKnowledge() = default;

Knowledge ProjectKnowledge::knowledge() const {
  if (tables_ == nullptr) return {};
  return {tables_->apis, tables_->own_apis, tables_->decorators};
}

}  // namespace hasten
