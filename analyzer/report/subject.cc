#include "analyzer/report/subject.h"

#include <fmt/format.h>

#include "analyzer/report/display_text.h"
#include "analyzer/report/fixture_ids.h"
#include "analyzer/report/lists.h"
#include "analyzer/report/places.h"
#include "analyzer/text/suggest.h"

namespace hasten {
namespace {

constexpr std::string_view fixture_prefix = "fixture:";
constexpr std::string_view test_prefix = "test:";

enum class Fit : std::uint8_t { none, ending, whole };

Fit fit_of(std::string_view id, std::string_view word) {
  if (id == word) return Fit::whole;
  if (id.size() <= word.size() || !id.ends_with(word)) return Fit::none;
  const char before = id[id.size() - word.size() - 1];
  return before == '/' || before == ':' ? Fit::ending : Fit::none;
}

/// `test_x[1-a]` is a case of test_x.
std::string_view without_parameters(std::string_view word) {
  return word.ends_with(']') ? word.substr(0, word.find('[')) : word;
}

class Matches {
 public:
  void add(Subject subject, Fit fit) {
    if (fit == Fit::whole) whole_.push_back(subject);
    if (fit == Fit::ending) endings_.push_back(subject);
  }
  [[nodiscard]] std::vector<Subject> best() && { return whole_.empty() ? std::move(endings_) : std::move(whole_); }

 private:
  std::vector<Subject> whole_, endings_;
};

}  // namespace

std::vector<Subject> subjects_called(const Project& project, std::string_view word) {
  Matches matches;
  std::string_view test_word = without_parameters(word);
  if (test_word.starts_with(test_prefix)) test_word.remove_prefix(test_prefix.size());
  if (test_word.empty()) return {};
  for (const TestId id : project->tests.ids()) {
    matches.add({id, {}}, fit_of(project.name(project->tests[id].qualified_name), test_word));
  }
  const std::string_view fixture_word = word.starts_with(fixture_prefix) ? word.substr(fixture_prefix.size()) : word;
  const std::vector<std::string> ids = fixture_ids(project);
  for (const FixtureId id : project->fixtures.ids()) {
    const Fixture& fixture = project->fixtures[id];
    if (!is_listed(fixture)) continue;
    const bool is_name = project.name(fixture.name) == fixture_word;
    const std::string_view own_id = std::string_view(ids[id.index()]).substr(fixture_prefix.size());
    matches.add({{}, id}, is_name ? Fit::whole : fit_of(own_id, fixture_word));
  }
  return std::move(matches).best();
}

std::string_view nearest_subject(const Project& project, std::string_view word) {
  std::vector<std::string_view> names;
  for (const Fixture& fixture : project->fixtures) {
    if (is_listed(fixture)) names.push_back(project.name(fixture.name));
  }
  for (const Test& test : project->tests) names.push_back(project.name(test.name));
  const std::size_t colons = word.rfind("::");
  return nearest_word(without_parameters(colons == std::string_view::npos ? word : word.substr(colons + 2)), names);
}

namespace {

Place code_of(const Project& project, const Subject& subject) {
  if (subject.fixture) return project.code_of(project->fixtures[subject.fixture]);
  const FunctionRef function = project->tests[subject.test].function;
  return function ? Place{function.file, project.function(function).range} : Place();
}

}  // namespace

std::string report_subjects(const Project& project, const std::vector<Subject>& subjects, std::string base) {
  Places places(project, std::move(base));
  const std::vector<std::string> ids = fixture_ids(project);
  std::string out;
  for (const Subject& subject : subjects) {
    const Place code = code_of(project, subject);
    const std::string place = code.file ? places.line_link(code) : "plugin";
    const std::string_view id = subject.test ? project.name(project->tests[subject.test].qualified_name)
                                             : std::string_view(ids[subject.fixture.index()]);
    out += fmt::format("  {}{} ({})\n", subject.test ? test_prefix : "", display_text(id), place);
  }
  return out;
}

}  // namespace hasten
