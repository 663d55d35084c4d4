#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/lower/lower.h"
#include "tests/support/file_invariants.h"

namespace hasten::testing {

inline FileModel lowered(std::string_view source) {
  Parser parser;
  FileModel file = lower(source, parser);
  for (const std::string& violation : FileInvariants(file).violations()) ADD_FAILURE() << violation;
  return file;
}

/// The rows as text, without the line end behind the last.
inline std::string rows(std::string_view source) {
  std::string text = dump(lowered(source));
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace hasten::testing
