#pragma once

// The word by which the command line names a test or a fixture, looked up in the project.

#include <optional>
#include <string>

#include "analyzer/cli/console.h"
#include "analyzer/report/subject.h"

namespace hasten {

/// None when nothing or more than one thing is called so; then the user has been told what there is.
[[nodiscard]] std::optional<Subject> find_subject(const Project& project, const std::string& word, Console& console);

}  // namespace hasten
