#pragma once

// `config.addinivalue_line("usefixtures", name)` in a `pytest_configure`: fixtures that every test uses, as if the
// configuration file said so (C6).

#include <string_view>
#include <vector>

#include "analyzer/values/literals.h"

namespace hasten {

/// Of the conftests and of `plugins`, in file order, as they are added. Names that are computed are left out.
[[nodiscard]] std::vector<std::string_view> configured_fixtures(const Literals& literals,
                                                                const std::vector<FileId>& plugins);

}  // namespace hasten
