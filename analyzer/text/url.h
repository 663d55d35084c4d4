#pragma once

// The part of an address that names a machine; nothing is looked up or decoded.

#include <algorithm>
#include <string_view>

namespace hasten {

/// `api.example.org:443` of `https://user@api.example.org:443/orders?id=1`, and of the bare `api.example.org:443`. A
/// view of `url`.
[[nodiscard]] inline std::string_view authority_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  return rest.substr(rest.rfind('@') + 1);
}

/// Never leaves this machine: `http://localhost:8000/`, `127.0.0.1`, and `testserver`, as which Django and Starlette
/// answer in the same process; `about:blank`, `data:text/html,...` and the like, which name no machine.
[[nodiscard]] inline bool is_loopback(std::string_view url) {
  constexpr std::string_view without_host[] = {"about:", "blob:", "chrome:", "data:", "file:", "javascript:"};
  if (std::ranges::any_of(without_host, [&](std::string_view scheme) { return url.starts_with(scheme); })) return true;
  constexpr std::string_view local[] = {"localhost", "127.", "[::1]", "0.0.0.0", "testserver", "::1"};
  const std::string_view host = authority_of(url);
  return std::ranges::any_of(local, [&](std::string_view name) { return host.starts_with(name); });
}

}  // namespace hasten
