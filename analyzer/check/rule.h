#pragma once

// A rule is one constant in one file under rules/: what it is called, what it wants to see, its hooks and its page. All
// that prints a rule (explain, SARIF, README, completions) prints from this constant.

#include <cstdint>
#include <span>
#include <string_view>

#include "analyzer/model/effect.h"
#include "analyzer/model/finding.h"
#include "analyzer/model/ids.h"

namespace hasten {

class Check;

enum class FixKind : std::uint8_t { none, safe, unsafe };

/// Called once per row; plain functions, so a rule can hold no state. Those a rule does not need stay null.
struct Hooks {
  void (*on_effect)(Check&, EffectId) = nullptr;  // only effects of the kinds the rule wants
  void (*on_call)(Check&, CallRef) = nullptr;
  void (*on_test)(Check&, TestId) = nullptr;
  void (*on_fixture)(Check&, FixtureId) = nullptr;
  void (*on_file)(Check&, FileId) = nullptr;
  void (*on_suite)(Check&) = nullptr;
};

struct Rule {
  std::string_view code;     // HS201
  std::string_view name;     // sleep-in-test: says the bad thing, kebab-case
  std::string_view summary;  // one line for tables
  Severity severity = Severity::warning;
  Confidence confidence = Confidence::high;
  FixKind fix = FixKind::none;
  std::string_view since;  // version that introduced it
  EffectSet wants;
  Hooks hooks;
  std::string_view help;  // one sentence of advice, shown under a finding
  std::string_view page;  // Markdown; every fence is run as a test
};

/// Every rule, by code. Generated from the file names under rules/.
[[nodiscard]] std::span<const Rule* const> all_rules();

/// By code (`HS201`) or name (`sleep-in-test`); null when there is none.
[[nodiscard]] const Rule* find_rule(std::string_view code_or_name);

}  // namespace hasten
