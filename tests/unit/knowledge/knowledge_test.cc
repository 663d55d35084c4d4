#include "analyzer/knowledge/knowledge.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace hasten {
namespace {

bool holds(std::span<const std::string_view> list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

const PluginFixture* find_fixture(std::string_view plugin, std::string_view name) {
  for (const PluginFixture& fixture : all_plugin_fixtures()) {
    if (fixture.plugin == plugin && fixture.name == name) return &fixture;
  }
  return nullptr;
}

TEST(Knowledge, IsLargeSortedAndWithoutTwins) {
  EXPECT_GE(Knowledge().apis().size(), 1000U);
  EXPECT_EQ(std::ranges::adjacent_find(Knowledge().apis(), std::ranges::greater_equal{}, &Api::name),
            Knowledge().apis().end());
  const auto by_name = [](const PluginFixture& fixture) { return std::pair(fixture.name, fixture.plugin); };
  EXPECT_EQ(std::ranges::adjacent_find(all_plugin_fixtures(), std::ranges::greater_equal{}, by_name),
            all_plugin_fixtures().end());
}

TEST(Knowledge, EveryNameIsFoundAndCanonical) {
  for (const Api& api : Knowledge().apis()) {
    EXPECT_EQ(Knowledge().find_api(api.name), &api) << api.name;
    EXPECT_EQ(canonical_name(api.name), api.name);
  }
}

TEST(Knowledge, EveryEffectSaysWhyAndEveryRequestSaysWhatCarriesIt) {
  for (const Api& api : Knowledge().apis()) {
    EXPECT_TRUE(api.effects.empty() || !api.why.empty()) << api.name;
    EXPECT_TRUE(!api.effects.has(EffectKind::network) || !api.transport.empty()) << api.name;
  }
}

TEST(Knowledge, KnowsNothingOfOtherNames) {
  EXPECT_EQ(Knowledge().find_api("time"), nullptr);
  EXPECT_EQ(Knowledge().find_api("time.sleepy"), nullptr);
  EXPECT_EQ(Knowledge().find_api(""), nullptr);
  EXPECT_EQ(find_class("shop.Cart"), nullptr);
}

TEST(Knowledge, SaysWhichArgumentTellsTheTime) {
  const Api* sleep = Knowledge().find_api("time.sleep");
  ASSERT_NE(sleep, nullptr);
  EXPECT_TRUE(sleep->effects.has(EffectKind::sleep));
  EXPECT_EQ(sleep->seconds.position, 0);
  const Api* wait = Knowledge().find_api("threading.Event.wait");
  ASSERT_NE(wait, nullptr);
  EXPECT_TRUE(wait->is_wait);
  EXPECT_EQ(wait->seconds.position, 0);
}

TEST(Knowledge, AMethodOfAPathWritesToThePathItself) {
  const Api* write = Knowledge().find_method("pathlib.PosixPath", "write_text");
  ASSERT_NE(write, nullptr);
  EXPECT_TRUE(write->path.is_receiver());
  const Api* rename = Knowledge().find_method("pathlib.Path", "rename");
  ASSERT_NE(rename, nullptr);
  EXPECT_FALSE(rename->path.is_receiver());
}

TEST(Knowledge, MethodsAreInherited) {
  const Api* request = Knowledge().find_method("http.client.HTTPSConnection", "request");
  ASSERT_NE(request, nullptr);
  EXPECT_EQ(request->name, "http.client.HTTPConnection.request");
  EXPECT_EQ(Knowledge().find_method("rest_framework.test.APITestCase", "addCleanup")->role, Role::add_cleanup);
  EXPECT_EQ(Knowledge().find_method("pytest_mock.MockerFixture", "patch.object")->role, Role::patch_object);
  EXPECT_EQ(Knowledge().find_method("requests.Session", "nothing"), nullptr);
  EXPECT_EQ(Knowledge().find_method("shop.Cart", "get"), nullptr);
}

TEST(Knowledge, AClassYieldsItself) {
  EXPECT_EQ(Knowledge().find_api("requests.Session")->returns, "requests.Session");
  EXPECT_EQ(Knowledge().find_api("selenium.webdriver.Chrome")->returns, "selenium.webdriver.Chrome");
  EXPECT_EQ(Knowledge().find_api("sqlalchemy.create_engine")->returns, "sqlalchemy.engine.Engine");
}

TEST(Knowledge, ReexportsLeadToTheNameOfTheFacts) {
  EXPECT_EQ(canonical_name("requests.sessions.Session"), "requests.Session");
  EXPECT_EQ(canonical_name("requests.sessions.Session.get"), "requests.Session.get");
  EXPECT_EQ(canonical_name("requests.api.get"), "requests.get");
  EXPECT_EQ(canonical_name("mock.patch.object"), "unittest.mock.patch.object");
  EXPECT_EQ(canonical_name("posixpath.expanduser"), "os.path.expanduser");
  EXPECT_EQ(canonical_name("_pytest.monkeypatch.MonkeyPatch"), "pytest.MonkeyPatch");
  EXPECT_EQ(canonical_name("fastapi.testclient.TestClient"), "starlette.testclient.TestClient");
  EXPECT_EQ(canonical_name("sqlalchemy.engine.create_engine"), "sqlalchemy.create_engine");
  EXPECT_EQ(canonical_name("io.open"), "builtins.open");
  EXPECT_EQ(canonical_name("requests.get"), "requests.get");
  EXPECT_EQ(canonical_name("requestsx.api.get"), "requestsx.api.get");
  EXPECT_EQ(canonical_name(""), "");
}

TEST(Knowledge, TestCasesOfPackagesAreTestCases) {
  EXPECT_TRUE(is_subclass("unittest.TestCase", "unittest.TestCase"));
  EXPECT_TRUE(is_subclass("rest_framework.test.APITestCase", "unittest.TestCase"));
  EXPECT_TRUE(is_subclass("tornado.testing.AsyncHTTPSTestCase", "unittest.TestCase"));
  EXPECT_TRUE(is_subclass("twisted.trial.unittest.TestCase", "unittest.TestCase"));
  EXPECT_FALSE(is_subclass("requests.Session", "unittest.TestCase"));
  EXPECT_FALSE(is_subclass("shop.Cart", "unittest.TestCase"));
}

// Spec E4: what each mock really masks.
TEST(Knowledge, AMaskCoversWhatIsCarriedOverItAndNothingElse) {
  const auto& responses = Knowledge().find_api("responses.activate")->masks;
  EXPECT_TRUE(holds(responses, "requests"));
  EXPECT_FALSE(holds(responses, "httpx"));
  EXPECT_FALSE(holds(responses, "urllib3"));
  EXPECT_FALSE(holds(responses, "botocore"));
  const auto& respx = Knowledge().find_api("respx.mock")->masks;
  EXPECT_TRUE(holds(respx, "httpx"));
  EXPECT_FALSE(holds(respx, "requests"));
  const auto& vcr = Knowledge().find_api("vcr.use_cassette")->masks;
  for (const std::string_view transport :
       {"requests", "urllib3", "urllib", "botocore", "httpx", "aiohttp", "httplib2"}) {
    EXPECT_TRUE(holds(vcr, transport)) << transport;
  }
  EXPECT_FALSE(holds(vcr, "libpq"));
  EXPECT_TRUE(holds(Knowledge().find_api("moto.mock_aws")->masks, "botocore"));
  EXPECT_FALSE(holds(Knowledge().find_api("moto.mock_aws")->masks, "requests"));
  const auto& sockets = Knowledge().find_api("pytest.mark.disable_socket")->masks;
  EXPECT_TRUE(holds(sockets, "aiohttp"));
  EXPECT_TRUE(holds(sockets, "redis"));
  EXPECT_FALSE(holds(sockets, "grpc"));
  EXPECT_FALSE(holds(Knowledge().find_api("freezegun.freeze_time")->masks, "kind:sleep"));
}

TEST(Knowledge, WhatIsUsedIsFollowedToTheEnd) {
  const auto& uses = Knowledge().find_api("requests.get")->uses;
  EXPECT_TRUE(holds(uses, "requests.Session.request"));
  EXPECT_TRUE(holds(uses, "requests.Session.send"));
  EXPECT_TRUE(holds(uses, "requests.adapters.HTTPAdapter.send"));
  EXPECT_FALSE(holds(uses, "requests.get"));
  EXPECT_TRUE(std::ranges::is_sorted(uses));
}

TEST(Knowledge, FixturesOfPluginsHaveScopeAndDependencies) {
  const PluginFixture* tmp_path = find_fixture("pytest", "tmp_path");
  ASSERT_NE(tmp_path, nullptr);
  EXPECT_EQ(tmp_path->scope, Scope::function);
  EXPECT_EQ(tmp_path->root, PathRoot::unique_temporary);
  ASSERT_EQ(tmp_path->arguments.size(), 2U);
  EXPECT_EQ(tmp_path->arguments[0], "request");
  EXPECT_EQ(tmp_path->arguments[1], "tmp_path_factory");

  EXPECT_EQ(find_fixture("pytest-django", "django_db_setup")->scope, Scope::session);
  EXPECT_TRUE(find_fixture("pytest-django", "_django_db_marker")->is_autouse);
  EXPECT_EQ(find_fixture("anyio", "anyio_backend")->params, -1);
  EXPECT_EQ(find_fixture("pytest-asyncio", "event_loop")->until, "1.0.0");
  EXPECT_TRUE(holds(find_fixture("respx", "respx_mock")->masks, "httpx"));
  EXPECT_EQ(find_fixture("pytest-flask", "client")->arguments[0], "app");
}

// A name may belong to two plugins (spec D.3); which one holds is for linking to say.
TEST(Knowledge, TwoPluginsMayHaveAFixtureOfTheSameName) {
  EXPECT_NE(find_fixture("pytest-httpserver", "httpserver"), nullptr);
  EXPECT_NE(find_fixture("pytest-localserver", "httpserver"), nullptr);
}

TEST(Knowledge, RolesHaveWords) {
  EXPECT_EQ(to_string(Role::patch_object), "patch-object");
  EXPECT_EQ(to_string(Role::setattr_), "setattr");
  EXPECT_EQ(to_string(Role::skip), "skip");
}

}  // namespace
}  // namespace hasten
