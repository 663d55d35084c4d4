#pragma once

// Modules named by a text of which only the ends are written down: `import_module("shop.backends." + name)`,
// `sys.modules[f"shop.{name}"]`.

#include <string>
#include <string_view>

#include "analyzer/values/values.h"

namespace hasten {

struct ModulePattern {
  std::string before, after;
  bool is_whole = false;  // `before` is the name

  /// At least one part of a package's name has to be written down.
  [[nodiscard]] explicit operator bool() const { return before.find('.') != std::string::npos; }
  [[nodiscard]] bool fits(std::string_view module) const;
};

/// `expr` is the text, or a call of import_module or __import__ with it.
[[nodiscard]] ModulePattern module_pattern(const ProjectTables& tables, const Values& values, FileId file,
                                           BlockId block, ExprId expr);

}  // namespace hasten
