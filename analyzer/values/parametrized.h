#pragma once

// What `@pytest.mark.parametrize` gives a parameter of a test, and `params=` a fixture: read from the decorators of the
// function and its class.

#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/names.h"

namespace hasten {

struct GivenValue {
  FileId file;
  BlockId block;
  ExprId expr;
};

/// The values that are written down, one for each set; of a list with a name those of the list. Empty when the
/// parameter is not parametrized, by way of a fixture (`indirect`), or with what code makes.
[[nodiscard]] std::vector<GivenValue> parametrized_values(const ProjectTables& tables, const Names& names,
                                                          FunctionRef function, ParamId param);

/// What `request.param` is in the fixture.
[[nodiscard]] std::vector<GivenValue> fixture_values(const ProjectTables& tables, const Names& names,
                                                     FunctionRef fixture);

}  // namespace hasten
