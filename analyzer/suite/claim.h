#pragma once

// One line of a file that says something about a distribution: that it is installed, or in which versions.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/model/problem.h"

namespace hasten {

enum class ClaimKind : std::uint8_t {
  locked,       // exactly this version is installed
  required,     // it is installed
  constrained,  // if it is installed, then in these versions
};

struct Claim {
  std::string name;      // normalised (PEP 503)
  std::string versions;  // locked: the version; else clauses as version_range.h reads them; empty: any
  ClaimKind kind{};
  bool is_conditional = false;  // holds for some Python versions, platforms or tox environments only
  Origin origin;
};

/// What the files said, in the order of reading. Paths are absolute.
struct Claims {
  std::vector<Claim> rows;
  std::vector<Problem> problems;

  void report(const std::string& path, std::uint32_t line, std::string message) {
    problems.push_back({ProblemSeverity::warning, path, line, 0, std::move(message)});
  }
};

/// `pytest[testing] >= 7, < 8 ; python_version > "3.8"  # why`, and what pip, poetry and tox allow around it.
struct Requirement {
  std::string name;  // normalised
  std::string versions;
  bool is_conditional = false;
};

enum class RequirementKind : std::uint8_t {
  requirement,
  elsewhere,  // a path, an address, an option: it has no name that we could read
  broken,
};

struct ReadRequirement {
  RequirementKind kind{};
  Requirement requirement;  // of kind requirement
};

[[nodiscard]] ReadRequirement read_requirement(std::string_view text);

/// Without the white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace hasten
