#pragma once

// Which fixture definition asks for which, as pytest resolves a name along the chain of requests that leads to it (C4),
// and where such a chain comes back to a fixture that is still being set up.

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzer/collect/closures.h"
#include "analyzer/collect/fixtures.h"
#include "analyzer/model/project.h"

namespace hasten {

class FixtureRequests {
 public:
  explicit FixtureRequests(Fixtures& fixtures) : fixtures_(fixtures) {}

  /// What the fixtures that `test` needs ask of each other.
  void add(const Request& request, TestId test);
  /// All of them, sorted, of each pair the row of the first test.
  [[nodiscard]] std::vector<FixtureRequest> take() &&;

 private:
  /// What is known at one place of the collection tree. A fixture asks there for the same whichever test needs it,
  /// unless a mark gives it an argument.
  struct Seen {
    Fixtures::Holder holder = 0;
    std::unordered_map<NameId, std::vector<FixtureId>> definitions;
    std::unordered_set<FixtureId> entered;
  };
  struct Resolution;

  Fixtures& fixtures_;
  Seen last_;  // tests of one holder come one after the other
  std::vector<FixtureRequest> rows_;
};

}  // namespace hasten
