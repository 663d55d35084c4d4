#include "analyzer/check/addresses.h"

#include <algorithm>
#include <array>

#include "analyzer/text/url.h"

namespace hasten {
namespace {

std::string_view host_of(std::string_view address) {
  const std::string_view authority = authority_of(address);
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

std::string_view known_host(std::string_view address) {
  const std::string_view host = host_of(address);
  const bool is_address = host.find('.') != std::string_view::npos || address.find(':') != std::string_view::npos ||
                          host == "localhost" || host == address;
  return is_address && host.find_first_of("%{}<> ") == std::string_view::npos ? host : std::string_view();
}

bool stays_here(std::string_view host) {
  constexpr std::array<std::string_view, 5> names = {"localhost", "0.0.0.0", "[::1]", "testserver", "testclient"};
  return std::ranges::find(names, host) != names.end() || host.starts_with("127.") || host.starts_with("localhost.") ||
         host.ends_with(".localhost") || host == "test" || host.ends_with(".test") || host.ends_with(".invalid");
}

bool is_example(std::string_view host) {
  return std::ranges::any_of(std::array<std::string_view, 3>{"example.com", "example.net", "example.org"},
                             [&](std::string_view name) { return host.ends_with(name); });
}

bool needs_address(std::string_view api) {
  return api.starts_with("socket.") || api.starts_with("asyncio.") || api.starts_with("urllib.");
}

bool takes_address(std::string_view api) {
  constexpr std::array<std::string_view, 9> packages = {"aiohttp",  "ftplib",  "http.client", "httpx",     "paramiko",
                                                        "requests", "smtplib", "urllib3",     "websockets"};
  return std::ranges::any_of(packages, [&](std::string_view package) {
    return api.size() > package.size() && api.starts_with(package) && api[package.size()] == '.';
  });
}

}  // namespace hasten
