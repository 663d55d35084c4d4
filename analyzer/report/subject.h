#pragma once

// What a person means by a word: a test or a fixture.

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// One of the two is set.
struct Subject {
  TestId test;
  FixtureId fixture;
};

/// A node id (parameters are left out), the name of a fixture, an id as the reports print it (`test:...`,
/// `fixture:...`), or what one of these ends in behind `/` or `::`. A whole id or name beats an ending. All that fit,
/// tests first.
[[nodiscard]] std::vector<Subject> subjects_called(const Project& project, std::string_view word);

/// The nearest name of a test or a fixture; empty when none is near.
[[nodiscard]] std::string_view nearest_subject(const Project& project, std::string_view word);

/// `test:tests/test_a.py::test_x (tests/test_a.py:3)`, one a line; for people who stand in `base`.
[[nodiscard]] std::string report_subjects(const Project& project, const std::vector<Subject>& subjects,
                                          std::string base);

}  // namespace hasten
