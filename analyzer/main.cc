#include <csignal>

#include "analyzer/cli/command_line.h"

int main(int argc, char** argv) {
  // A reader that goes away shows up as a failed write, which the console knows how to take.
  std::signal(SIGPIPE, SIG_IGN);

  hasten::Console console;
  return static_cast<int>(hasten::run_command_line({argv + 1, argv + argc}, console));
}
