#pragma once

// [[tool.hasten.api]] and [[tool.hasten.decorator]]: what a project says of code that hasten cannot read or has wrong.
// The entries have the keys of rules/knowledge/*.toml, are judged by the same code and take the place of ours of the
// same name. Nothing is copied when there are none.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/entry.h"
#include "analyzer/model/problem.h"

namespace hasten {

class ProjectKnowledge {
 public:
  /// `files`: by Where::file, as problems and rows name them. Entries that are wrong are problems of severity error,
  /// and then only what is compiled in is known.
  ProjectKnowledge(std::span<const facts::Entry> own, std::span<const std::string> files,
                   std::vector<Problem>& problems);
  ~ProjectKnowledge();
  ProjectKnowledge(const ProjectKnowledge&) = delete;
  ProjectKnowledge& operator=(const ProjectKnowledge&) = delete;

  /// Valid while the object lives.
  [[nodiscard]] Knowledge knowledge() const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;  // null: what is compiled in
};

}  // namespace hasten
