#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>

#include "analyzer/accesses/accesses.h"
#include "analyzer/accesses/disjoint_sets.h"
#include "analyzer/model/alone_marks.h"

namespace hasten {
namespace {

using std::string_view;

struct TestReason {
  TestId test;
  Reason reason;
};

class Judge {
 public:
  explicit Judge(ProjectTables& tables) : tables_(tables), sets_(tables.tests.size()) {}

  void judge() {
    for (std::size_t begin = 0; begin < tables_.accesses.size();) {
      std::size_t end = begin;
      while (end < tables_.accesses.size() && tables_.accesses[end].resource == tables_.accesses[begin].resource) ++end;
      look_at(begin, end);
      begin = end;
    }
    join_removed_folders();
    for (const TestId test : tables_.tests.ids()) add_own_reasons(test);
    number_groups();
    write_verdicts();
  }

 private:
  void look_at(std::size_t begin, std::size_t end) {
    const Resource& resource = tables_.resources[tables_.accesses[begin].resource];
    if (!is_between_processes(resource.kind)) return look_at_state(begin, end);
    if (resource.kind == ResourceKind::service) return look_at_service(begin, end);
    std::vector<std::size_t> meeting;
    for (std::size_t at = begin; at < end; ++at) {
      if (!resource.name || is_possible(tables_.accesses[at])) {
        add(ReasonKind::unknown_place, at);
      } else {
        meeting.push_back(at);
      }
    }
    look_at_meeting(meeting);
  }

  [[nodiscard]] bool is_possible(const Access& access) const {
    return tables_.paths[tables_.reaches[access.reach].path].is_possible;
  }

  void look_at_meeting(std::span<const std::size_t> rows) {
    const auto writes = [&](std::size_t at) { return tables_.accesses[at].mode == AccessMode::write; };
    if (std::ranges::none_of(rows, writes)) return;
    if (rows.size() > 1) return connect(rows, ReasonKind::meets);
    if (tables_.tests[tables_.accesses[rows[0]].test].cases.value != 1) connect(rows, ReasonKind::meets_itself);
  }

  void look_at_service(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      const bool only_asks = tables_.accesses[at].mode == AccessMode::read;
      add(only_asks ? ReasonKind::asks_outside : ReasonKind::changes_outside, at);
    }
  }

  void look_at_state(std::size_t begin, std::size_t end) {
    const auto leaks = [&](std::size_t at) {
      return tables_.accesses[at].mode == AccessMode::write && !tables_.accesses[at].is_restored;
    };
    std::vector<std::size_t> leaking, reading;
    bool is_in_tests = false;
    for (std::size_t at = begin; at < end; ++at) {
      if (leaks(at)) {
        leaking.push_back(at);
        is_in_tests |= tables_.accesses[at].is_in_tests != 0;
      } else if (tables_.accesses[at].mode == AccessMode::read) {
        reading.push_back(at);
      }
    }
    if (leaking.empty()) return;
    const std::size_t involved = leaking.size() + reading.size();
    const std::size_t half_or_quarter = tables_.tests.size() / (is_in_tests ? 2 : 4);
    const bool is_everywhere = involved > std::max(many_tests, half_or_quarter);
    if (reading.empty() || is_everywhere) {
      for (const std::size_t at : leaking) add(ReasonKind::leaves_behind, at);
      return;
    }
    const TestId first = tables_.accesses[leaking[0]].test;
    for (const std::size_t at : leaking) {
      add(ReasonKind::leaks, at, tables_.accesses[reading[0]].test, reading.size());
      sets_.join(first.index(), tables_.accesses[at].test.index());
    }
    for (const std::size_t at : reading) {
      add(ReasonKind::is_leaked_to, at, first, leaking.size());
      sets_.join(first.index(), tables_.accesses[at].test.index());
    }
    shared_.push_back(tables_.accesses[begin].resource);
  }

  /// Everyone at the resource shares a worker.
  void connect(std::span<const std::size_t> rows, ReasonKind kind) {
    const TestId first = tables_.accesses[rows[0]].test;
    for (const std::size_t at : rows) {
      const TestId test = tables_.accesses[at].test;
      const TestId other = at == rows[0] && rows.size() > 1 ? tables_.accesses[rows[1]].test : first;
      add(kind, at, kind == ReasonKind::meets ? other : TestId(), rows.size() - 1);
      sets_.join(first.index(), test.index());
    }
    shared_.push_back(tables_.accesses[rows[0]].resource);
  }

