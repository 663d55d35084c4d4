#include "analyzer/effects/commands.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/followed.h"

namespace hasten {
namespace {

using std::string_view;

/// The words of a command; what is computed is an empty word.
std::vector<string_view> words_of(const CallSite& site, const Api& api) {
  std::vector<string_view> words;
  const Located written{site.file, site.row().block, site.argument(api.key)};
  const Located command = followed(written, site.tables, site.values);
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

}  // namespace

string_view ChildCommand::option(string_view name) const {
  const std::string flag = fmt::format("--{}", name), with_value = flag + '=';
  for (std::size_t at = arguments; at < words.size(); ++at) {
    if (words[at] == flag) return at + 1 < words.size() ? words[at + 1] : string_view();
    if (words[at].starts_with(with_value)) return words[at].substr(with_value.size());
  }
  return {};
}

std::optional<ChildCommand> command_of(const CallSite& site, const Api& api, const Knowledge& knowledge) {
  std::vector<string_view> words = words_of(site, api);
  const Program program = program_of(words);
  if (program.name.empty()) return std::nullopt;
  std::string module = program.name + ".__main__";
  std::ranges::replace(module, '-', '_');
  const string_view command = program.arguments < words.size() ? words[program.arguments] : string_view();
  const Api* found = command.empty() ? nullptr : knowledge.find_api(fmt::format("{}.{}", module, command));
  if (found == nullptr) found = knowledge.find_api(module);
  if (found == nullptr) return std::nullopt;
  return ChildCommand{found, std::move(words), program.arguments};
}

}  // namespace hasten
