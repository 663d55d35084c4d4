// Any bytes are an ini file or an error with a line that the file has; parsed sections and keys have lines too.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/config/ini_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // At most one line end a byte: \r, \n and \r\n all count.
  const std::size_t lines = size + 1;
  const auto require_line = [lines](std::uint32_t line) {
    if (line < 1 || line > lines) std::abort();
  };

  const auto parsed = hasten::parse_ini(bytes);
  if (!parsed) {
    require_line(parsed.reason().line);
    return 0;
  }
  for (const hasten::IniSection& section : parsed->sections) {
    require_line(section.line);
    for (const hasten::IniEntry& entry : section.entries) require_line(entry.line);
  }
  return 0;
}
