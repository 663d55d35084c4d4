#include "analyzer/collect/case_counts.h"

#include <algorithm>
#include <limits>

namespace hasten {
namespace {

/// `width,height`.
NameId joined_names(const ParameterSource& source, ProjectTables& tables) {
  if (source.names.size() == 1) return source.names.front();
  std::string text;
  for (NameId name : source.names) text.append(text.empty() ? "" : ",").append(tables.names[name]);
  return tables.names.intern(text);
}

}  // namespace

void set_cases(Test& test, const std::vector<Parametrization>& sources, ProjectTables& tables) {
  if (test.kind == TestKind::unittest_method) {
    test.cases.value = 1;
    return;
  }
  if (test.unknown_cases) return;
  std::int64_t cases = 1;
  std::string reason;
  const TestId id(tables.tests.size());
  const std::size_t first_factor = tables.case_factors.size();
  for (const Parametrization& at : sources) {
    if (at.source->sets() > 1) tables.case_factors.push_back({id, joined_names(*at.source, tables), at.source->sets()});
    if (!at.source->size.known() && reason.empty()) reason = at.source->unknown;
    cases = std::min<std::int64_t>(cases * at.source->sets(), std::numeric_limits<std::int32_t>::max());
  }
  // One factor alone is no product.
  if (tables.case_factors.size() < first_factor + 2) tables.case_factors.resize(first_factor);
  if (reason.empty()) {
    test.cases.value = static_cast<std::int32_t>(cases);
  } else {
    test.unknown_cases = tables.names.intern(reason);
  }
}

}  // namespace hasten
