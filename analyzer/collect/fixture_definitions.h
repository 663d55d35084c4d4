#pragma once

// Which functions are fixtures, and what their decorator says (C1). One definition may be registered many times.

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/values/literals.h"
#include "analyzer/values/signatures.h"

namespace hasten {

struct FixtureDefinition {
  FunctionRef function;                  // none for a lambda
  Place lambda;                          // the lambda
  std::optional<std::string_view> name;  // name=
  Scope scope = Scope::function;
  bool scope_is_known = true;
  bool is_autouse = false;
  Count params;  // 0 without params=
  Site params_site{};
  std::vector<std::string_view> arguments;
  bool has_unknown_arguments = false;
};

/// The scope of this name in pytest's spelling.
[[nodiscard]] std::optional<Scope> scope_named(std::string_view name);

class FixtureDefinitions {
 public:
  FixtureDefinitions(const Literals& literals, const Signatures& signatures)
      : literals_(literals), signatures_(signatures) {}

  /// The definition behind a function, or behind a variable like `db = pytest.fixture(make_db)`; null when it is none.
  [[nodiscard]] const FixtureDefinition* of(const Denotation& denotation) const;

 private:
  /// A use of pytest.fixture: the calls with its arguments, the nearest first, or none for a bare decorator.
  struct Marker {
    std::vector<Site> calls;  // several: `module_fixture(name="db")` over `functools.partial(fixture, scope="module")`
    Site made;  // what becomes the fixture, where a factory of the project puts something else in the place
  };
  [[nodiscard]] std::optional<FixtureDefinition> of_function(FunctionRef function) const;
  [[nodiscard]] std::optional<FixtureDefinition> of_value(const Denotation& variable) const;
  [[nodiscard]] std::optional<Marker> marker(Site decorator, int hops) const;
  [[nodiscard]] std::optional<Marker> marker_returned(FunctionRef decorator, int hops) const;
  [[nodiscard]] std::optional<FixtureDefinition> made_by(const Denotation& maker) const;
  [[nodiscard]] bool names_itself(FunctionRef function) const;
  [[nodiscard]] std::optional<FixtureDefinition> of_object(Site object, const Marker& marker) const;
  [[nodiscard]] FixtureDefinition read(FunctionRef function, const Marker& marker) const;
  [[nodiscard]] static Site argument(const Literals& literals, const Marker& marker, std::string_view name);
  void read_scope(Site site, FixtureDefinition& definition) const;

  const Literals& literals_;
  const Signatures& signatures_;
  mutable std::unordered_map<FunctionRef, std::optional<FixtureDefinition>> functions_;
  mutable std::unordered_map<ExprRef, std::optional<FixtureDefinition>> values_;
};

}  // namespace hasten
