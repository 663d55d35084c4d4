#pragma once

// How a test comes to an effect, told in the user's own words.

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/model/finding.h"
#include "analyzer/model/project.h"

namespace hasten {

/// One line per step, from the test to the effect: "test `test_upload` requests fixture `client`", "fixture `client`
/// calls `Api.push`", "`push` calls `requests.post`".
[[nodiscard]] std::vector<RelatedPlace> witness_chain(const Project& project, const Reach& reach);

/// What the call at a step is called there (`client.push`), or the name of the function that it leads to when it is
/// longer than a name.
[[nodiscard]] std::string callee_as_written(const Project& project, PathId path, std::size_t step);

}  // namespace hasten
