#pragma once

// Files that say what a project wants installed, each read into claims. A line that makes no sense is a problem; a file
// is read as far as it makes sense.

#include <string>

#include "analyzer/config/toml_file.h"
#include "analyzer/suite/claim.h"

namespace hasten {

/// pip's requirements with what they include (`-r`, `-c`), each file once, at most 64 of them.
class RequirementsText {
 public:
  explicit RequirementsText(Claims& claims) : claims_(claims) {}
  void read(const std::string& path);
  /// A line of another file that is written as in requirements.
  void read_line_of(std::string_view line, const Origin& origin);

 private:
  struct Pending {
    std::string path;
    bool is_constraints = false;
    Origin included_by;
  };
  void read_pending();
  void read_one(const Pending& file);
  void read_line(std::string_view line, const Origin& origin, bool is_constraints);

  Claims& claims_;
  std::vector<std::string> seen_;
  std::vector<Pending> pending_;
};

/// project.dependencies, optional-dependencies, dependency-groups (PEP 735), tool.poetry, tool.pdm, tool.uv, hatch.
void read_pyproject(const std::string& path, Claims& claims);
void read_pipfile(const std::string& path, Claims& claims);
/// install_requires, tests_require and extras_require of setup.cfg; deps of every environment of tox.ini.
void read_setup_cfg(const std::string& path, Claims& claims);
void read_tox_ini(const std::string& path, Claims& claims);
/// `dependencies` of conda's environment.yml, its `pip` part included.
void read_conda_environment(const std::string& path, Claims& claims);

/// One requirement as text, wherever it stands.
void add_requirement(std::string_view text, const Origin& origin, Claims& claims);

}  // namespace hasten
