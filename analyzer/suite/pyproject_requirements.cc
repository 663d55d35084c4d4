#include <algorithm>

#include "analyzer/config/config_text.h"
#include "analyzer/config/distribution.h"
#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

class PyprojectReader {
 public:
  PyprojectReader(const std::string& path, Claims& claims) : path_(path), claims_(claims) {}

  void read(const TomlValue& document) {
    add_list(document.find_path({"project", "dependencies"}));
    add_lists(document.find_path({"project", "optional-dependencies"}));
    add_lists(document.find_path({"dependency-groups"}));
    add_list(document.find_path({"tool", "uv", "dev-dependencies"}));
    add_lists(document.find_path({"tool", "pdm", "dev-dependencies"}));
    add_table(document.find_path({"tool", "poetry", "dependencies"}));
    add_table(document.find_path({"tool", "poetry", "dev-dependencies"}));
    if (const TomlValue* groups = document.find_path({"tool", "poetry", "group"})) {
      for (const TomlValue& group : groups->children) add_table(group.find("dependencies"));
    }
    if (const TomlValue* environments = document.find_path({"tool", "hatch", "envs"})) {
      for (const TomlValue& environment : environments->children) {
        add_list(environment.find("dependencies"));
        add_list(environment.find("extra-dependencies"));
      }
    }
  }

  void read_pipfile(const TomlValue& document) {
    add_table(document.find("packages"));
    add_table(document.find("dev-packages"));
  }

 private:
  [[nodiscard]] Origin origin(const TomlValue& value) const { return {Origin::Kind::file, path_, value.line}; }

  /// Texts; `{include-group = "x"}` names a list that is read anyway.
  void add_list(const TomlValue* list) {
    if (list == nullptr || list->kind != TomlValue::Kind::array) return;
    for (const TomlValue& value : list->children) {
      if (value.kind == TomlValue::Kind::string) add_requirement(value.text, origin(value), claims_);
    }
  }

  void add_lists(const TomlValue* table) {
    if (table == nullptr || table->kind != TomlValue::Kind::table) return;
    for (const TomlValue& list : table->children) add_list(&list);
  }

  /// `pytest = "^8.0"`, `pytest = {version = "^8.0", markers = "..."}`, `pytest = [{...}, {...}]`.
  void add_table(const TomlValue* table) {
    if (table == nullptr || table->kind != TomlValue::Kind::table) return;
    for (const TomlValue& value : table->children) {
      if (value.key == "python") continue;
      if (value.kind != TomlValue::Kind::array) {
        add_entry(value.key, value, false);
        continue;
      }
      for (const TomlValue& one : value.children) add_entry(value.key, one, true);
    }
  }

  void add_entry(std::string_view name, const TomlValue& value, bool is_one_of_several) {
    Claim claim{normalized_distribution(name), {}, ClaimKind::required, is_one_of_several, origin(value)};
    if (value.kind == TomlValue::Kind::string) {
      claim.versions = value.text;
    } else if (value.kind == TomlValue::Kind::table) {
      if (const TomlValue* version = value.find("version")) claim.versions = version->text;
      claim.is_conditional = is_one_of_several || value.find("markers") != nullptr || value.find("python") != nullptr;
    } else {
      return;
    }
    claims_.rows.push_back(std::move(claim));
  }

  const std::string& path_;
  Claims& claims_;
};

}  // namespace

void read_pyproject(const std::string& path, Claims& claims) {
  const auto document = read_config_toml(path, ProblemSeverity::warning, claims.problems);
  if (document) PyprojectReader(path, claims).read(*document);
}

void read_pipfile(const std::string& path, Claims& claims) {
  const auto document = read_config_toml(path, ProblemSeverity::warning, claims.problems);
  if (document) PyprojectReader(path, claims).read_pipfile(*document);
}

}  // namespace hasten
