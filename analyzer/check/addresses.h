#pragma once

// Hosts in what code says: which are other machines, and which clients of the network go where they are told.

#include <string_view>

namespace hasten {

/// Of `https://user@host:443/path`, `host:443` or `host`; empty when the text is a pattern (`%s`, `{host}`) or a name
/// of something else (`owner/model`) rather than a host.
[[nodiscard]] std::string_view known_host(std::string_view address);
/// This machine, the names that test clients use, and the domains that RFC 2606 keeps from resolving.
[[nodiscard]] bool stays_here(std::string_view host);
/// Kept for examples by RFC 2606. It exists, but what is passed it is rarely meant to go there.
[[nodiscard]] bool is_example(std::string_view host);

/// Without an address these say nothing: most sockets of tests lead to this machine, and urlopen reads local files.
[[nodiscard]] bool needs_address(std::string_view api);
/// Clients of whatever address they are given; the address that test code keeps to itself is mostly that of a server
/// which the test has started.
[[nodiscard]] bool takes_address(std::string_view api);

}  // namespace hasten
