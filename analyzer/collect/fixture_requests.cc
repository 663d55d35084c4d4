#include "analyzer/collect/fixture_requests.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hasten {
namespace {

/// A definition that is being set up, and how far its arguments have been looked at.
struct Frame {
  FixtureId fixture;
  std::size_t next = 0;
};

}  // namespace

struct FixtureRequests::Resolution {
  Fixtures& fixtures;
  const Request& request;
  TestId test;
  Seen& seen;
  std::vector<FixtureRequest>& rows;
  std::vector<Frame> stack;

  void run() {
    for (NameId name : request.initial) {
      const std::vector<FixtureId>& chain = definitions_of(name);
      if (chain.empty()) continue;
      enter(chain.back());
      while (!stack.empty()) step();
    }
  }

  void step() {
    const Fixture& fixture = row(stack.back().fixture);
    if (stack.back().next == fixture.arguments.size()) {
      stack.pop_back();
      return;
    }
    const NameId name = fixture.arguments[stack.back().next++];
    const std::vector<FixtureId>& chain = definitions_of(name);
    if (chain.empty()) return;
    // C4: a name that is requested again below itself means the next farther definition.
    const auto standing = static_cast<std::size_t>(
        std::ranges::count_if(stack, [&](const Frame& frame) { return row(frame.fixture).name == name; }));
    const bool is_cycle = standing >= chain.size();
    const FixtureId requested = is_cycle ? chain.front() : chain[chain.size() - 1 - standing];
    rows.push_back({stack.back().fixture, requested, test, is_cycle});
    if (!is_cycle) enter(requested);
  }

  void enter(FixtureId fixture) {
    if (seen.entered.insert(fixture).second) stack.push_back({fixture});
  }

  const std::vector<FixtureId>& definitions_of(NameId name) {
    const auto [place, is_new] = seen.definitions.try_emplace(name);
    if (is_new && !is_given(name)) place->second = fixtures.visible(request.holder, name);
    return place->second;
  }

  /// By a parametrize mark: no fixture is asked.
  [[nodiscard]] bool is_given(NameId name) const {
    return std::ranges::find(request.shielded, name) != request.shielded.end() ||
           std::ranges::find(request.parametrized, name) != request.parametrized.end();
  }

  [[nodiscard]] const Fixture& row(FixtureId fixture) const { return fixtures.tables().fixtures[fixture]; }
};

void FixtureRequests::add(const Request& request, TestId test) {
  if (!request.shielded.empty() || !request.parametrized.empty()) {
    Seen own;
    Resolution{fixtures_, request, test, own, rows_, {}}.run();
    return;
  }
  if (last_.holder != request.holder) last_ = {request.holder, {}, {}};
  Resolution{fixtures_, request, test, last_, rows_, {}}.run();
}

std::vector<FixtureRequest> FixtureRequests::take() && {
  const auto pair = [](const FixtureRequest& row) { return std::tuple(row.requester, row.requested, row.is_cycle); };
  std::ranges::sort(rows_, {}, [&](const FixtureRequest& row) { return std::tuple(pair(row), row.test); });
  const auto repeated = std::ranges::unique(rows_, {}, pair);
  rows_.erase(repeated.begin(), repeated.end());
  return std::move(rows_);
}

}  // namespace hasten
