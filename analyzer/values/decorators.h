#pragma once

// Decorators by the last part of their name, for those whose meaning does not depend on where they come from.

#include <string_view>

#include "analyzer/model/file_model.h"

namespace hasten {

/// `@name`, `@package.name`, `@name(...)`.
[[nodiscard]] bool has_decorator(const FileModel& model, const Function& function, std::string_view name);

}  // namespace hasten
