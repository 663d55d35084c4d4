#include "analyzer/effects/databases.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace hasten {
namespace {

using std::string_view;

bool is_in_memory(const Value& database, const ProjectTables& tables) {
  if (database.kind != Value::Kind::text) return false;
  const string_view text = tables.names[database.name];
  const auto has = [&](string_view part) { return text.find(part) != string_view::npos; };
  return has(":memory:") || has("mode=memory") || text.ends_with("sqlite://") || text.ends_with("sqlite:///") ||
         text.empty();
}

/// What a local variable that is bound once stands for.
ExprId spelled_out(const CallSite& site, ExprId expr) {
  const FileModel& model = site.model();
  const FunctionId function = model.function_of(site.row().block);
  if (!expr || !function || model.exprs[expr].kind != ExprKind::name) return expr;
  const auto& bindings = site.values.bindings().locals(site.file, function, model.exprs[expr].word());
  return bindings.size() == 1 && bindings[0].kind == Binding::Kind::value ? bindings[0].value : expr;
}

/// Is a folder that only this test has a part of the address?
bool is_in_own_folder(const CallSite& site, ExprId address) {
  const ExprId whole = spelled_out(site, address);
  if (!whole) return false;
  return std::ranges::any_of(site.model().subtree(whole), [&](ExprId part) {
    const Value value = site.evaluate(part);
    return value.root == PathRoot::unique_temporary;
  });
}

}  // namespace

Value database_file(const CallSite& site, const Api& api) {
  const Value url = site.value(api.url);
  if (url.kind != Value::Kind::text) return {};
  const std::string text(site.tables.names[url.name]);
  const std::size_t slashes = text.find(":///");
  if (slashes == std::string::npos || !text.starts_with("sqlite")) return {};
  const std::size_t begin = slashes + 4;
  const std::string file = text.substr(begin, text.find('?', begin) - begin);
  if (file.empty() || file.starts_with("file:")) return {};
  Value path;
  path.kind = Value::Kind::text;
  path.name = site.tables.names.intern(file);
  return site.values.as_path(path);
}

bool is_own_database(const CallSite& site, const Api& api) {
  return is_in_memory(site.value(api.path), site.tables) || is_in_memory(site.value(api.url), site.tables) ||
         is_in_own_folder(site, site.argument(api.url));
}

}  // namespace hasten
