#include "analyzer/suite/setup_script.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/lower/lower.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

/// "pytest >=7 2": name, versions, line.
std::vector<std::string> required(std::string_view code) {
  Parser parser;
  SetupScript script{Source("/project/setup.py", std::string(code)), {}};
  script.model = lower(script.source.bytes(), parser);
  Claims claims;
  read_setup_script(script, claims);
  std::vector<std::string> out;
  for (const Claim& claim : claims.rows) {
    out.push_back(fmt::format("{} {} {}", claim.name, claim.versions, claim.origin.line));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(SetupScript, says_what_its_setup_call_gets_literally) {
  EXPECT_EQ(required("from setuptools import setup\n"
                     "setup(name='pytest-x', install_requires=['a>=1'],\n"
                     "      extras_require={'pytest': ['pytest>=7'], 'mock': ('pytest-mock',)})\n"),
            (Lines{"pytest >=7 3", "pytest-mock  3", "a >=1 2"}));
}

TEST(SetupScript, follows_names_of_the_module) {
  EXPECT_EQ(required("import setuptools\n"
                     "BASE = ['a']\n"
                     "TESTS = BASE + ['pytest<8']\n"
                     "TESTS = TESTS\n"
                     "setuptools.setup(tests_require=TESTS, keywords=['pytest'])\n"),
            (Lines{"pytest <8 3", "a  2"}));
}

TEST(SetupScript, is_silent_about_what_is_computed) {
  EXPECT_EQ(required("setup(install_requires=open('requirements.txt').read().split())\nsetup(**options)\n"), Lines{});
}

}  // namespace
}  // namespace hasten
