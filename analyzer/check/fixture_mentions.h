#pragma once

// Whether a fixture may be used in a way that no closure shows: by a name that is computed, written in a string, or
// taken as a parameter by a function that somebody else calls. What may be is taken to be.

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

class FixtureMentions {
 public:
  /// Looks for `names` (of fixtures) only.
  FixtureMentions(const Project& project, std::unordered_set<std::string_view> names);

  /// Is the name written in a string that is a name or a list of names, or is it a parameter of a decorated function
  /// that is neither test nor fixture, or of one whose signature pytest sees through a decorator?
  [[nodiscard]] bool is_mentioned(std::string_view name) const { return mentioned_.contains(name); }
  /// Is the function imported by name somewhere, or named at module level beside its definition?
  [[nodiscard]] bool is_referenced(FunctionRef function) const;
  /// Is there code that asks for fixtures by computed names and can see this one?
  [[nodiscard]] bool is_in_reach_of_computed_names(const Fixture& fixture) const;

 private:
  void read_signatures();
  void read(FileId file);
  void read_strings(FileId file);
  void read_parameters(FileId file);
  void read_imports(FileId file);
  void read_computed(FileId file);
  void mention(std::string_view name);
  void mention_list(std::string_view text);
  void mention_all(std::string_view text);

  const Project& project_;
  std::unordered_set<std::string_view> names_;
  std::unordered_set<std::string_view> mentioned_;
  std::unordered_set<std::string_view> imported_;
  std::unordered_set<FunctionRef> known_;  // tests and fixtures: what they ask for is in closures
  std::vector<FileId> computing_;          // files that ask for computed names
};

}  // namespace hasten
