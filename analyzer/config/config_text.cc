#include "analyzer/config/config_text.h"

#include <algorithm>
#include <string_view>

#include <sys/stat.h>

#include "analyzer/text/source.h"

namespace hasten {
namespace {

constexpr std::size_t largest = std::size_t{16} << 20;

std::uint32_t line_at(std::string_view bytes, std::size_t offset) {
  return 1 + static_cast<std::uint32_t>(std::ranges::count(bytes.substr(0, offset), '\n'));
}

}  // namespace

std::optional<std::string> read_config_text(const std::string& path, std::vector<Problem>& problems) {
  const auto report = [&](std::uint32_t line, std::string message) {
    problems.push_back({ProblemSeverity::warning, path, line, 0, std::move(message)});
    return std::nullopt;
  };
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && static_cast<std::size_t>(status.st_size) > largest) {
    return report(0, "larger than 16 MiB, expected a configuration file");
  }
  auto bytes = read_bytes(path);
  if (!bytes) return report(0, "cannot be read: " + bytes.reason().message);
  const std::size_t invalid = first_invalid_utf8(*bytes);
  if (invalid != std::string::npos) return report(line_at(*bytes, invalid), "not valid UTF-8");
  return std::move(*bytes);
}

std::optional<TomlValue> read_config_toml(const std::string& path, ProblemSeverity if_broken,
                                          std::vector<Problem>& problems) {
  const auto bytes = read_config_text(path, problems);
  if (!bytes) return std::nullopt;
  auto document = parse_toml(*bytes);
  if (document) return std::move(*document);
  const TomlError& error = document.reason();
  problems.push_back({if_broken, path, error.line, error.column, error.message});
  return std::nullopt;
}

}  // namespace hasten
