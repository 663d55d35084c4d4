#pragma once

// Which fixtures a test uses, in the order in which pytest sets them up (C4, C6-C9).

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/collect/fixtures.h"
#include "analyzer/collect/pytest_rules.h"
#include "analyzer/model/project.h"

namespace hasten {

/// What the items of a test function are made with.
enum class ItemParameters : std::uint8_t {
  of_fixtures,  // when a fixture of the closure has them
  given,        // by marks or hooks, to fixtures too
  never,        // a TestCase's method
};

/// What a test asks for.
struct Request {
  Fixtures::Holder holder = 0;
  std::size_t autouse = 0;           // how many of `initial` are autouse names
  std::vector<NameId> initial;       // C6 in order: autouse, usefixtures, arguments
  std::vector<NameId> shielded;      // directly parametrized: not followed
  std::vector<NameId> parametrized;  // by marks once items are made; what only these needed leaves the closure
  ItemParameters parameters{};
};

struct Closure {
  std::vector<ClosureEntry> entries;
  std::vector<ClosureEntry> overridden;
  // The entries before those left that nothing needs once parameters are given; empty when none left. The params of
  // all of them multiply the items nevertheless.
  std::vector<ClosureEntry> unpruned;
};

class Closures {
 public:
  Closures(Fixtures& fixtures, const PytestRules& rules) : fixtures_(fixtures), rules_(rules) {}

  [[nodiscard]] Closure of(const Request& request);

 private:
  struct Walk;
  void breadth_first(Walk& walk) const;
  void depth_first(Walk& walk, const std::vector<NameId>& initial) const;
  [[nodiscard]] static bool makes_calls(Walk& walk, const Request& request);
  static void drop_repeated(Walk& walk);
  void prune(Walk& walk, const Request& request) const;
  void sort_by_scope(Walk& walk) const;
  [[nodiscard]] ClosureEntry entry_of(const Walk& walk, NameId name, const Request& request) const;
  [[nodiscard]] Closure finished(const Walk& walk, const Request& request) const;

  Fixtures& fixtures_;
  const PytestRules& rules_;
};

}  // namespace hasten
