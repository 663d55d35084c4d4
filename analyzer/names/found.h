#pragma once

// What one step of a name search hands to the next.

#include <string>
#include <string_view>
#include <utility>

#include "analyzer/names/names.h"

namespace hasten {

/// A denotation and how it was come by.
struct Found {
  Denotation denotation;
  int hops = 0;           // from the name to the last binding
  bool is_bound = false;  // the scope has the name, whatever it is
  bool is_cut = false;    // a bound or a cycle was met on the way: another question may find more

  static Found of(Denotation denotation) { return {.denotation = std::move(denotation), .is_bound = true}; }
  static Found external(std::string dotted) {
    Denotation denotation;
    denotation.kind = Denotation::Kind::external;
    denotation.dotted = std::move(dotted);
    return of(std::move(denotation));
  }
  static Found cut_short() { return {.denotation = {}, .is_bound = true, .is_cut = true}; }
};

inline void append_part(std::string& dotted, std::string_view part) {
  if (!dotted.empty()) dotted += '.';
  dotted += part;
}

}  // namespace hasten
