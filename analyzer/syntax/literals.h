#pragma once

// Python's string literals: what stands between the quotes, and what it means.

#include <cstdint>
#include <string>
#include <string_view>

namespace hasten {

struct Literal {
  std::string_view body;    // between the quotes
  std::uint32_t begin = 0;  // of the body, from the start of the literal
  bool is_bytes = false;
  bool is_raw = false;
  bool is_template = false;  // f"" and t"": interpolates
};

/// `text` is one literal with prefix and quotes; one that is never closed ends with the text.
[[nodiscard]] Literal split_literal(std::string_view text);

/// Appends what `literal` denotes: escapes resolved unless raw, `{{` and `}}` halved in templates, line ends as \n.
/// Of bytes it appends the raw text. `\N{...}` stays as written; what is no character becomes U+FFFD.
void append_decoded(std::string& out, const Literal& literal);

}  // namespace hasten
