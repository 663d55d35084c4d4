#include "analyzer/effects/command_groups.h"

#include <algorithm>

#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

using std::string_view;

/// Expressions that one command line is put together from.
constexpr std::size_t max_parts = 16;

/// As click and Typer name a function's command.
std::string as_command(string_view function) {
  std::string name(function);
  std::ranges::replace(name, '_', '-');
  return name;
}

bool makes_command(string_view method) { return method == "command" || method == "group"; }

/// `@cli.command("init")`, `@app.command(name="init")`: empty where the function's own name counts.
std::string_view given_name(const FileModel& model, ExprId call) {
  if (model.exprs[call].kind != ExprKind::call) return {};
  ExprId name = model.keyword(call, "name");
  if (!name) name = model.positional(call, 0);
  return name && model.exprs[name].kind == ExprKind::string ? model.word(name) : string_view();
}

void add_split(string_view text, std::vector<std::string>& words) {
  while (!text.empty()) {
    const std::size_t size = std::min(text.find(' '), text.size());
    if (size > 0) words.emplace_back(text.substr(0, size));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
}

}  // namespace

CommandGroup CommandGroups::invoked(FileId file, const Call& call, const Api& api) {
  if (!api.runs.given() || !api.key.given()) return {};
  const ExprId group = argument_of(tables_.files[file].model, call.expr, api.runs);
  return group ? group_of(file, call.block, group) : CommandGroup();
}

std::vector<FunctionRef> CommandGroups::run_by(CommandGroup group, const std::vector<std::string>& words) {
  build();
  std::vector<FunctionRef> functions;
  if (std::ranges::find(words, "--help") != words.end()) return functions;
  const auto enter = [&](CommandGroup command) {
    group = command;
    if (!command.is_variable) functions.push_back({command.file, FunctionId(command.row)});
  };
  // Typer leaves out the name of an only command.
  if (group.is_variable && has_one_command(group)) {
    enter(CommandGroup(commands_.find(group)->second[0].itself));
    return functions;
  }
  for (const std::string& word : words) {
    const auto commands = commands_.find(group);
    if (commands == commands_.end() || functions.size() >= max_nesting) break;
    const auto command = std::ranges::find(commands->second, as_command(word), &Command::name);
    if (command != commands->second.end()) enter(CommandGroup(command->itself));
  }
  return functions;
}

std::vector<std::string> CommandGroups::words(std::vector<Located> parts) {
  std::vector<std::string> found;
  std::ranges::reverse(parts);  // the first one is taken from the end
  for (std::size_t read = 0; !parts.empty() && read < max_parts; ++read) {
    const auto [file, block, expr] = followed(parts.back(), tables_, values_);
    parts.pop_back();
    if (!expr) continue;
    const FileModel& model = tables_.files[file].model;
    const ExprId first = model.first_child(expr);
    switch (model.exprs[expr].kind) {
      case ExprKind::string: add_split(model.word(expr), found); break;
      case ExprKind::binary:
        parts.push_back({file, block, model.child(expr, 1)});
        parts.push_back({file, block, first});
        break;
      case ExprKind::list:
      case ExprKind::tuple:
        for (ExprId at = first; at; at = model.next(at)) {
          const Value value = values_.evaluate(file, block, at);
          found.emplace_back(value.kind == Value::Kind::text ? tables_.names[value.name] : string_view());
        }
        break;
      case ExprKind::call: {
        // `"db init".split()`, `list(arguments)`
        const bool is_split = model.exprs[first].kind == ExprKind::attribute && model.word(first) == "split";
        parts.push_back({file, block, is_split ? model.first_child(first) : model.positional(expr, 0)});
        break;
      }
      default: break;
    }
  }
  return found;
}

void CommandGroups::build() {
  if (is_built_) return;
  is_built_ = true;
  for (const FileId file : tables_.files.ids()) {
    const FileModel& model = tables_.files[file].model;
    for (const FunctionId function : model.functions.ids()) add_decorated(file, function);
    for (const Call& call : model.calls) add_called(file, call);
  }
}

/// `@cli.command()`
void CommandGroups::add_decorated(FileId file, FunctionId id) {
  const FileModel& model = tables_.files[file].model;
  const Function& function = model.functions[id];
  for (const DecoratorId decorator : function.decorators) {
    const ExprId expr = model.decorators[decorator].expr;
    const ExprId callee = model.exprs[expr].kind == ExprKind::call ? model.first_child(expr) : expr;
    if (model.exprs[callee].kind != ExprKind::attribute || !makes_command(model.word(callee))) continue;
    const BlockId block = model.statements[function.statement].block;
    const CommandGroup group = group_of(file, block, model.first_child(callee));
    if (!group) continue;
    const CommandGroup itself{file, static_cast<std::uint32_t>(id.index())};
    commands_[group].push_back({own_name(itself), itself});
  }
}

/// `cli.add_command(init)`, `app.add_typer(users, name="users")`
void CommandGroups::add_called(FileId file, const Call& call) {
  const FileModel& model = tables_.files[file].model;
  const ExprId callee = model.first_child(call.expr);
  const string_view method = model.word(callee);
  if (method != "add_command" && method != "add_typer") return;
  if (model.exprs[callee].kind != ExprKind::attribute || !model.positional(call.expr, 0)) return;
  const CommandGroup group = group_of(file, call.block, model.first_child(callee));
  const CommandGroup command = group_of(file, call.block, model.positional(call.expr, 0));
  if (!group || !command) return;
  ExprId name = model.keyword(call.expr, "name");
  if (!name) name = model.positional(call.expr, 1);
  const bool is_given = name && model.exprs[name].kind == ExprKind::string;
  commands_[group].push_back({is_given ? as_command(model.word(name)) : own_name(command), command});
}

CommandGroup CommandGroups::group_of(FileId file, BlockId block, ExprId expr) const {
  const Denotation named = values_.names().denote(file, block, expr);
  if (named.kind == Denotation::Kind::function) {
    return {named.file, static_cast<std::uint32_t>(named.function.index())};
  }
  const bool is_variable = named.kind == Denotation::Kind::binding && named.expr && named.rest.empty();
  return is_variable ? CommandGroup{named.file, static_cast<std::uint32_t>(named.expr.index()), true} : CommandGroup();
}

/// By its decorator, or the function's.
std::string CommandGroups::own_name(CommandGroup command) const {
  if (command.is_variable) return {};
  const FileModel& model = tables_.files[command.file].model;
  const Function& function = model.functions[FunctionId(command.row)];
  for (const DecoratorId decorator : function.decorators) {
    const ExprId expr = model.decorators[decorator].expr;
    if (model.exprs[expr].kind != ExprKind::call || !makes_command(model.word(model.first_child(expr)))) continue;
    if (const string_view name = given_name(model, expr); !name.empty()) return as_command(name);
  }
  return as_command(model.word(function.name));
}

bool CommandGroups::has_one_command(CommandGroup group) {
  const auto found = commands_.find(group);
  return found != commands_.end() && found->second.size() == 1 && !found->second[0].itself.is_variable;
}

}  // namespace hasten
