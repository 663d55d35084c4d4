#pragma once

// The ini dialect of pytest: iniconfig's (A7a-A7g), which is not configparser's: no inline comments, no interpolation,
// no default section, duplicate names are errors.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"

namespace hasten {

struct IniEntry {
  std::string key;
  std::string value;       // lines of a long value are stripped and joined by newlines
  std::uint32_t line = 0;  // of the key
};

struct IniSection {
  std::string name;
  std::uint32_t line = 0;
  std::vector<IniEntry> entries;  // in file order
};

struct IniFile {
  std::vector<IniSection> sections;

  /// None is a null pointer; it lives as long as the file.
  [[nodiscard]] const IniSection* find(std::string_view name) const;
};

struct IniError {
  std::uint32_t line = 0;
  std::string message;
};

[[nodiscard]] Result<IniFile, IniError> parse_ini(std::string_view bytes);

}  // namespace hasten
