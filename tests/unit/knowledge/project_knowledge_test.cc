// A project's own entries: what they say, and what is said about wrong ones.

#include "analyzer/knowledge/project_knowledge.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace hasten {
namespace {

using Values = std::vector<std::pair<std::string, std::variant<std::monostate, std::int64_t, bool, std::string>>>;

const std::vector<std::string> files = {"pyproject.toml"};

/// Keys stand on lines of their own below the header.
facts::Entry entry(std::string kind, std::uint32_t line, const Values& values) {
  facts::Entry made{std::move(kind), {0, line, 1}, {}};
  for (const auto& [name, value] : values) {
    const facts::Where where{0, ++line, 1};
    const bool is_list = name == "effects" || name == "masks" || name == "adds" || name == "removes";
    made.keys.push_back({name, where, is_list, {{where, value}}});
  }
  return made;
}

std::string problems_of(const std::vector<facts::Entry>& own) {
  std::vector<Problem> problems;
  const ProjectKnowledge made(own, files, problems);
  std::string text;
  for (const Problem& problem : problems) {
    text += problem.path + ":" + std::to_string(problem.line) + ": " + problem.message + "\n";
  }
  return text;
}

TEST(ProjectKnowledge, NothingOfOnesOwnIsWhatIsCompiledIn) {
  std::vector<Problem> problems;
  const ProjectKnowledge made({}, {}, problems);
  EXPECT_EQ(made.knowledge().apis().data(), Knowledge().apis().data());
}

TEST(ProjectKnowledge, AddsAndReplaces) {
  std::vector<Problem> problems;
  const std::vector<facts::Entry> own = {
      entry("api", 3, {{"name", "acme.Client.wait"}, {"effects", "sleep"}, {"seconds", std::int64_t{1}}}),
      entry("api", 8, {{"name", "time.sleep"}}), entry("decorator", 11, {{"name", "acme.with_db"}, {"removes", "db"}})};
  const ProjectKnowledge made(own, files, problems);
  ASSERT_TRUE(problems.empty()) << problems[0].message;
  const Knowledge known = made.knowledge();
  EXPECT_EQ(known.apis().size(), Knowledge().apis().size() + 1);
  EXPECT_EQ(known.own_apis().size(), 2U);
  const Api* wait = known.find_method("acme.Client", "wait");
  ASSERT_NE(wait, nullptr);
  EXPECT_TRUE(wait->effects.has(EffectKind::sleep));
  EXPECT_EQ(wait->seconds.position, 1);
  EXPECT_EQ(wait->from, "pyproject.toml:4");
  EXPECT_TRUE(known.find_api("time.sleep")->effects.empty());
  EXPECT_TRUE(known.find_api("threading.Event.wait")->from.starts_with("rules/knowledge/"));
  ASSERT_NE(known.find_decorator("acme.with_db"), nullptr);
  EXPECT_NE(known.find_decorator("matplotlib.testing.decorators.image_comparison"), nullptr);
}

TEST(ProjectKnowledge, IsFiledUnderTheNameThatFactsAreFiledUnder) {
  std::vector<Problem> problems;
  const std::vector<facts::Entry> own = {entry("api", 1, {{"name", "requests.sessions.Session.post"}})};
  const ProjectKnowledge made(own, files, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(made.knowledge().find_api("requests.Session.post")->from, "pyproject.toml:2");
}

TEST(ProjectKnowledge, OwnRequestsAreCarriedByTheirPackage) {
  std::vector<Problem> problems;
  const std::vector<facts::Entry> own = {
      entry("api", 1, {{"name", "acme.connect"}, {"effects", "network"}, {"returns", "acme.Connection"}}),
      entry("api", 9, {{"name", "acme.fake"}, {"role", "mask"}, {"masks", "acme"}})};
  const ProjectKnowledge made(own, files, problems);
  ASSERT_TRUE(problems.empty()) << problems[0].message;
  EXPECT_EQ(made.knowledge().find_api("acme.connect")->transport, "acme");
  EXPECT_EQ(made.knowledge().find_api("acme.connect")->returns, "acme.Connection");
}

TEST(ProjectKnowledge, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a.b"}, {"effect", "sleep"}})}),
            "pyproject.toml:5: unknown key `effect` in [[api]], did you mean `effects`?\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a.b"}, {"effects", "slep"}})}),
            "pyproject.toml:5: unknown effect `slep`, did you mean `sleep`?\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a..b"}})}), "pyproject.toml:4: `a..b`, expected a dotted name\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"cost", "heavy"}})}),
            "pyproject.toml:3: [[api]] names nothing, expected name or names\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a.b"}}), entry("api", 5, {{"name", "a.b"}})}),
            "pyproject.toml:6: `a.b` is described twice, expected only pyproject.toml:4:1\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a.b"}, {"masks", "request"}})}),
            "pyproject.toml:4: masks `request`, expected a [[transport]] or kind:effect; did you mean `requests`?\n");
  EXPECT_EQ(problems_of({entry("api", 3, {{"name", "a.b"}, {"seconds", true}})}),
            "pyproject.toml:5: `seconds` is no argument, expected a position, \"keyword\" or both in a list\n");
  EXPECT_EQ(problems_of({entry("decorator", 3, {{"name", "a.b"}})}),
            "pyproject.toml:3: [[decorator]] that changes nothing, expected removes, adds or fills\n");
}

TEST(ProjectKnowledge, WithAMistakeIsLeftOut) {
  std::vector<Problem> problems;
  const std::vector<facts::Entry> own = {entry("api", 1, {{"name", "time.sleep"}, {"effect", "none"}})};
  const ProjectKnowledge made(own, files, problems);
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_EQ(made.knowledge().apis().data(), Knowledge().apis().data());
}

}  // namespace
}  // namespace hasten
