#pragma once

// A rule's page taken apart: its headings and the code fences below them.

#include <string>
#include <string_view>
#include <vector>

namespace hasten {

struct FencedFile {
  std::string path;
  std::string text;
  unsigned megabytes = 0;  // of a file that only has a size
};

struct Fence {
  std::string heading;     // the one it stands under; empty for the lead
  std::size_t number = 0;  // 1 for the first below its heading
  std::vector<FencedFile> files;
};

struct Page {
  std::string lead;
  std::vector<std::string> headings;
  std::vector<Fence> fences;        // those marked `python`
  std::vector<std::string> errors;  // a fence that does not end, one without a language
};

/// A line `# file: path` begins a file; what stands before the first one is test_example.py. `# file: path, 40 MB` is
/// one of that size.
[[nodiscard]] Page parse_page(std::string_view text);

}  // namespace hasten
