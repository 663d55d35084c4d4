#include "analyzer/check/cause.h"

#include <gtest/gtest.h>

#include "tests/unit/check/suite.h"

namespace hasten {
namespace {

constexpr std::string_view test_text =
    "def test_a(server): ...\n\ndef test_b(server):\n  wait()\n\ndef test_c(): push(1)\n";
constexpr std::string_view conftest_text = "def server():\n  sleep(2)\n\ndef wait(): sleep(3)\n";
constexpr std::string_view source_text = "def push(x): post(x)\n";

/// conftest.py with a fixture and a helper that sleep, src/api.py with a function that posts, three tests.
struct Waiting : Suite {
  FileId source = file(FileRole::first_party, "src/api.py", std::string(source_text));
  FileId conftest = file(FileRole::conftest, "tests/conftest.py", std::string(conftest_text));
  FileId module = file(FileRole::test_module, "tests/test_a.py", std::string(test_text));
  TestId a = test(module, "test_a");
  TestId b = test(module, "test_b");
  TestId c = test(module, "test_c");

  EffectId sleep_of_fixture() {
    const EffectId id =
        effect(EffectKind::sleep, "time.sleep", place(conftest, "sleep(2)"), function(conftest, "server").id);
    tables().effects[id].seconds = {2};
    return id;
  }
  PathId path_of_fixture(EffectId id) {
    return path(id, function(conftest, "server"), {step(place(conftest, "sleep(2)"), "server", "time.sleep")});
  }
};

TEST(Cause, in_a_fixture_counts_its_set_ups) {
  Waiting suite;
  const EffectId sleep = suite.sleep_of_fixture();
  const FixtureId server = suite.fixture(suite.conftest, "server", Scope::function);
  const PathId path = suite.path_of_fixture(sleep);
  suite.reach(sleep, suite.a, server, path);
  suite.reach(sleep, suite.b, server, path);
  const Place place = suite.place(suite.conftest, "sleep(2)");
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, sleep);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->site, CauseSite::fixture);
  EXPECT_EQ(cause->place, place);
  EXPECT_EQ(cause->symbol, "tests/conftest.py::server");
  EXPECT_EQ(cause->executions, 2U);
  EXPECT_EQ(sentence(project, *cause, "it waits"), "it waits in fixture `server`, set up for 2 tests");
  ASSERT_EQ(cause->chain.size(), 2U);
  EXPECT_EQ(cause->chain[0].message, "test `test_a` requests fixture `server`");
  EXPECT_EQ(cause->chain[1].message, "fixture `server` calls `time.sleep`");
}

TEST(Cause, in_a_wide_fixture_happens_once) {
  Waiting suite;
  const EffectId sleep = suite.sleep_of_fixture();
  const FixtureId server = suite.fixture(suite.conftest, "server", Scope::session);
  const PathId path = suite.path_of_fixture(sleep);
  suite.reach(sleep, suite.a, server, path);
  suite.reach(sleep, suite.b, server, path);
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, sleep);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->executions, 1U);
  EXPECT_EQ(sentence(project, *cause, "it waits"), "it waits in fixture `server`, set up once for 2 tests");
}

TEST(Cause, leaves_out_masked_and_skipped_tests) {
  Waiting suite;
  const EffectId sleep = suite.sleep_of_fixture();
  const FixtureId server = suite.fixture(suite.conftest, "server", Scope::function);
  const PathId path = suite.path_of_fixture(sleep);
  suite.reach(sleep, suite.a, server, path, "mock.patch(\"time.sleep\")");
  suite.reach(sleep, suite.b, server, path);
  suite.reach(sleep, suite.c, server, path);
  suite.tables().tests[suite.c].is_skipped = 1;
  const TestId b = suite.b;
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, sleep);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->tests, std::vector<TestId>{b});
  EXPECT_EQ(sentence(project, *cause, "it waits"), "it waits in fixture `server`");
}

TEST(Cause, is_none_when_everything_is_masked_or_nothing_reaches_it) {
  Waiting suite;
  const EffectId masked = suite.sleep_of_fixture();
  const EffectId unreached = suite.sleep_of_fixture();
  suite.reach(masked, suite.a, suite.fixture(suite.conftest, "server", Scope::function), suite.path_of_fixture(masked),
              "mocker");
  const Project project = std::move(suite).freeze();
  EXPECT_FALSE(cause_of(project, masked));
  EXPECT_FALSE(cause_of(project, unreached));
}

