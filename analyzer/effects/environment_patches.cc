#include "analyzer/effects/environment_patches.h"

#include <string_view>
#include <vector>

namespace hasten {
namespace {

NameId literal_key(const CallSite& site, ExprId key) {
  const Value value = site.evaluate(key);
  return value.kind == Value::Kind::text ? value.name : NameId();
}

/// What `patch.dict` puts in: `{"SHOP": "1"}`, `SHOP="1"`.
std::vector<NameId> keys_put_in(const CallSite& site) {
  const FileModel& model = site.model();
  std::vector<NameId> keys;
  if (const ExprId values = site.argument({1, "values"})) {
    if (model.exprs[values].kind != ExprKind::dict) return {NameId()};
    for (ExprId at = model.first_child(values); at; at = model.next(at)) {
      const bool is_pair = model.exprs[at].kind == ExprKind::pair;
      keys.push_back(is_pair ? literal_key(site, model.first_child(at)) : NameId());
    }
  }
  for (ExprId at = model.next(model.first_child(site.row().expr)); at; at = model.next(at)) {
    const std::string_view word = model.word(at);
    const bool is_variable =
        model.exprs[at].kind == ExprKind::keyword && word != "in_dict" && word != "values" && word != "clear";
    if (is_variable) keys.push_back(site.tables.names.intern(word));
  }
  return keys;
}

bool is_environment(const CallSite& site, ExprId target) {
  const Value named = site.evaluate(target);
  return (named.kind == Value::Kind::external || named.kind == Value::Kind::text) &&
         site.tables.names[named.name] == "os.environ";
}

}  // namespace

std::optional<EnvironmentPatch> environment_patch(const CallSite& site, const Api& api) {
  const bool is_item = api.role == Role::setitem;
  if ((api.role != Role::patch_dict && !is_item) || site.row().in_decorator) return std::nullopt;
  const ExprId target = site.argument(api.target);
  if (!target || !is_environment(site, target)) return std::nullopt;
  if (is_item) return EnvironmentPatch{literal_key(site, site.argument(api.key))};
  const std::vector<NameId> keys = keys_put_in(site);
  if (keys.empty()) return std::nullopt;
  return EnvironmentPatch{keys.size() == 1 ? keys[0] : NameId()};
}

}  // namespace hasten
