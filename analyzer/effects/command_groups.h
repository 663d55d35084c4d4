#pragma once

// Commands of the project's own command lines: `runner.invoke(cli, ["db", "init"])` runs the function that stands
// below `@db.command()`. Groups of click are functions, those of Typer variables of a module; a command is found by the
// words of the call. What the words do not name runs nothing, so does `--help`.

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/followed.h"

namespace hasten {

/// What commands are registered with, and what is invoked.
struct CommandGroup {
  FileId file;
  std::uint32_t row = 0;  // of the function, or of the expression that a module's variable is bound to
  bool is_variable = false;

  explicit operator bool() const { return static_cast<bool>(file); }
  friend auto operator<=>(const CommandGroup&, const CommandGroup&) = default;
};

class CommandGroups {
 public:
  /// Commands within commands within commands: the deepest that is looked for.
  static constexpr std::size_t max_nesting = 8;

  CommandGroups(const ProjectTables& tables, Values& values) : tables_(tables), values_(values) {}

  /// The group or command that a call of an API, described by `runs` and `key`, is told to run; none for other calls.
  [[nodiscard]] CommandGroup invoked(FileId file, const Call& call, const Api& api);
  /// The functions that run, from the outermost group's commands inwards; the invoked one itself is not among them.
  [[nodiscard]] std::vector<FunctionRef> run_by(CommandGroup group, const std::vector<std::string>& words);
  /// The words of a command line as far as they are written; what is computed is an empty word. `parts`: of the line.
  [[nodiscard]] std::vector<std::string> words(std::vector<Located> parts);

 private:
  struct Command {
    std::string name;
    CommandGroup itself;
  };

  void build();
  void add_decorated(FileId file, FunctionId function);
  void add_called(FileId file, const Call& call);
  [[nodiscard]] CommandGroup group_of(FileId file, BlockId block, ExprId expr) const;
  [[nodiscard]] std::string own_name(CommandGroup command) const;
  [[nodiscard]] bool has_one_command(CommandGroup group);

  const ProjectTables& tables_;
  Values& values_;
  bool is_built_ = false;
  std::map<CommandGroup, std::vector<Command>> commands_;
};

}  // namespace hasten
