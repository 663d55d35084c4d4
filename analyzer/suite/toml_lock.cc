#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "analyzer/config/config_text.h"
#include "analyzer/config/distribution.h"
#include "analyzer/suite/lock_file.h"

namespace hasten {
namespace {

constexpr auto npos = std::string_view::npos;

/// `"8.3.4"` and what may stand behind it.
std::optional<std::string_view> quoted(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return std::nullopt;
  const std::size_t end = text.find(text[0], 1);
  if (end == npos) return std::nullopt;
  return text.substr(1, end - 1);
}

/// The value of `key = ...`; none when the line is about something else.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return std::nullopt;
  line = trimmed(line.substr(key.size()));
  if (!line.starts_with('=')) return std::nullopt;
  return trimmed(line.substr(1));
}

class LockReader {
 public:
  LockReader(const std::string& path, Claims& claims) : path_(path), claims_(claims) {}

  void read(std::string_view bytes) {
    std::uint32_t number = 0;
    while (!bytes.empty() && !is_broken_) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      read_line(bytes.substr(0, end), ++number);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    if (is_broken_) return;
    finish_package();
    claims_.rows.insert(claims_.rows.end(), found_.begin(), found_.end());
  }

 private:
  void read_line(std::string_view line, std::uint32_t number) {
    if (line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>")) {
      return refuse(number, "mark of a merge conflict, expected a lock file");
    }
    if (line.starts_with('[')) return begin_table(trimmed(line), number);
    if (!in_package_) return;
    if (const auto value = value_of(line, "name")) return set(package_.name, *value, number);
    if (const auto value = value_of(line, "version")) return set(package_.versions, *value, number);
  }

  void begin_table(std::string_view line, std::uint32_t number) {
    const bool is_package = line == "[[package]]" || line == "[[packages]]";
    // `[package.metadata]` belongs to the package, but its keys are not the package's.
    finish_package();
    in_package_ = is_package;
    if (is_package) package_.origin.line = number;
    if (line.find(']') == npos) refuse(number, "table header without `]`");
  }

  void set(std::string& field, std::string_view value, std::uint32_t number) {
    const auto text = quoted(value);
    if (!text) return refuse(number, fmt::format("expected a string in quotes, found `{}`", value.substr(0, 40)));
    if (field.empty()) field = *text;
    if (&field == &package_.versions) package_.origin.line = number;
  }

  void finish_package() {
    if (in_package_ && !package_.name.empty()) {
      package_.name = normalized_distribution(package_.name);
      package_.kind = ClaimKind::locked;
      package_.origin.kind = Origin::Kind::file;
      package_.origin.path = path_;
      found_.push_back(std::move(package_));
    }
    package_ = {};
  }

  void refuse(std::uint32_t number, std::string message) {
    claims_.report(path_, number, std::move(message));
    is_broken_ = true;
  }

  const std::string& path_;
  Claims& claims_;
  std::vector<Claim> found_;
  Claim package_;
  bool in_package_ = false;
  bool is_broken_ = false;
};

}  // namespace

void read_toml_lock(const std::string& path, Claims& claims) {
  if (const auto bytes = read_config_text(path, claims.problems)) read_toml_lock(path, *bytes, claims);
}

void read_toml_lock(const std::string& path, std::string_view bytes, Claims& claims) {
  LockReader(path, claims).read(bytes);
}

}  // namespace hasten
