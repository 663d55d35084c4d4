#include "analyzer/check/cached_reads.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace hasten {
namespace {

using std::string_view;

bool comes_from_functools(const FileModel& model, string_view dotted) {
  if (dotted == "functools.lru_cache" || dotted == "functools.cache") return true;
  if (dotted != "lru_cache" && dotted != "cache") return false;
  return std::ranges::any_of(model.imports, [&](const Import& import) {
    return model.word(import.module) == "functools" && model.word(import.bound) == dotted;
  });
}

bool is_cached(const FileModel& model, const Function& function) {
  return std::ranges::any_of(function.decorators, [&](DecoratorId id) {
    const ExprId expr = model.decorators[id].expr;
    const bool is_call = model.exprs[expr].kind == ExprKind::call;
    return comes_from_functools(model, model.dotted(is_call ? model.first_child(expr) : expr));
  });
}

std::string upper(string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

/// `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X")`: the literal.
ExprId variable_of(const FileModel& model, ExprId id) {
  const ExprKind kind = model.exprs[id].kind;
  ExprId key;
  if (kind == ExprKind::subscript && model.dotted(model.first_child(id)).ends_with("environ")) key = model.child(id, 1);
  if (kind == ExprKind::call) {
    const std::string callee = model.dotted(model.first_child(id));
    if (callee.ends_with("environ.get") || callee.ends_with("getenv")) key = model.positional(id, 0);
  }
  return key && model.exprs[key].kind == ExprKind::string ? key : ExprId();
}

/// Calls are told by the name.
bool is_only_one(const Project& project, string_view name) {
  std::size_t count = 0;
  for (const File& file : project->files) {
    count += static_cast<std::size_t>(std::ranges::count_if(
        file.model.functions, [&](const Function& function) { return file.model.word(function.name) == name; }));
  }
  return count == 1;
}

class Reader {
 public:
  explicit Reader(const Project& project) : project_(project) {}

  std::vector<std::string> variables(FunctionRef cached) {
    found_.clear();
    read(cached);
    std::ranges::sort(found_);
    const auto repeated = std::ranges::unique(found_);
    found_.erase(repeated.begin(), repeated.end());
    return std::move(found_);
  }

 private:
  void read(FunctionRef ref) {
    const FileModel& model = project_.model(ref.file);
    const TextRange body = model.functions[ref.id].range;
    for (const ExprId id : model.exprs.ids()) {
      if (!body.contains(model.exprs[id].range)) continue;
      if (const ExprId key = variable_of(model, id)) found_.emplace_back(model.word(key));
      if (model.exprs[id].kind == ExprKind::call) read_settings(model.word(model.first_child(id)));
    }
  }

  /// `Settings()`, when the project has one class of that name and it is a BaseSettings.
  void read_settings(string_view name) {
    if (name.empty() || name[0] < 'A' || name[0] > 'Z') return;
    const FileModel* holder = nullptr;
    const Class* found = nullptr;
    for (const File& file : project_->files) {
      for (const Class& row : file.model.classes) {
        if (file.model.word(row.name) != name) continue;
        if (found != nullptr) return;
        holder = &file.model;
        found = &row;
      }
    }
    if (found != nullptr && is_settings(*holder, *found)) read_fields(*holder, *found);
  }

  static bool is_settings(const FileModel& model, const Class& row) {
    for (ExprId base = row.first_argument; base; base = model.next(base)) {
      if (model.dotted(base).ends_with("BaseSettings")) return true;
    }
    return false;
  }

  void read_fields(const FileModel& model, const Class& row) {
    const std::string prefix = env_prefix(model, row);
    for (const StatementId id : model.blocks[row.body].statements) {
      const Statement& statement = model.statements[id];
      if (statement.kind != StatementKind::ann_assign || statement.block != row.body) continue;
      found_.push_back(upper(prefix + std::string(model.word(statement.target))));
    }
  }

  /// `SettingsConfigDict(env_prefix="SHOP_")`, `class Config: env_prefix = "SHOP_"`.
  static std::string env_prefix(const FileModel& model, const Class& row) {
    for (const ExprId id : model.exprs.ids()) {
      if (!row.range.contains(model.exprs[id].range) || model.word(id) != "env_prefix") continue;
      const ExprId value = model.exprs[id].kind == ExprKind::keyword ? model.first_child(id) : ExprId();
      if (value && model.exprs[value].kind == ExprKind::string) return std::string(model.word(value));
    }
    for (const Statement& statement : model.statements) {
      if (statement.kind != StatementKind::assign || !row.range.contains(statement.range)) continue;
      if (model.word(statement.target) == "env_prefix") return std::string(model.word(statement.value));
    }
    return {};
  }

  const Project& project_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<CachedRead> cached_reads(const Project& project) {
  std::vector<CachedRead> reads;
  Reader reader(project);
  for (const FileId file : project->files.ids()) {
    const FileModel& model = project.model(file);
    for (const FunctionId id : model.functions.ids()) {
      const Function& function = model.functions[id];
      if (function.params.count != 0 || function.decorators.count == 0 || !is_cached(model, function)) continue;
      if (!is_only_one(project, model.word(function.name))) continue;
      std::vector<std::string> variables = reader.variables({file, id});
      if (!variables.empty()) reads.push_back({{file, id}, std::move(variables)});
    }
  }
  return reads;
}

}  // namespace hasten
