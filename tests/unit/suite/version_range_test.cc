#include "analyzer/suite/version_range.h"

#include <gtest/gtest.h>

#include "analyzer/collect/pytest_rules.h"

namespace hasten {
namespace {

struct Case {
  const char* clauses;
  const char* version;
  bool is_let_through;
};

TEST(VersionRange, admits_what_pip_and_poetry_admit) {
  for (const auto& [clauses, version, is_let_through] : {
           Case{"", "8.3.4", true},          Case{">=7,<8", "7.4.4", true},
           Case{">=7,<8", "8.0.0", false},   Case{">= 7.0 , < 8", "6.2.5", false},
           Case{"==8.3.*", "8.3.9", true},   Case{"==8.3.*", "8.30.0", false},
           Case{"==8.3", "8.3.0", true},     Case{"==8.3", "8.3.1", false},
           Case{"===8.3.1", "8.3.1", true},  Case{"!=8.1.0", "8.1.0", false},
           Case{"!=8.1.*", "8.1.2", false},  Case{"!=8.1.*", "8.2.0", true},
           Case{"~=7.4", "7.9", true},       Case{"~=7.4", "8.0", false},
           Case{"~=7.4.1", "7.4.9", true},   Case{"~=7.4.1", "7.5.0", false},
           Case{"^8.1", "8.4.2", true},      Case{"^8.1", "9.0.0", false},
           Case{"^8.1", "8.0.2", false},     Case{"^0.21.1", "0.21.5", true},
           Case{"^0.21.1", "0.22.0", false}, Case{"~8.1", "8.1.9", true},
           Case{"~8.1", "8.2.0", false},     Case{"~8", "8.4.0", true},
           Case{"8.*", "8.4.0", true},       Case{"*", "1.0", true},
           Case{"^7 || ^9", "9.1.0", true},  Case{"^7 || ^9", "8.0.0", false},
           Case{">8", "8.0.0", false},       Case{"<=8.2", "8.2.0", true},
           Case{"> nonsense", "8.0", true},
       }) {
    EXPECT_EQ(admits(clauses, version), is_let_through) << clauses << " and " << version;
  }
}

TEST(VersionRange, a_pin_is_one_exact_version) {
  EXPECT_EQ(pinned_version("==8.3.4"), "8.3.4");
  EXPECT_EQ(pinned_version("=== 8.3.4"), "8.3.4");
  EXPECT_EQ(pinned_version("8.3.4"), "8.3.4");
  EXPECT_EQ(pinned_version("==9.0.0rc1"), "9.0.0rc1");
  for (const char* range : {"", "*", "==8.3.*", ">=8", "^8.3", "~=8.3", "==8.3,!=8.3.1", "8.3 || 8.4", "==x"}) {
    EXPECT_EQ(pinned_version(range), std::nullopt) << range;
  }
}

TEST(VersionRange, picks_the_newest_known_series_within_all_bounds) {
  EXPECT_EQ(newest_pytest({">=7,<8"}), "7.4");
  EXPECT_EQ(newest_pytest({">=7", "<8.2,!=8.1.*"}), "8.0");
  EXPECT_EQ(newest_pytest({"<8.3.4"}), "8.3");
  EXPECT_EQ(newest_pytest({"<=8.3"}), "8.3");
  EXPECT_EQ(newest_pytest({"^8.0"}), "8.4");
  EXPECT_EQ(newest_pytest({}), newest_pytest({">=7.2"}));
  EXPECT_EQ(newest_pytest({"<5"}), std::nullopt);
  EXPECT_EQ(newest_pytest({">=8", "<8"}), std::nullopt);
}

TEST(VersionRange, knows_every_series_that_linking_tells_apart) {
  EXPECT_EQ(newest_pytest({}), pytest_rules().since);
  EXPECT_EQ(newest_pytest({"<7.1"}), pytest_rules("0").since);
}

TEST(VersionRange, numbers_that_no_version_has_are_no_numbers) {
  EXPECT_EQ(release_of("99999999999999999999"), std::nullopt);
  EXPECT_EQ(release_of("x"), std::nullopt);
  EXPECT_EQ(release_of("8.3.99999999999999999999"), (std::vector<int>{8, 3}));
  EXPECT_TRUE(is_older_release("8.9", "8.10"));
  EXPECT_FALSE(is_older_release("8.0", "8"));
}

}  // namespace
}  // namespace hasten
