#include <array>

#include "analyzer/cli/command.h"

namespace hasten {

extern const Command check_command;
extern const Command list_command;
extern const Command show_command;
extern const Command groups_command;
extern const Command graph_command;
extern const Command api_command;
extern const Command explain_command;
extern const Command rules_command;

std::span<const Command* const> commands() {
  static constexpr std::array<const Command*, 8> all = {&check_command,   &list_command,  &show_command,
                                                        &groups_command,  &graph_command, &api_command,
                                                        &explain_command, &rules_command};
  return all;
}

}  // namespace hasten