TEST(Cause, in_a_helper_is_shown_there) {
  Waiting suite;
  const Place sink = suite.place(suite.conftest, "sleep(3)");
  const EffectId sleep = suite.effect(EffectKind::sleep, "time.sleep", sink, suite.function(suite.conftest, "wait").id);
  const PathId path = suite.path(
      sleep, suite.function(suite.module, "test_b"),
      {suite.step(suite.place(suite.module, "wait()"), "test_b", "wait"), suite.step(sink, "wait", "time.sleep")},
      Phase::call);
  suite.reach(sleep, suite.b, {}, path);
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, sleep);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->site, CauseSite::helper);
  EXPECT_EQ(cause->place, sink);
  EXPECT_EQ(cause->symbol, "tests/conftest.py::wait");
  EXPECT_EQ(sentence(project, *cause, "it waits"), "it waits in helper `wait`");
  ASSERT_EQ(cause->chain.size(), 2U);
  EXPECT_EQ(cause->chain[0].message, "test `test_b` calls `wait`");
  EXPECT_EQ(cause->chain[1].message, "`wait` calls `time.sleep`");
}

TEST(Cause, outside_test_code_is_shown_at_the_call_in_the_test) {
  Waiting suite;
  const Place sink = suite.place(suite.source, "post(x)");
  const EffectId post =
      suite.effect(EffectKind::network, "requests.post", sink, suite.function(suite.source, "push").id);
  const Place call = suite.place(suite.module, "push(1)");
  const PathId path =
      suite.path(post, suite.function(suite.module, "test_c"),
                 {suite.step(call, "test_c", "push"), suite.step(sink, "push", "requests.post")}, Phase::call);
  suite.tables().tests[suite.c].cases = {5};
  suite.reach(post, suite.c, {}, path);
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, post);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->site, CauseSite::test);
  EXPECT_EQ(cause->place, call);
  EXPECT_EQ(cause->executions, 5U);
  EXPECT_EQ(sentence(project, *cause, "it goes out"), "it goes out behind `push` in test `test_c`, run for 5 cases");
}

TEST(Cause, takes_the_shortest_path_then_the_first_test) {
  Waiting suite;
  const Place sink = suite.place(suite.source, "post(x)");
  const EffectId post =
      suite.effect(EffectKind::network, "requests.post", sink, suite.function(suite.source, "push").id);
  const Step last = suite.step(sink, "push", "requests.post");
  const PathId longer = suite.path(post, suite.function(suite.module, "test_b"),
                                   {suite.step(suite.place(suite.module, "wait()"), "test_b", "wait"),
                                    suite.step(suite.place(suite.conftest, "sleep(3)"), "wait", "push"), last});
  const PathId shorter = suite.path(post, suite.function(suite.module, "test_c"),
                                    {suite.step(suite.place(suite.module, "push(1)"), "test_c", "push"), last});
  suite.reach(post, suite.b, {}, longer);
  suite.reach(post, suite.c, {}, shorter);
  const Project project = std::move(suite).freeze();

  const std::optional<Cause> cause = cause_of(project, post);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->path, shorter);
  EXPECT_EQ(cause->name, "test_c");
  EXPECT_EQ(cause->tests.size(), 2U);
  EXPECT_EQ(sentence(project, *cause, "it goes out"), "it goes out behind `push` in test `test_c`, reached by 2 tests");
}

TEST(Cause, at_import_counts_in_test_code_only) {
  Waiting suite;
  const EffectId mine = suite.effect(EffectKind::sleep, "time.sleep", suite.place(suite.module, "def"), {});
  const EffectId theirs = suite.effect(EffectKind::sleep, "time.sleep", suite.place(suite.source, "def"), {});
  const Project project = std::move(suite).freeze();
  const std::optional<Cause> cause = cause_of(project, mine);
  ASSERT_TRUE(cause);
  EXPECT_EQ(cause->site, CauseSite::import);
  EXPECT_EQ(sentence(project, *cause, "it waits"), "it waits whenever `tests/test_a.py` is imported");
  EXPECT_FALSE(cause_of(project, theirs));
}

}  // namespace
}  // namespace hasten
