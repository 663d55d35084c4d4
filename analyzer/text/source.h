#pragma once

// One file's bytes and the way from a byte to what people and formats call a line and a column.
// The columns of each format: UTF-16 (SARIF, LSP), code points (people), bytes (reviewdog).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/text/text_range.h"

namespace hasten {

/// One-based, as printed.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr auto operator<=>(LineColumn, LineColumn) = default;
};

enum class ColumnUnit : std::uint8_t { byte, code_point, utf16 };

class Source {
 public:
  Source() = default;
  /// `path` is what is printed: relative to the root directory, `/` separated. `bytes` are UTF-8 (see read_source).
  Source(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {}

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::string_view text(TextRange range) const { return bytes().substr(range.begin, range.size()); }

  /// The first call counts the lines and is not thread safe; call index_lines() before sharing.
  void index_lines();
  [[nodiscard]] bool lines_are_indexed() const { return !line_starts_.empty(); }
  [[nodiscard]] std::uint32_t line_count() const;
  /// One-based line of a byte offset. Offsets past the end belong to the last line.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
  [[nodiscard]] LineColumn line_column(std::uint32_t offset, ColumnUnit unit = ColumnUnit::code_point) const;
  /// Bytes of a one-based line without its line end.
  [[nodiscard]] TextRange line_range(std::uint32_t line) const;
  [[nodiscard]] std::string_view line_text(std::uint32_t line) const { return text(line_range(line)); }

 private:
  std::string path_;
  std::string bytes_;
  std::vector<std::uint32_t> line_starts_;
};

/// What Python does to bytes before it tokenizes them: a file with a latin-1 cookie becomes UTF-8, a lone CR ends a
/// line. Bytes that are not UTF-8 and NULs stay, as they are the lowering's to report.
[[nodiscard]] std::string decoded_python(std::string bytes);

/// Offset of the first byte that is not UTF-8, or npos.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view bytes);

/// Reads a regular file of at most 4 GiB - 1 byte. Fails with the system's reason.
[[nodiscard]] Result<std::string> read_bytes(const std::string& path);

}  // namespace hasten
