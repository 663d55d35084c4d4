#pragma once

// Code that has the system choose a free port, closes the socket and only then uses the number.

#include <optional>

#include "analyzer/model/project.h"

namespace hasten {

/// Where the number of the port is used, stored or handed out after its socket is closed; `bind` is an effect of kind
/// `port` that takes port 0. None while the socket is kept, and when it is handed out together with the number.
[[nodiscard]] std::optional<Place> use_of_given_up_port(const Project& project, const Effect& bind);

}  // namespace hasten
