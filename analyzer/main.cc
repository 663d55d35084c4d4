#include <csignal>

#include "analyzer/cli/command_line.h"

// Read by jemalloc, with which the shipped binary is linked: pages of 2 MiB, and none given back while the run lasts.
extern "C" const char* const malloc_conf;
const char* const malloc_conf = "thp:always,metadata_thp:auto,oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1";

int main(int argc, char** argv) {
  // A reader that goes away shows up as a failed write, which the console knows how to take.
  std::signal(SIGPIPE, SIG_IGN);

  hasten::Console console;
  return static_cast<int>(hasten::run_command_line({argv + 1, argv + argc}, console));
}
