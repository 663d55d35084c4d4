#include "analyzer/cli/subject_option.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/config/paths.h"
#include "analyzer/report/display_text.h"

namespace hasten {
namespace {

/// `test_a.py::test_x` said in tests/ is `tests/test_a.py::test_x` seen from the root directory.
std::string seen_from_root(const std::string& word, const std::string& root) {
  const std::size_t colons = std::min(word.find("::"), word.size());
  const std::string path = absolute_path(word.substr(0, colons), working_directory());
  if (colons == word.size() || path_kind(path) == PathKind::missing) return word;
  return relative_path(path, root) + word.substr(colons);
}

}  // namespace

std::optional<Subject> find_subject(const Project& project, const std::string& word, Console& console) {
  std::vector<Subject> found = subjects_called(project, seen_from_root(word, project->root));
  if (found.empty()) found = subjects_called(project, word);
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    const std::string_view meant = nearest_subject(project, word);
    const std::string advice = meant.empty() ? std::string("hasten list tests and hasten list fixtures tell all")
                                             : fmt::format("did you mean `{}`?", display_text(meant));
    console.complain(fmt::format("hasten: there is no test and no fixture `{}`; {}\n", display_text(word), advice));
    return std::nullopt;
  }
  console.complain(fmt::format("hasten: `{}` may be one of {}; say which\n{}", display_text(word), found.size(),
                               report_subjects(project, found, working_directory())));
  return std::nullopt;
}

}  // namespace hasten
