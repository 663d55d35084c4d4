#include "tests/unit/lower/lowered.h"

namespace hasten {
namespace {

using testing::rows;

TEST(Suppressions, OursNamesItsCodes) {
  EXPECT_EQ(rows("x  # hasten: ignore[HS201, HS3] the server is slow"),
            "expression value=x\nsuppression ignore [3-50] HS201 HS3");
  EXPECT_EQ(rows("# hasten: file-ignore[HS4]"), "suppression file-ignore [0-26] own-line HS4");
  EXPECT_EQ(rows("# hasten: ignore"), "suppression ignore [0-16] own-line");
}

TEST(Suppressions, NoqaIsReadAsFlake8ReadsIt) {
  EXPECT_EQ(rows("# NoQA"), "suppression noqa [0-6] own-line");
  EXPECT_EQ(rows("#noqa:hs201,F401 E501"), "suppression noqa [0-21] own-line HS201 F401 E501");
  EXPECT_EQ(rows("# noqa: because"), "suppression noqa [0-15] own-line");
  EXPECT_EQ(rows("# noqase"), "");
  EXPECT_EQ(rows("# type: ignore  # noqa: HS201"), "suppression noqa [0-29] own-line HS201");
}

TEST(Suppressions, WhatIsNoPragmaIsAProblem) {
  EXPECT_EQ(rows("# hasten: bogus"), "problem bad suppression [0-15]");
  EXPECT_EQ(rows("# hasten: ignore[HS201"), "problem bad suppression [0-22]");
  EXPECT_EQ(rows("# hasten: ignore[]"), "problem bad suppression [0-18]");
  EXPECT_EQ(rows("# see hasten: ignore it"), "");
}

TEST(Suppressions, AreFoundInsideExpressionsInOrder) {
  EXPECT_EQ(rows("f(\n  a,  # noqa: HS1\n  b,\n)  # noqa\n"),
            "expression value=(call f a b)\nsuppression noqa [9-20] HS1\nsuppression noqa [29-35]");
  EXPECT_EQ(rows("x = '# noqa'"), "assign target=x value='# noqa'");
}

}  // namespace
}  // namespace hasten
