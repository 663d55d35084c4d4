#pragma once

// What is known of a dotted name, for people and as JSON.

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/knowledge.h"

namespace hasten {

/// One name that somebody asked about. At least one of `api`, `class_`, `decorator` and `below` is there.
struct KnownName {
  std::string asked;
  std::string name;  // that facts are filed under
  const Api* api = nullptr;
  const KnownClass* class_ = nullptr;
  const KnownDecorator* decorator = nullptr;
  std::vector<const Api*> below;       // of a module or class: what is in it, by name
  std::vector<std::string> masked_by;  // what keeps its effects from happening
};

[[nodiscard]] std::string report_known_name(const KnownName& known);
[[nodiscard]] std::string report_known_name_json(const KnownName& known);

}  // namespace hasten
