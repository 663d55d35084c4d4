#include "analyzer/effects/ports.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

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

struct Located {
  FileId file;
  BlockId block;
  ExprId expr;
};

/// A name that stands for one expression, here or in a module, is that expression.
Located followed(const CallSite& site, ExprId expr) {
  const FileModel& model = site.model();
  const BlockId block = site.row().block;
  if (!expr || model.exprs[expr].kind != ExprKind::name) return {site.file, block, expr};
  const FunctionId function = model.function_of(block);
  if (function) {
    const auto& bindings = site.values.bindings().locals(site.file, function, model.word(expr));
    const bool is_one = bindings.size() == 1 && bindings[0].kind == Binding::Kind::value && bindings[0].value;
    if (is_one) return {site.file, block, bindings[0].value};
  }
  const Denotation denotation = site.values.names().denote(site.file, block, model.word(expr));
  const bool is_bound = denotation.kind == Denotation::Kind::binding && !denotation.class_ && denotation.expr;
  return is_bound ? Located{denotation.file, FileModel::module_block(), denotation.expr}
                  : Located{site.file, block, expr};
}

/// The words of a command; what is computed is an empty word.
std::vector<string_view> words_of(const CallSite& site, const Api& api) {
  std::vector<string_view> words;
  const Located command = followed(site, site.argument(api.key));
  if (!command.expr) return words;
  const FileModel& model = site.tables.files[command.file].model;
  const ExprKind kind = model.exprs[command.expr].kind;
  if (kind == ExprKind::string) {
    for (string_view rest = model.word(command.expr); !rest.empty();) {
      const std::size_t size = std::min(rest.find(' '), rest.size());
      if (size > 0) words.push_back(rest.substr(0, size));
      rest.remove_prefix(std::min(size + 1, rest.size()));
    }
    return words;
  }
  if (kind != ExprKind::list && kind != ExprKind::tuple) return words;
  for (ExprId at = model.first_child(command.expr); at; at = model.next(at)) {
    const Value value = site.evaluate(command.file, command.block, at);
    words.push_back(value.kind == Value::Kind::text ? site.tables.names[value.name] : string_view());
  }
  return words;
}

/// Where the arguments of the program begin, and what it is called: `python -m http.server`, `/usr/bin/uvicorn`.
struct Program {
  std::string name;
  std::size_t arguments = 0;
};

Program program_of(const std::vector<string_view>& words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (words[at] == "-m") return {std::string(words[at + 1]), at + 2};
    if (words[at].ends_with("manage.py")) return {"django", at + 1};
  }
  if (words.empty()) return {};
  return {std::string(words[0].substr(words[0].rfind('/') + 1)), 1};
}

/// "" when nothing says a port, none when what says it is computed, or may be among what is.
std::optional<string_view> port_among(const std::vector<string_view>& words, std::size_t at) {
  bool is_unsure = false;
  for (string_view before; at < words.size(); before = words[at], ++at) {
    const string_view word = words[at];
    const bool is_option = word == "--port" || word == "-p" || word == "--bind" || word == "-b";
    if (is_option) {
      const string_view digits = at + 1 < words.size() ? words[at + 1].substr(words[at + 1].rfind(':') + 1) : "";
      if (is_number(digits)) return digits;
      if (word == "--port" || word == "-p") return std::nullopt;
    }
    if (word.starts_with("--port=") || word.starts_with("--bind=")) {
      const string_view digits = word.substr(word.find_last_of("=:") + 1);
      if (is_number(digits)) return digits;
    }
    if (is_number(word)) return word;
    // `f"--port={port}"`, `str(port)`; behind another option, as in `--directory`, it is that option's.
    is_unsure |= word.empty() && !before.starts_with('-');
  }
  return is_unsure ? std::nullopt : std::optional<string_view>("");
}

}  // namespace

NameId port_of_call(const CallSite& site, const Api& api) {
  const ExprId given = api.port.given() ? site.argument(api.port) : ExprId();
  if (!given) return api.default_port.empty() ? NameId() : site.tables.names.intern(api.default_port);
  const Located port = followed(site, given);
  const FileModel& model = site.tables.files[port.file].model;
  const bool is_pair = model.exprs[port.expr].kind == ExprKind::tuple;
  const ExprId number = is_pair ? model.child(port.expr, 1) : port.expr;
  if (!number) return {};
  return port_in(site.evaluate(port.file, port.block, number), site.tables);
}

std::optional<ChildServer> server_of_command(const CallSite& site, const Api& api, const Knowledge& knowledge) {
  const std::vector<string_view> words = words_of(site, api);
  const Program program = program_of(words);
  if (program.name.empty()) return std::nullopt;
  std::string module = program.name + ".__main__";
  std::ranges::replace(module, '-', '_');
  const string_view command = program.arguments < words.size() ? words[program.arguments] : string_view();
  const Api* server = command.empty() ? nullptr : knowledge.find_api(fmt::format("{}.{}", module, command));
  if (server == nullptr) server = knowledge.find_api(module);
  if (server == nullptr || !server->effects.has(EffectKind::port)) return std::nullopt;
  const std::optional<string_view> said = port_among(words, program.arguments);
  if (!said) return ChildServer{server, {}};
  return ChildServer{server, site.tables.names.intern(said->empty() ? server->default_port : *said)};
}

}  // namespace hasten
