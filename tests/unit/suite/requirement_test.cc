#include <gtest/gtest.h>

#include "analyzer/suite/claim.h"

namespace hasten {
namespace {

struct Case {
  const char* text;
  const char* name;
  const char* versions;
  bool is_conditional;
};

TEST(ReadRequirement, understands_what_pip_understands) {
  for (const auto& [text, name, versions, is_conditional] : {
           Case{"pytest", "pytest", "", false},
           Case{"  PyTest_Django >= 4 , < 5  # why", "pytest-django", ">= 4 , < 5", false},
           Case{"pytest[testing,more]~=8.1", "pytest", "~=8.1", false},
           Case{"pytest (>=7)", "pytest", ">=7", false},
           Case{"pytest==7.0.1 ; python_version < \"3.7\"", "pytest", "==7.0.1", true},
           Case{"pytest==8.3.4 --hash=sha256:00 --hash=sha256:11", "pytest", "==8.3.4", false},
           Case{"pytest @ https://example.org/pytest.whl", "pytest", "", false},
           Case{"git+https://example.org/x.git#egg=pytest-mock", "pytest-mock", "", false},
           Case{"Faker", "faker", "", false},
       }) {
    const ReadRequirement read = read_requirement(text);
    EXPECT_EQ(read.kind, RequirementKind::requirement) << text;
    EXPECT_EQ(read.requirement.name, name) << text;
    EXPECT_EQ(read.requirement.versions, versions) << text;
    EXPECT_EQ(read.requirement.is_conditional, is_conditional) << text;
  }
}

TEST(ReadRequirement, leaves_paths_addresses_and_options_alone) {
  for (const char* text : {"", "# comment", "-e .", "--index-url https://example.org/simple", "./vendor/x", ".[test]",
                           "https://example.org/x.whl", "dist/x.whl", "${EXTRA}", "{[testenv]deps}", "/opt/x"}) {
    EXPECT_EQ(read_requirement(text).kind, RequirementKind::elsewhere) << text;
  }
}

TEST(ReadRequirement, says_what_makes_no_sense) {
  for (const char* text : {"==8", "pytest[testing", "pytest>=", "pytest 8", "<<<<<<< HEAD", "=======", "pytest,"}) {
    EXPECT_EQ(read_requirement(text).kind, RequirementKind::broken) << text;
  }
}

}  // namespace
}  // namespace hasten
