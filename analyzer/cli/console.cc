#include "analyzer/cli/console.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "analyzer/cli/write_all.h"

namespace hasten {

void Console::print(std::string_view text) {
  if (has_failed_) return;
  const int error = write_all(out_, text);
  if (error == 0 || error == EPIPE) return;
  has_failed_ = true;
  complain(fmt::format("hasten: cannot write to standard output: {}\n", std::strerror(error)));
}

void Console::complain(std::string_view text) { static_cast<void>(write_all(err_, text)); }

bool Console::out_is_terminal() const { return isatty(out_) == 1; }

std::optional<std::size_t> Console::columns() const {
  winsize size{};
  if (!out_is_terminal() || ioctl(out_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

}  // namespace hasten
