#pragma once

// The arguments of an API that say something, by the key that entries use for each.

#include <array>
#include <string_view>

#include "analyzer/knowledge/knowledge.h"

namespace hasten {

struct ApiArgument {
  std::string_view key;
  ArgumentRef Api::*member;
};

inline constexpr std::array<ApiArgument, 11> api_arguments = {{{"seconds", &Api::seconds},
                                                               {"path", &Api::path},
                                                               {"mode", &Api::mode},
                                                               {"url", &Api::url},
                                                               {"port", &Api::port},
                                                               {"key", &Api::key},
                                                               {"target", &Api::target},
                                                               {"timeout", &Api::timeout},
                                                               {"needs", &Api::needs},
                                                               {"wraps", &Api::wraps},
                                                               {"runs", &Api::runs}}};

}  // namespace hasten
