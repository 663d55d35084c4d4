#include "analyzer/check/fixture_mentions.h"

#include <algorithm>

#include "analyzer/check/fixture_rows.h"
#include "analyzer/text/folder.h"

namespace hasten {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Prose, unless it is a doctest that asks for a fixture.
bool is_docstring(const FileModel& model, ExprId expr, const std::unordered_set<ExprId>& statements) {
  return statements.contains(expr) && model.word(expr).find("getfixture") == std::string_view::npos;
}

/// `request.getfixturevalue(name)`, `item.fixturenames.append(name)`: whose name is not written there.
bool asks_for_computed_name(const FileModel& model, const Call& call) {
  const ExprId callee = model.first_child(call.expr);
  if (model.exprs[callee].kind != ExprKind::attribute) return false;
  const std::string_view method = model.word(callee);
  const ExprId object = model.first_child(callee);
  const bool is_list = model.exprs[object].kind == ExprKind::attribute && model.word(object) == "fixturenames" &&
                       (method == "append" || method == "insert" || method == "extend");
  if (method != "getfixturevalue" && method != "getfuncargvalue" && method != "getfixturedefs" && !is_list)
    return false;
  ExprId name = model.positional(call.expr, is_list && method == "insert" ? 1 : 0);
  if (!name) name = model.keyword(call.expr, "argname");
  return !name || model.exprs[name].kind != ExprKind::string;
}

}  // namespace

FixtureMentions::FixtureMentions(const Project& project, std::unordered_set<std::string_view> names)
    : project_(project), names_(std::move(names)) {
  for (const Fixture& fixture : project->fixtures) {
    if (fixture.function) known_.insert(fixture.function);
  }
  for (const Test& test : project->tests) {
    if (test.function) known_.insert(test.function);
    if (test.has_unknown_closure && (computing_.empty() || computing_.back() != test.file)) {
      computing_.push_back(test.file);
    }
  }
  read_signatures();
  for (const FileId file : project->files.ids()) read(file);
}

bool FixtureMentions::is_referenced(FunctionRef function) const {
  const FileModel& model = project_.model(function.file);
  const Function& row = model.functions[function.id];
  if (imported_.contains(model.word(row.name))) return true;
  return std::ranges::any_of(model.statements, [&](const Statement& statement) {
    if (statement.block != FileModel::module_block() || !statement.value) return false;
    return std::ranges::any_of(model.subtree(statement.value), [&](ExprId expr) {
      return model.exprs[expr].kind == ExprKind::name && model.exprs[expr].word() == row.name;
    });
  });
}

/// Code in a test module sees what its module sees; code in a conftest or helper may run for any test below or, for a
/// helper, anywhere.
bool FixtureMentions::is_in_reach_of_computed_names(const Fixture& fixture) const {
  return std::ranges::any_of(computing_, [&](FileId file) {
    if (is_visible_in(project_, fixture, file)) return true;
    switch (project_.file(file).role) {
      case FileRole::test_module: return false;
      case FileRole::conftest: return is_below(project_.path(fixture.file), folder_of(project_.path(file)));
      case FileRole::test_support:
      case FileRole::first_party: return true;
    }
    return true;
  });
}

/// A decorator may keep parameters from pytest, or only seem to: what no closure has counts as asked for.
void FixtureMentions::read_signatures() {
  const auto read_parameters = [&](FunctionRef function, auto&& asks_for) {
    const FileModel& model = project_.model(function.file);
    for (const ParamId param : model.functions[function.id].params) {
      const std::string_view name = model.word(model.params[param].name);
      if (names_.contains(name) && !asks_for(name)) mention(name);
    }
  };
  for (const Test& test : project_->tests) {
    // Somebody asks for it where it is not seen to be visible.
    for (const ClosureEntry& entry : test.closure) {
      if (!entry.fixture && !entry.is_parametrized) mention(project_.name(entry.name));
    }
    if (!test.function) continue;
    read_parameters(test.function, [&](std::string_view name) {
      return std::ranges::any_of(test.closure,
                                 [&](const ClosureEntry& entry) { return project_.name(entry.name) == name; });
    });
  }
  for (const Fixture& fixture : project_->fixtures) {
    if (!fixture.function || fixture.origin != FixtureOrigin::definition) continue;
    read_parameters(fixture.function, [&](std::string_view name) {
      return std::ranges::any_of(fixture.arguments, [&](NameId argument) { return project_.name(argument) == name; });
    });
  }
}

void FixtureMentions::read(FileId file) {
  read_strings(file);
  read_parameters(file);
  read_imports(file);
  read_computed(file);
}

void FixtureMentions::read_strings(FileId file) {
  const FileModel& model = project_.model(file);
  std::unordered_set<ExprId> statements;
  for (const Statement& statement : model.statements) {
    if (statement.kind == StatementKind::expression) statements.insert(statement.value);
  }
  for (const ExprId id : model.exprs.ids()) {
    if (model.exprs[id].kind != ExprKind::string) continue;
    const std::string_view text = model.word(id);
    if (text.find("getfixture") != std::string_view::npos) {
      mention_all(text);
    } else if (!is_docstring(model, id, statements)) {
      mention_list(text);
    }
  }
}

void FixtureMentions::read_parameters(FileId file) {
  const FileModel& model = project_.model(file);
  for (const FunctionId id : model.functions.ids()) {
    const Function& function = model.functions[id];
    if (function.parent || known_.contains({file, id})) continue;
    if (function.decorators.empty() && !model.word(function.name).starts_with("test")) continue;
    for (const ParamId param : function.params) mention(model.word(model.params[param].name));
  }
}

void FixtureMentions::read_imports(FileId file) {
  const FileModel& model = project_.model(file);
  for (const Import& import : model.imports) {
    if (import.is_from && import.imported) imported_.insert(model.word(import.imported));
  }
}

void FixtureMentions::read_computed(FileId file) {
  const FileModel& model = project_.model(file);
  const bool computes =
      std::ranges::any_of(model.calls, [&](const Call& call) { return asks_for_computed_name(model, call); });
  if (computes) computing_.push_back(file);
}

void FixtureMentions::mention(std::string_view name) {
  if (const auto found = names_.find(name); found != names_.end()) mentioned_.insert(*found);
}

/// "db", "db, client", "db client": nothing else than names.
void FixtureMentions::mention_list(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return is_name_character(c) || c == ',' || c == ' '; })) mention_all(text);
}

void FixtureMentions::mention_all(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_name_character(text[end])) ++end;
    if (end > at) mention(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

}  // namespace hasten
