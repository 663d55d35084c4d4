#pragma once

// Patches of the tests that do not do what they look like.

#include <cstdint>

#include "analyzer/model/ids.h"

namespace hasten {

enum class PatchTrouble : std::uint8_t {
  not_looked_up,  // whoever uses what it replaces holds it under a name of its own
  never_stopped,  // started by hand, and nothing stops it
};

struct PatchFact {
  PatchTrouble trouble{};
  Place place;    // the call that patches, or that starts the patch
  NameId target;  // not_looked_up: what is replaced, "shop.api.fetch"
  NameId held;    // not_looked_up: the name that is used in its stead, "shop.views.fetch"
  Place holder;   // not_looked_up: the import that makes that name
};

}  // namespace hasten
