#include "analyzer/check/database_writes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/check/same_call.h"
#include "analyzer/check/surroundings.h"
#include "analyzer/check/symbol.h"

namespace hasten {
namespace {

using std::string_view;

template <std::size_t count>
bool is_one_of(const std::array<string_view, count>& words, string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// `Base.metadata.create_all`, `connection.commit`, `drop_database`.
bool is_change(string_view word) {
  constexpr std::array words = {
      string_view("commit"),        string_view("create_all"),    string_view("create_database"),
      string_view("create_tables"), string_view("drop_all"),      string_view("drop_database"),
      string_view("drop_tables"),   string_view("executescript"), string_view("generate_schemas")};
  return is_one_of(words, word);
}

/// A statement of SQL that changes data or tables.
bool is_changing_sql(string_view text) {
  constexpr std::array verbs = {string_view("create table"), string_view("drop table"),  string_view("insert into"),
                                string_view("delete from"),  string_view("alter table"), string_view("truncate table")};
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == string_view::npos) return false;
  std::string start(text.substr(begin, 16));
  std::ranges::transform(start, start.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(verbs, [&](string_view verb) { return start.starts_with(verb); });
}

class OpeningFile {
 public:
  OpeningFile(const Project& project, const Effect& opening)
      : project_(project), model_(project.model(opening.place.file)), opening_(opening) {
    read_names();
    read_openings();
  }

  [[nodiscard]] std::optional<Place> change() const {
    for (const ExprId id : model_.exprs.ids()) {
      const Expr& expr = model_.exprs[id];
      const bool is_named = expr.kind == ExprKind::attribute || expr.kind == ExprKind::name;
      const bool is_sql = expr.kind == ExprKind::string && is_changing_sql(model_.word(id));
      if (!is_sql && !(is_named && is_change(model_.word(id)))) continue;
      if (belongs(expr.range)) return Place{opening_.place.file, expr.range};
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] FunctionId function_at(TextRange range) const {
    return enclosing_function(project_, {opening_.place.file, range}).id;
  }

  /// Under which names others get at what the call opens.
  void read_names() {
    const StatementId id = statement_at(model_, opening_.place.range);
    if (!id) return;
    const Statement& statement = model_.statements[id];
    const bool binds = statement.kind == StatementKind::assign || statement.kind == StatementKind::ann_assign;
    if (!opening_.function && binds && statement.target) names_.push_back(model_.word(statement.target));
    for (const Fixture& fixture : project_->fixtures) {
      if (!opening_.function || fixture.function != FunctionRef{opening_.place.file, opening_.function}) continue;
      names_.push_back(project_.name(fixture.name));
    }
  }

  /// Calls that open something as well.
  void read_openings() {
    const string_view api = project_.name(opening_.api);
    const string_view word = api.substr(api.rfind('.') + 1);
    for (const Call& call : model_.calls) {
      const ExprId callee = model_.first_child(call.expr);
      if (model_.word(callee) != word) continue;
      openings_.push_back(function_at(model_.exprs[callee].range));
    }
  }

  [[nodiscard]] bool belongs(TextRange change) const {
    const FunctionId function = function_at(change);
    const auto own = std::ranges::count(openings_, opening_.function);
    if (function && function == opening_.function && own == 1) return true;
    if (!opening_.function && openings_.size() == 1) return true;
    return mentions(function ? model_.functions[function].range : statement_range(change));
  }

  [[nodiscard]] TextRange statement_range(TextRange range) const {
    const StatementId id = statement_at(model_, range);
    return id ? model_.statements[id].range : range;
  }

  /// Does one of the names stand in that part of the file?
  [[nodiscard]] bool mentions(TextRange part) const {
    return std::ranges::any_of(model_.exprs, [&](const Expr& expr) {
      if (expr.kind != ExprKind::name || expr.range.begin < part.begin || expr.range.end > part.end) return false;
      return std::ranges::find(names_, model_.words[expr.word()]) != names_.end();
    });
  }

  const Project& project_;
  const FileModel& model_;
  const Effect& opening_;
  std::vector<string_view> names_;
  std::vector<FunctionId> openings_;  // the functions in which they stand
};

}  // namespace

std::optional<Place> change_of_database(const Project& project, const Effect& opening) {
  return OpeningFile(project, opening).change();
}

}  // namespace hasten
