#pragma once

// The two streams: what was asked for goes to standard output, everything else to standard error. A reader that goes
// away (`| head`) is no error.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hasten {

class Console {
 public:
  /// File descriptors that outlive the console.
  explicit Console(int out = 1, int err = 2) : out_(out), err_(err) {}

  void print(std::string_view text);
  void complain(std::string_view text);

  [[nodiscard]] bool out_is_terminal() const;
  /// Of standard output; none when it is no terminal.
  [[nodiscard]] std::optional<std::size_t> columns() const;
  /// Standard output is full or gone for a reason that the user must know.
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  int out_;
  int err_;
  bool has_failed_ = false;
};

}  // namespace hasten
