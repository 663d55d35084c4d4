// Any bytes are a TOML file or an error that says something.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/config/toml_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = hasten::parse_toml(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!parsed && parsed.reason().message.empty()) std::abort();
  return 0;
}
