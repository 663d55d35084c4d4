#include "analyzer/effects/ports.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "analyzer/effects/followed.h"

namespace hasten {
namespace {

using std::string_view;

bool is_number(string_view text) {
  return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

NameId port_in(const Value& value, ProjectTables& tables) {
  if (value.kind == Value::Kind::number) return tables.names.intern(fmt::format("{}", value.number));
  if (value.kind != Value::Kind::text) return {};
  const string_view text = tables.names[value.name];
  const string_view digits = text.substr(text.rfind(':') + 1);
  return is_number(digits) ? tables.names.intern(digits) : NameId();
}

/// Of `gunicorn --bind 127.0.0.1:8000`, and of `http.server --bind 127.0.0.1 8000`.
bool is_bind(string_view word) { return word == "--bind" || word == "-b"; }

/// "" when nothing says a port, none when what says it is computed, or may be among what is.
std::optional<string_view> port_among(const std::vector<string_view>& words, std::size_t at) {
  bool is_unsure = false;
  for (string_view before; at < words.size(); before = words[at], ++at) {
    const string_view word = words[at];
    const bool is_others = before.starts_with('-') && !is_bind(before);  // `--workers 2`, `--directory FOLDER`
    if (word == "--port" || word == "-p" || is_bind(word)) {
      const string_view digits = at + 1 < words.size() ? words[at + 1].substr(words[at + 1].rfind(':') + 1) : "";
      if (is_number(digits)) return digits;
      if (!is_bind(word)) return std::nullopt;
    }
    if (word.starts_with("--port=") || word.starts_with("--bind=")) {
      const string_view digits = word.substr(word.find_last_of("=:") + 1);
      if (is_number(digits)) return digits;
    }
    if (is_number(word) && !is_others) return word;
    // `f"--port={port}"`, `str(port)`, `--bind f"127.0.0.1:{port}"`; `--cgi 8000` may be a flag and the port.
    is_unsure |= is_number(word) || (word.empty() && !is_others);
  }
  return is_unsure ? std::nullopt : std::optional<string_view>("");
}

}  // namespace

NameId port_of_call(const CallSite& site, const Api& api) {
  const ExprId given = api.port.given() ? site.argument(api.port) : ExprId();
  if (!given) return api.default_port.empty() ? NameId() : site.tables.names.intern(api.default_port);
  const Values::Written said = site.values.written({site.file, site.row().block, given, site.frame});
  const Located port = followed({said.file, said.block, said.expr}, site.tables, site.values);
  const FileModel& model = site.tables.files[port.file].model;
  const bool is_pair = model.exprs[port.expr].kind == ExprKind::tuple;
  const ExprId number = is_pair ? model.child(port.expr, 1) : port.expr;
  if (!number) return {};
  const Value value = said.frame != nullptr ? site.values.evaluate_in(*said.frame, port.file, port.block, number)
                                            : site.values.evaluate(port.file, port.block, number);
  return port_in(value, site.tables);
}

std::optional<NameId> port_of_command(const CallSite& site, const ChildCommand& command) {
  if (!command.program->effects.has(EffectKind::port)) return std::nullopt;
  const std::optional<string_view> said = port_among(command.words, command.arguments);
  if (!said) return NameId();
  return site.tables.names.intern(said->empty() ? command.program->default_port : *said);
}

}  // namespace hasten
