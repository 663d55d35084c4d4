#include "analyzer/check/password_hashes.h"

#include <algorithm>

#include "analyzer/check/same_call.h"

namespace hasten {
namespace {

using std::string_view;

bool has_arguments(const FileModel& model, ExprId call) { return model.child_count(call) > 1; }

/// `gensalt`, `CryptContext`: the last name of what is called.
bool calls(const FileModel& model, const Call& call, string_view name) {
  return model.word(model.first_child(call.expr)) == name;
}

/// `gensalt(4)` says how many; `gensalt()` leaves it at twelve, which are 2^12 rounds.
bool salts_by_default(const FileModel& model, FunctionId function) {
  bool found = false;
  for (const Call& call : model.calls) {
    if (!calls(model, call, "gensalt") || model.function_of(call.block) != function) continue;
    if (has_arguments(model, call.expr)) return false;
    found = true;
  }
  return found;
}

/// `bcrypt__rounds=4`, `time_cost=1`, a plain number, what is unpacked; `"plaintext"` is not meant to be slow.
bool says_how_slow(const FileModel& model, ExprId part) {
  const string_view word = model.word(part);
  switch (model.exprs[part].kind) {
    case ExprKind::integer:
    case ExprKind::starred:
    case ExprKind::double_starred: return true;
    case ExprKind::keyword: return word.ends_with("rounds") || word.ends_with("cost");
    case ExprKind::string: return word.starts_with("plain") || word.find("md5") != string_view::npos;
    default: return false;
  }
}

/// Does the file make a `CryptContext`, and none that says how slow it is?
bool is_made_by_default(const FileModel& model, string_view maker) {
  bool found = false;
  for (const Call& call : model.calls) {
    if (!calls(model, call, maker) && !calls(model, call, "recommended")) continue;
    const auto parts = model.subtree(call.expr);
    if (std::ranges::any_of(parts, [&](ExprId part) { return says_how_slow(model, part); })) return false;
    found = true;
  }
  return found;
}

/// `scrypt`, `pbkdf2:sha256`; a third part would be the number of rounds.
bool is_slow_method(string_view method) {
  return method.empty() || method == "scrypt" || method == "pbkdf2" || method == "pbkdf2:sha256" ||
         method == "pbkdf2:sha512";
}

}  // namespace

bool hashes_by_default(const Project& project, const Effect& effect) {
  const FileModel& model = project.model(effect.place.file);
  const ExprId call = call_at(model, effect.place.range);
  if (!call) return false;
  const string_view api = project.name(effect.api);
  if (api == "bcrypt.hashpw") return salts_by_default(model, effect.function);
  const ExprId second = model.positional(call, 1);
  if (api.ends_with(".generate_password_hash")) {
    const bool is_told = second || model.keyword(call, "method") || model.keyword(call, "rounds");
    return !is_told || (effect.resource && is_slow_method(project.name(effect.resource)));
  }
  if (second || model.keyword(call, "rounds")) return false;
  const string_view owner = api.substr(0, api.rfind('.'));
  const string_view maker = owner.substr(owner.rfind('.') + 1);
  const bool is_class = !maker.empty() && maker.front() >= 'A' && maker.front() <= 'Z';
  return !is_class || is_made_by_default(model, maker);
}

}  // namespace hasten
