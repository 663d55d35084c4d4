#pragma once

// What SARIF asks of texts and addresses.

#include <cstddef>
#include <string>
#include <string_view>

namespace hasten {

/// A path as a URI reference: everything but unreserved characters and `/` percent-encoded, byte by byte (RFC 3986). An
/// absolute path becomes a file: URI.
[[nodiscard]] std::string path_uri(std::string_view path);

/// Python text in which nothing reads as an embedded link (SARIF 3.11.6): `x[0](1)` gets a blank before `(`.
[[nodiscard]] std::string unlinked(std::string_view text);
/// The text of an embedded link, its brackets and backslashes escaped.
[[nodiscard]] std::string link_text(std::string_view text);

/// At most `code_points` characters, the last three dots when something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t code_points);

}  // namespace hasten
