#include "analyzer/values/known_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/names/conditions.h"

namespace hasten {
namespace {

using Text = std::pair<std::string_view, std::string_view>;
using Number = std::pair<std::string_view, std::int64_t>;

constexpr std::array texts = {
    Text{"os.linesep", "\n"},
    Text{"os.name", "posix"},
    Text{"os.sep", "/"},
    Text{"string.ascii_lowercase", "abcdefghijklmnopqrstuvwxyz"},
    Text{"string.ascii_uppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    Text{"string.digits", "0123456789"},
    Text{"sys.byteorder", "little"},
    Text{"sys.implementation.name", "cpython"},
    Text{"sys.platform", "linux"},
};
constexpr std::array numbers = {
    Number{"sys.hexversion", (assumed_python[0] << 24) | (assumed_python[1] << 16) | (assumed_python[2] << 8) | 0xF0},
    Number{"sys.maxsize", 0x7FFF'FFFF'FFFF'FFFF},
    Number{"sys.version_info.major", assumed_python[0]},
    Number{"sys.version_info.minor", assumed_python[1]},
};
constexpr std::array results = {
    Text{"platform.python_implementation", "CPython"},
    Text{"platform.system", "Linux"},
};

/// What suites ask for before they use it.
constexpr std::array there = {
    Text{"os", "fork"},        Text{"os", "geteuid"},     Text{"os", "getuid"},        Text{"os", "kill"},
    Text{"os", "mkfifo"},      Text{"os", "symlink"},     Text{"os", "uname"},         Text{"select", "epoll"},
    Text{"select", "poll"},    Text{"signal", "SIGALRM"}, Text{"signal", "setitimer"}, Text{"signal", "SIGUSR1"},
    Text{"socket", "AF_UNIX"}, Text{"time", "tzset"},
};
constexpr std::array absent = {
    Text{"os", "startfile"},           Text{"select", "kqueue"},
    Text{"sys", "_MEIPASS"},           Text{"sys", "frozen"},
    Text{"sys", "getandroidapilevel"}, Text{"sys", "getwindowsversion"},
    Text{"sys", "pypy_version_info"},  Text{"sys", "real_prefix"},
};

}  // namespace

std::optional<Evaluated> known_constant(std::string_view dotted) {
  Evaluated out;
  if (const auto text = std::ranges::find(texts, dotted, &Text::first); text != texts.end()) {
    out.kind = Evaluated::Kind::text;
    out.text = text->second;
    return out;
  }
  const auto number = std::ranges::find(numbers, dotted, &Number::first);
  if (number == numbers.end()) return std::nullopt;
  out.kind = Evaluated::Kind::integer;
  out.number = number->second;
  return out;
}

std::vector<std::int64_t> known_python() { return {assumed_python.begin(), assumed_python.end()}; }

std::optional<std::string_view> known_result(std::string_view dotted) {
  const auto found = std::ranges::find(results, dotted, &Text::first);
  return found == results.end() ? std::nullopt : std::optional(found->second);
}

Truth has_attribute(std::string_view module, std::string_view attribute) {
  const auto is_listed = [&](const auto& list) {
    return std::ranges::find(list, Text{module, attribute}) != list.end();
  };
  return is_listed(there) ? Truth::yes : is_listed(absent) ? Truth::no : Truth::unknown;
}

}  // namespace hasten
