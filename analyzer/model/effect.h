#pragma once

// What code does besides computing: the vocabulary that knowledge, linking and rules share.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "analyzer/base/clock.h"
#include "analyzer/model/ids.h"

namespace hasten {

enum class EffectKind : std::uint8_t {
  sleep,
  network,
  subprocess,
  file_write,
  file_read,  // of large data; with EffectDetail::all, of any file that others may write
  database,
  environment,
  working_directory,
  process_state,  // locale, logging, warnings, signals, sys.path, sys.modules, default timeouts, seeds
  global_state,   // module, class or singleton state
  clock,
  randomness,
  thread,
  port,
  heavy_construction,
  password_hash,  // slow on purpose, by a number of rounds that can be chosen
  named_object,   // makes what others find by its name on a server or daemon: a bucket, a queue, a container
  state_read,  // of an environment variable, or of an attribute of a module or class, that some test changes for good;
               // only with EffectDetail::all
};
inline constexpr std::size_t effect_kinds = 18;

/// "sleep", "file-write", ...: as in expectation comments, JSON and knowledge files (with - for _).
[[nodiscard]] std::string_view to_string(EffectKind kind);

class EffectSet {
 public:
  constexpr EffectSet() = default;
  constexpr EffectSet(std::initializer_list<EffectKind> kinds) {
    for (EffectKind kind : kinds) add(kind);
  }
  constexpr void add(EffectKind kind) { bits_ |= 1U << static_cast<unsigned>(kind); }
  constexpr void add(EffectSet set) { bits_ |= set.bits_; }
  [[nodiscard]] constexpr bool has(EffectKind kind) const { return bits_ >> static_cast<unsigned>(kind) & 1U; }
  [[nodiscard]] constexpr bool meets(EffectSet set) const { return (bits_ & set.bits_) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(EffectSet, EffectSet) = default;

 private:
  std::uint32_t bits_ = 0;
};

/// Order of magnitude of one call when nothing was measured; the seconds are priors for estimates.
enum class CostClass : std::uint8_t {
  none,        // not worth a figure
  trivial,     // microseconds
  cheap,       // about a millisecond
  moderate,    // about 30 ms: an application object, a connection on this machine
  heavy,       // about 0.3 s: a remote connection, an engine with its schema, a large file
  very_heavy,  // seconds: a server, a browser, a container, a model
};
[[nodiscard]] std::string_view to_string(CostClass cost);
[[nodiscard]] Seconds typical_seconds(CostClass cost);

/// Whether a change of state is taken back before anyone else can see it.
enum class Restored : std::uint8_t {
  not_applicable,  // the effect leaves no state
  no,
  yes,
  unknown,
};

/// How much linking notes down.
enum class EffectDetail : std::uint8_t {
  sure,        // what others may notice and no call that may lead elsewhere stands before: enough for what rules say
  noticeable,  // and what stands behind such calls: what rules say with low confidence
  all,         // also writes to folders of the test's own, connections to this machine, and reads of what others change
};

/// Where a path leads, seen from the process.
enum class PathRoot : std::uint8_t {
  none,  // no path
  unknown,
  unique_temporary,   // tmp_path, TemporaryDirectory, mkdtemp: nobody else has it
  shared_temporary,   // gettempdir(), /tmp/fixed-name, tmp_path_factory.getbasetemp().parent
  source_tree,        // __file__
  working_directory,  // a relative path
  home,
  absolute,
};
[[nodiscard]] std::string_view to_string(PathRoot root);
/// A path as people write it: `~/.cache/x`, `/tmp/x`, `<tmp>/x` below a folder of the test's own, `<source>/x` below
/// the folder of the source file. Empty when neither root nor tail is known.
[[nodiscard]] std::string path_template(PathRoot root, std::string_view tail);

/// One place in the analysed code that does something: a call, an assignment to os.environ, a `global` rebinding.
struct Effect {
  EffectKind kind{};
  Restored restored = Restored::not_applicable;
  CostClass cost = CostClass::none;
  PathRoot root = PathRoot::none;
  std::uint8_t is_private = 0;  // happens, but no other test, worker or machine can notice
  Place place;                  // the call or statement, short enough for an annotation
  Place told;                   // the call that passes what is touched to a function; none where `place` says it
  FunctionId function;          // whose body it stands in; none for module and class level
  NameId api;       // dotted name of what is called or changed: `requests.post`, `os.environ`, `shop.cart.CARTS`
  NameId resource;  // key, path tail, URL, port, "bucket orders": as far as it is literal; none otherwise
  Seconds seconds;  // of one execution, where the code says so; `without_end` for a wait that nothing limits
  std::uint32_t repeats = 1;  // executions per call of the function, where a loop says so
};

}  // namespace hasten
