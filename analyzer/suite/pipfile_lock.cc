// The only file here that sees nlohmann/json, which throws.

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analyzer/config/config_text.h"
#include "analyzer/config/distribution.h"
#include "analyzer/suite/lock_file.h"

namespace hasten {
namespace {

/// Lines that begin with `"key"`, by section and key: pipenv writes one key a line, sections outermost.
class KeyLines {
 public:
  explicit KeyLines(std::string_view bytes) {
    std::string section;
    std::uint32_t number = 0;
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      const std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      ++number;
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string_view::npos || line[indent] != '"') continue;
      const std::string_view key = line.substr(indent + 1, line.find('"', indent + 1) - indent - 1);
      if (indent <= 4) section = key;
      lines_.try_emplace(fmt::format("{}/{}", section, key), number);
    }
  }

  [[nodiscard]] std::uint32_t of(std::string_view section, std::string_view key) const {
    const auto found = lines_.find(fmt::format("{}/{}", section, key));
    return found == lines_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> lines_;
};

nlohmann::json parsed(const std::string& path, const std::string& bytes, Claims& claims) {
  try {
    return nlohmann::json::parse(bytes);
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t offset = std::min(error.byte, bytes.size());
    const auto line = 1 + std::ranges::count(std::string_view(bytes).substr(0, offset), '\n');
    claims.report(path, static_cast<std::uint32_t>(line), "not JSON, expected a lock file of pipenv");
    return {};
  }
}

void read_section(const std::string& path, const nlohmann::json& section, std::string_view name, const KeyLines& lines,
                  Claims& claims) {
  for (const auto& [key, package] : section.items()) {
    Claim claim{normalized_distribution(key), {}, ClaimKind::locked, false, {Origin::Kind::file, path, 0}};
    claim.origin.line = lines.of(name, key);
    const auto version = package.is_object() ? package.find("version") : package.end();
    if (package.is_object() && version != package.end() && version->is_string()) {
      claim.versions = version->get_ref<const std::string&>();
      claim.versions.erase(0, claim.versions.find_first_not_of('='));
    }
    claims.rows.push_back(std::move(claim));
  }
}

}  // namespace

void read_pipfile_lock(const std::string& path, Claims& claims) {
  const auto bytes = read_config_text(path, claims.problems);
  if (!bytes) return;
  const nlohmann::json document = parsed(path, *bytes, claims);
  const KeyLines lines(*bytes);
  for (const std::string_view name : {"develop", "default"}) {
    if (!document.is_object() || !document.contains(name) || !document.at(std::string(name)).is_object()) continue;
    read_section(path, document.at(std::string(name)), name, lines, claims);
  }
}

}  // namespace hasten
