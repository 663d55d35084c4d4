// The only file here that sees yaml-cpp, which throws.

#include <algorithm>

#include <yaml-cpp/yaml.h>

#include "analyzer/config/config_text.h"
#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

constexpr std::size_t most_entries = 10000;
/// No environment is that long, and YAML is slow.
constexpr std::size_t largest = std::size_t{1} << 20;

/// conda's `channel::pytest=8.3=py_0` as pip would write it: `pytest==8.3.*`.
std::string as_pip(std::string text) {
  if (const std::size_t channel = text.find("::"); channel != std::string::npos) text.erase(0, channel + 2);
  const std::size_t equals = text.find('=');
  const bool is_fuzzy = equals != std::string::npos && equals > 0 && text[equals - 1] != '>' &&
                        text[equals - 1] != '<' && text[equals - 1] != '!' && text[equals - 1] != '~' &&
                        equals + 1 < text.size() && text[equals + 1] != '=';
  if (!is_fuzzy) return text;
  std::string version = text.substr(equals + 1);
  version.resize(std::min(version.find('='), version.size()));
  return text.substr(0, equals) + "==" + version + (version.ends_with('*') ? "" : ".*");
}

class EnvironmentReader {
 public:
  EnvironmentReader(const std::string& path, Claims& claims) : path_(path), claims_(claims) {}

  void read(const YAML::Node& document) {
    if (!document.IsMap()) return;
    const YAML::Node dependencies = document["dependencies"];
    if (!dependencies.IsSequence()) return;
    for (const YAML::Node& entry : dependencies) {
      if (++entries_ > most_entries) return;
      if (entry.IsScalar()) add(entry, as_pip(entry.Scalar()));
      if (entry.IsMap() && entry["pip"].IsDefined() && entry["pip"].IsSequence()) read_pip(entry["pip"]);
    }
  }

 private:
  void read_pip(const YAML::Node& list) {
    for (const YAML::Node& entry : list) {
      if (++entries_ > most_entries) return;
      if (entry.IsScalar()) add(entry, entry.Scalar());
    }
  }

  void add(const YAML::Node& entry, const std::string& text) {
    const auto line = static_cast<std::uint32_t>(entry.Mark().line + 1);
    add_requirement(text, {Origin::Kind::file, path_, line}, claims_);
  }

  const std::string& path_;
  Claims& claims_;
  std::size_t entries_ = 0;
};

}  // namespace

void read_conda_environment(const std::string& path, Claims& claims) {
  const auto bytes = read_config_text(path, claims.problems);
  if (!bytes) return;
  if (bytes->size() > largest) return claims.report(path, 0, "larger than 1 MiB, expected an environment of conda");
  try {
    EnvironmentReader(path, claims).read(YAML::Load(*bytes));
  } catch (const YAML::Exception& error) {
    claims.report(path, static_cast<std::uint32_t>(std::max(error.mark.line, -1) + 1),
                  "not YAML, expected an environment of conda: " + error.msg);
  }
}

}  // namespace hasten
