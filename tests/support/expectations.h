#pragma once

// Expectation comments: what a Python file says hasten must find in it. A finding without a comment and a comment
// without a finding are mismatches, and so is a word that nobody knows.
//
//     time.sleep(2)                 # expect: HS201
//     retry()                       # expect: HS201 low "behind `retry`"
//     push(); time.sleep(1)         # expect: HS202 "behind `push`", HS201 "1 s"
//     time.sleep(2)
//     #          ^                    expect: HS201 "2 s"
//     def test_push(db): ...        # reveal: fixture db = conftest.py:12 (session)
//     helpers.push(x)               # reveal: effect network via requests.post
//     helpers.push(x)               # reveal: effect network via requests.post masked by responses
//
// Carets pin the range in the line above, quotes a part of the message, `low`, `medium` or `high` the confidence. A
// fixture's line is that of its `def`; the
// place of a plugin's fixture is `plugin`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/pipeline.h"

namespace hasten {

/// `# expect: HS201 high "2 s"`; lines are one-based.
struct Expectation {
  std::uint32_t line = 0;  // where the finding must be
  std::string code;
  std::string part;  // of the message; empty: any message
  std::optional<Confidence> confidence;
  struct Columns {  // one-based, in code points; `end` is the first behind
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(Columns, Columns) = default;
  };
  std::optional<Columns> columns;
};

/// `# reveal: fixture name = place (scope)`
struct FixtureReveal {
  std::uint32_t line = 0;
  std::string name;
  std::string place;
  std::string scope;
};

/// `# reveal: effect kind via api [masked by mask]`
struct EffectReveal {
  std::uint32_t line = 0;
  std::string kind;
  std::string api;
  std::string mask;
};

struct Expectations {
  std::vector<Expectation> findings;
  std::vector<FixtureReveal> fixtures;
  std::vector<EffectReveal> effects;
  std::vector<std::string> errors;  // "12: ..."
};

[[nodiscard]] Expectations parse_expectations(std::string_view text);

/// How `outcome` differs from the comments in the Python files below `folder` (the root directory of the project): one
/// line each, in the order of paths and lines; problems of the outcome count as well.
[[nodiscard]] std::vector<std::string> mismatches(const std::string& folder, const Outcome& outcome);

/// Reads and analyses `folder` as its own root directory, ignoring hasten's configuration in it. Empty `select`: every
/// rule. Findings of low confidence are there too.
[[nodiscard]] Outcome analyze_folder(const std::string& folder, std::vector<std::string> select, const Pool& pool);

}  // namespace hasten
