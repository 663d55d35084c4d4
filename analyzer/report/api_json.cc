// What is known of a name. Keys are only ever added; what does not apply is null, false or empty.
//
//   version    1
//   asked, name          as written, and the name that facts are filed under
//   from                 file:line that describes it
//   effects, masks, uses, notices, elsewhere, masked_by, bases   [names]
//   cost, role, root, transport, returns, default_port, object, why, docs   texts
//   arguments            {seconds, path, mode, url, ...: {position, keyword}}, see knowledge/api_arguments.h
//   restoring, in_process, context, wait, milliseconds, beside, covers_set_up   flags
//   rate                 megabytes a second
//   decorator            {removes, adds, cases} or null; cases 0: not known
//   below                [names], of a module or class

#include <utility>

#include "analyzer/knowledge/api_arguments.h"
#include "analyzer/report/api.h"
#include "analyzer/report/json_writer.h"

namespace hasten {
namespace {

template <class Range>
void write_list(JsonWriter& json, std::string_view key, const Range& names) {
  json.key(key).begin_array();
  for (const auto& name : names) json.text(name);
  json.end_array();
}

void write_effects(JsonWriter& json, EffectSet effects) {
  json.key("effects").begin_array();
  for (std::size_t kind = 0; kind < effect_kinds; ++kind) {
    if (effects.has(static_cast<EffectKind>(kind))) json.text(to_string(static_cast<EffectKind>(kind)));
  }
  json.end_array();
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  text.empty() ? json.null() : json.text(text);
}

void write_argument(JsonWriter& json, std::string_view key, const ArgumentRef& argument) {
  if (!argument.given()) return;
  json.key(key).begin_object().key("position");
  argument.position >= 0 ? json.number(argument.position) : json.null();
  write_text(json, "keyword", argument.keyword);
  json.end_object();
}

void write_api(JsonWriter& json, const Api& api) {
  write_text(json, "from", api.from);
  write_effects(json, api.effects);
  write_text(json, "cost", api.cost == CostClass::none ? "" : to_string(api.cost));
  write_text(json, "role", api.role == Role::none ? "" : to_string(api.role));
  write_text(json, "root", api.root == PathRoot::none ? "" : to_string(api.root));
  write_text(json, "transport", api.transport);
  write_text(json, "returns", api.returns);
  write_text(json, "default_port", api.default_port);
  json.key("rate");
  api.rate != 0 ? json.number(api.rate) : json.null();
  write_text(json, "object", api.object);
  json.key("arguments").begin_object();
  for (const auto& [key, member] : api_arguments) write_argument(json, key, api.*member);
  json.end_object().member("restoring", api.is_restoring != 0).member("in_process", api.is_in_process != 0);
  json.member("context", api.is_context != 0).member("wait", api.is_wait != 0);
  json.member("milliseconds", api.is_in_milliseconds != 0).member("beside", api.is_beside != 0);
  json.member("covers_set_up", api.covers_set_up != 0);
  write_list(json, "masks", api.masks);
  write_list(json, "uses", api.uses);
  write_list(json, "notices", api.notices);
  write_list(json, "elsewhere", api.elsewhere);
  write_text(json, "why", api.why);
  write_text(json, "docs", api.docs);
}

}  // namespace

std::string report_known_name_json(const KnownName& known) {
  JsonWriter json;
  json.begin_object().member("version", 1).member("asked", known.asked);
  json.member("name", known.api != nullptr ? known.api->name : std::string_view(known.name));
  write_api(json, known.api != nullptr ? *known.api : Api());
  write_list(json, "masked_by", known.masked_by);
  write_list(json, "bases", known.class_ != nullptr ? known.class_->bases : std::span<const std::string_view>());
  json.key("decorator");
  if (known.decorator != nullptr) {
    json.begin_object();
    write_list(json, "removes", known.decorator->removes);
    write_list(json, "adds", known.decorator->adds);
    json.member("cases", known.decorator->cases);
    json.end_object();
  } else {
    json.null();
  }
  json.key("below").begin_array();
  for (const Api* api : known.below) json.text(api->name);
  json.end_array().end_object();
  return std::move(json).document();
}

}  // namespace hasten
