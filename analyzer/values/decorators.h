#pragma once

// Decorators by the last part of their name, for those whose meaning does not depend on where they come from.

#include <string_view>

#include "analyzer/model/file_model.h"

namespace hasten {

/// `@name`, `@package.name`, `@name(...)`.
[[nodiscard]] bool has_decorator(const FileModel& model, const Function& function, std::string_view name);

/// `@property`, `@cached_property`: reading the attribute runs it.
[[nodiscard]] bool is_property(const FileModel& model, const Function& function);
/// The property itself of a `@name.setter` or `@name.deleter`, which take over its name; any other function is itself.
[[nodiscard]] FunctionId property_of(const FileModel& model, FunctionId accessor);

}  // namespace hasten
