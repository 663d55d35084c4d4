#pragma once

// Byte offsets as the lines, columns and paths that a report prints.

#include <map>
#include <string>
#include <string_view>

#include "analyzer/model/ids.h"
#include "analyzer/model/project.h"
#include "analyzer/text/source.h"

namespace hasten {

/// One-based; the end column is exclusive.
struct Region {
  LineColumn start;
  LineColumn end;
};

class Places {
 public:
  /// `base` as in ReportInput.
  Places(const Project& project, std::string base) : project_(project), base_(std::move(base)) {}

  /// With its lines indexed. A source without bytes (from a cache) has one empty line.
  [[nodiscard]] const Source& source(FileId file);
  /// Clamped to the file. A byte order mark counts as no column, since editors do not show it.
  [[nodiscard]] Region region(Place place, ColumnUnit unit = ColumnUnit::code_point);
  /// The part of the place that stands on its first line.
  [[nodiscard]] TextRange first_line_part(Place place);
  /// As printed, bytes as the file system gave them.
  [[nodiscard]] std::string path(FileId file) const;
  /// "path:line:column", for people.
  [[nodiscard]] std::string link(Place place);
  /// "path:line", for people.
  [[nodiscard]] std::string line_link(Place place);

 private:
  const Project& project_;
  std::string base_;
  std::map<FileId, Source> indexed_;  // of files that nobody had indexed before
};

/// `path` (absolute, or relative to `root`) as seen from `base`: relative when it lies inside, absolute otherwise.
[[nodiscard]] std::string path_from(std::string_view base, std::string_view root, std::string_view path);

}  // namespace hasten
