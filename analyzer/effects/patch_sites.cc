#include "analyzer/effects/patch_sites.h"

#include <optional>
#include <string>

#include "analyzer/effects/api_words.h"
#include "analyzer/effects/call_facts.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

bool replaces(const Api& api) {
  return api.role == Role::patch || api.role == Role::patch_object || api.role == Role::setattr_;
}

bool starts(const Api& api) { return api.role == Role::start; }

class SiteReader {
 public:
  SiteReader(ProjectTables& tables, Values& values) : tables_(tables), values_(values) {}

  /// What a call of `api` replaces; nothing unless it is an attribute of a module of the project.
  std::optional<PatchSite> read(const CallSite& site, const Api& api) {
    const ExprId target = argument(site, api.target, 0);
    if (!target || site.model().keyword(site.row().expr, "create")) return std::nullopt;
    const Value value = values_.evaluate(site.file, site.row().block, target);
    if (value.kind == Value::Kind::text && api.role != Role::patch_object) {
      return of_path(site, tables_.names[value.name]);
    }
    if (value.kind != Value::Kind::module || api.role == Role::patch) return std::nullopt;
    const ExprId key = argument(site, api.key, 1);
    if (!key) return std::nullopt;
    const Value name = values_.evaluate(site.file, site.row().block, key);
    if (name.kind != Value::Kind::text) return std::nullopt;
    return PatchSite{{site.file, site.call}, value.file, tables_.names[name.name]};
  }

 private:
  static ExprId argument(const CallSite& site, const ArgumentRef& argument, std::size_t usual) {
    if (argument.given()) return argument_of(site.model(), site.row().expr, argument);
    return site.model().positional(site.row().expr, usual);
  }

  std::optional<PatchSite> of_path(const CallSite& site, std::string_view path) const {
    const std::size_t dot = path.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const Denotation holder = values_.names().import_path(site.file, path.substr(0, dot));
    if (holder.kind != Denotation::Kind::module || !holder.rest.empty()) return std::nullopt;
    return PatchSite{{site.file, site.call}, holder.file, path.substr(dot + 1)};
  }

  ProjectTables& tables_;
  Values& values_;
};

/// Calls `visit(site, api)` for the calls in test code of APIs for which `counts` holds.
template <class Visit>
void for_each_call(ProjectTables& tables, Calls& calls, bool (*counts)(const Api&), Visit visit) {
  const ApiWords words(calls.knowledge(), counts);
  for (FileId file : tables.files.ids()) {
    if (tables.files[file].role == FileRole::first_party) continue;
    const FileModel& model = tables.files[file].model;
    for (CallId id : model.calls.ids()) {
      if (!words.may_be_called_by(model, model.calls[id])) continue;
      const Api* api = calls.callee(file, id).api;
      if (api != nullptr && counts(*api)) visit(CallRef{file, id}, *api);
    }
  }
}

}  // namespace

std::vector<PatchSite> patch_sites(ProjectTables& tables, Values& values, Calls& calls) {
  std::vector<PatchSite> sites;
  SiteReader reader(tables, values);
  for_each_call(tables, calls, replaces, [&](CallRef call, const Api& api) {
    if (auto site = reader.read({tables, values, call.file, call.id}, api)) sites.push_back(*site);
  });
  return sites;
}

std::vector<CallRef> patch_starts(ProjectTables& tables, Calls& calls) {
  std::vector<CallRef> found;
  for_each_call(tables, calls, starts, [&](CallRef call, const Api&) { found.push_back(call); });
  return found;
}

}  // namespace hasten