  /// `rmtree("out")` takes `out/a.txt` away from whoever works there.
  void join_removed_folders() {
    struct Row {
      PathRoot root;
      string_view path;
      std::size_t access;
    };
    std::vector<Row> rows;
    for (std::size_t at = 0; at < tables_.accesses.size(); ++at) {
      const Resource& resource = tables_.resources[tables_.accesses[at].resource];
      if (resource.kind == ResourceKind::path && resource.name) {
        rows.push_back({resource.root, tables_.names[resource.name], at});
      }
    }
    // With a slash behind each, what lies below a folder follows it at once.
    const auto is_below = [](string_view path, string_view folder) {
      return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
    };
    std::ranges::stable_sort(
        rows, [](const Row& a, const Row& b) { return std::tie(a.root, a.path) < std::tie(b.root, b.path); });
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const Access& removal = tables_.accesses[rows[at].access];
      if (!removal.is_removal) continue;
      for (std::size_t next = at + 1;
           next < rows.size() && rows[next].root == rows[at].root && rows[next].path.starts_with(rows[at].path);
           ++next) {
        const Access& inside = tables_.accesses[rows[next].access];
        if (inside.test == removal.test || !is_below(rows[next].path, rows[at].path)) continue;
        add(ReasonKind::meets, rows[at].access, inside.test, 1);
        add(ReasonKind::meets, rows[next].access, removal.test, 1);
        sets_.join(removal.test.index(), inside.test.index());
        shared_.push_back(removal.resource);
      }
    }
  }

  void add_own_reasons(TestId id) {
    const Test& test = tables_.tests[id];
    for (const TestMark& mark : test.marks) {
      if (std::ranges::find(alone_marks, tables_.names[mark.name]) == alone_marks.end()) continue;
      reasons_.push_back({id, {ReasonKind::is_marked, Reason::no_access, {}, 0, mark.name}});
    }
    for (const ClosureEntry& entry : test.closure) {
      const bool measures = entry.fixture && tables_.names[entry.name] == "benchmark" &&
                            tables_.fixtures[entry.fixture].origin == FixtureOrigin::plugin;
      if (!measures) continue;
      reasons_.push_back({id, {ReasonKind::measures_time, Reason::no_access, {}, 0, entry.name}});
    }
  }

  void add(ReasonKind kind, std::size_t access, TestId other = {}, std::size_t others = 0) {
    const Reason reason{kind, static_cast<std::uint32_t>(access), other, static_cast<std::uint32_t>(others), {}};
    reasons_.push_back({tables_.accesses[access].test, reason});
  }

  /// Groups are numbered by their first test.
  void number_groups() {
    groups_.resize(tables_.tests.size());
    std::vector<bool> is_grouped(tables_.tests.size());
    for (const TestReason& row : reasons_) {
      if (verdict_of(row.reason.kind) == VerdictKind::grouped) is_grouped[row.test.index()] = true;
    }
    std::map<std::uint32_t, GroupId> numbers;
    for (const TestId test : tables_.tests.ids()) {
      if (!is_grouped[test.index()]) continue;
      const auto [entry, is_new] = numbers.try_emplace(sets_.find(test.index()));
      if (is_new) entry->second = tables_.groups.add({});
      groups_[test.index()] = entry->second;
      tables_.groups[entry->second].tests.push_back(test);
    }
    std::ranges::sort(shared_);
    const auto repeated = std::ranges::unique(shared_);
    shared_.erase(repeated.begin(), repeated.end());
    for (const ResourceId resource : shared_) {
      const auto access = std::ranges::lower_bound(tables_.accesses, resource, {}, &Access::resource);
      for (auto at = access; at != tables_.accesses.end() && at->resource == resource; ++at) {
        if (!groups_[at->test.index()]) continue;
        tables_.groups[groups_[at->test.index()]].resources.push_back(resource);
        break;
      }
    }
  }

  void write_verdicts() {
    std::ranges::stable_sort(reasons_, {}, [](const TestReason& row) { return std::tuple(row.test, row.reason.kind); });
    std::size_t next = 0;
    for (const TestId test : tables_.tests.ids()) {
      Verdict verdict;
      verdict.group = groups_[test.index()];
      verdict.first_reason = static_cast<std::uint32_t>(tables_.reasons.size());
      for (; next < reasons_.size() && reasons_[next].test == test; ++next) {
        if (verdict.reasons++ == 0) verdict.kind = verdict_of(reasons_[next].reason.kind);
        tables_.reasons.push_back(reasons_[next].reason);
      }
      tables_.verdicts.add(verdict);
    }
  }

  ProjectTables& tables_;
  DisjointSets sets_;
  std::vector<TestReason> reasons_;
  std::vector<ResourceId> shared_;  // that connect tests
  std::vector<GroupId> groups_;     // by test
};

}  // namespace

void link_verdicts(ProjectTables& tables) { Judge(tables).judge(); }

}  // namespace hasten
