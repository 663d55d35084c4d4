#pragma once

// What tests share with each other, and what follows for running them side by side. Two kinds of trouble that must not
// be mixed up: tests on different workers meet at a path, a port or a database; state of the process leaks to whatever
// runs next on the same worker and to no other.

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/model/effect.h"
#include "analyzer/model/ids.h"

namespace hasten {

using ResourceId = Id<struct ResourceTag>;
using GroupId = Id<struct GroupTag>;

enum class ResourceKind : std::uint8_t {
  // Between processes.
  path,
  port,
  database,
  named_object,  // "bucket orders": what is found by its name on a server or daemon
  service,       // on another machine
  // Within one process.
  environment,
  global_state,  // an attribute of a module or class
  process_state,
  working_directory,
};
[[nodiscard]] std::string_view to_string(ResourceKind kind);
[[nodiscard]] constexpr bool is_between_processes(ResourceKind kind) { return kind <= ResourceKind::service; }

struct Resource {
  ResourceKind kind{};
  PathRoot root = PathRoot::none;  // of a path, and of a database in a file
  NameId name;  // path below the root, port, database, host, environment key, dotted name; none: which one is not known
  friend bool operator==(const Resource&, const Resource&) = default;
};
static_assert(sizeof(Resource) == 8);

enum class AccessMode : std::uint8_t { read, write };

/// One test at one resource; of several ways that lead there, the gravest: rows are sorted by resource, then test, and
/// there is one for each pair. What a mask keeps from happening is no access.
struct Access {
  ResourceId resource;
  TestId test;
  std::uint32_t reach = 0;  // the row of `reaches` that is its witness
  AccessMode mode{};
  std::uint8_t is_restored = 0;  // state of the process: it is put back before the next test
  std::uint8_t is_removal = 0;   // it removes the path, and what lies below it
  std::uint8_t is_in_tests = 0;  // the change stands in test code
};
static_assert(sizeof(Access) == 16);

enum class VerdictKind : std::uint8_t {
  parallel,  // nothing is known that another worker could disturb
  grouped,   // may run beside others, but on one worker with its group
  serial,    // must have the machine for itself
  unknown,   // shares something, and what it is only a run can tell
};
[[nodiscard]] std::string_view to_string(VerdictKind kind);

/// The gravest first.
enum class ReasonKind : std::uint8_t {
  is_marked,        // by its author, to run alone
  measures_time,    // other workers would be measured as well
  unknown_place,    // a port, path or database that only a run can tell
  changes_outside,  // something on another machine; whether tests are kept apart there is not known
  meets,            // tests use a resource that at least one of them changes
  meets_itself,     // cases of the one test would, on different workers
  leaks,            // it leaves state behind that another test reads
  is_leaked_to,     // it reads state that another test leaves behind
  leaves_behind,    // state that nobody is known to read, or that half of the suite shares: no trouble by itself
  asks_outside,     // reads from another machine: others may do so too
};
[[nodiscard]] VerdictKind verdict_of(ReasonKind reason);

struct Reason {
  static constexpr std::uint32_t no_access = 0xFFFFFFFF;
  ReasonKind kind{};
  std::uint32_t access = no_access;  // row of `accesses`: its own
  TestId other;                      // the first other test, for what involves one
  std::uint32_t others = 0;          // how many
  NameId detail;                     // the mark or the fixture that says so
};
static_assert(sizeof(Reason) == 20);

struct Verdict {
  VerdictKind kind{};
  GroupId group;  // with whom; also of a test that is serial or unknown for another reason
  std::uint32_t first_reason = 0, reasons = 0;  // gravest first
};
static_assert(sizeof(Verdict) == 16);

/// Tests that must share a worker, because of resources that connect them.
struct Group {
  std::vector<TestId> tests;          // ascending
  std::vector<ResourceId> resources;  // ascending
};

}  // namespace hasten
