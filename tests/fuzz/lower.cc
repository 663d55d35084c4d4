// Any bytes lower to rows that stay inside the file, and to the same rows each time.

#include "analyzer/lower/lower.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/text/source.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_ranges(const hasten::FileModel& file, std::size_t size) {
  const auto inside = [size](hasten::TextRange range) { return range.begin <= range.end && range.end <= size; };
  for (const auto& expr : file.exprs) require(inside(expr.range));
  for (const auto& statement : file.statements) require(inside(statement.range));
  for (const auto& function : file.functions) require(inside(function.range));
  for (const auto& problem : file.problems) require(inside(problem.range));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static hasten::Parser parser;
  const std::string bytes = hasten::decoded_python(std::string(reinterpret_cast<const char*>(data), size));
  const hasten::FileModel file = hasten::lower(bytes, parser);
  check_ranges(file, bytes.size());
  require(dump(file) == dump(hasten::lower(bytes, parser)));
  return 0;
}
