#pragma once

// [[tool.hasten.api]] and [[tool.hasten.decorator]] as entries of knowledge. What they mean is knowledge's affair.

#include <optional>
#include <vector>

#include "analyzer/config/toml_file.h"
#include "analyzer/model/entry.h"

namespace hasten {

/// The tables of the array `value`, each as an entry of the kind that the array's key names, at places of file number
/// 0. None when it is no array of tables.
[[nodiscard]] std::optional<std::vector<facts::Entry>> entries_of(const TomlValue& value);

}  // namespace hasten
