#pragma once

// Names of fixtures that stay when lines move: `fixture:tests/conftest.py::db`, `fixture:tests/test_a.py::TestA::db`,
// `fixture:plugin::tmp_path`. The same in every format.

#include <string>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// By the index of the FixtureId; a name that one place defines twice gets a number the second time: `...::db#2`.
[[nodiscard]] std::vector<std::string> fixture_ids(const Project& project);

}  // namespace hasten
