#include "tests/support/page.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace hasten {
namespace {

constexpr std::string_view file_mark = "# file: ";
constexpr std::string_view default_file = "test_example.py";

class Parser {
 public:
  Page parse(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.size(), text.find('\n'));
      parse_line(text.substr(0, end));
      text.remove_prefix(std::min(text.size(), end + 1));
    }
    if (in_fence_) page_.errors.push_back(fmt::format("a fence below `{}` does not end", heading_));
    return std::move(page_);
  }

 private:
  void parse_line(std::string_view line) {
    if (line.starts_with("```")) return line == "```" && in_fence_ ? close() : open(line.substr(3));
    if (in_fence_) return add_to_fence(line);
    if (line.starts_with("## ")) return start_section(line.substr(3));
    if (heading_.empty() && !line.empty()) page_.lead += fmt::format("{}\n", line);
  }

  void start_section(std::string_view heading) {
    heading_ = heading;
    page_.headings.push_back(heading_);
    count_ = 0;
  }

  void open(std::string_view language) {
    if (in_fence_) page_.errors.push_back(fmt::format("a fence inside a fence below `{}`", heading_));
    if (language.empty()) page_.errors.push_back(fmt::format("a fence without a language below `{}`", heading_));
    in_fence_ = true;
    is_python_ = language == "python";
    if (is_python_) page_.fences.push_back({heading_, ++count_, {}});
  }

  void close() { in_fence_ = false; }

  void add_to_fence(std::string_view line) {
    if (!is_python_) return;
    std::vector<FencedFile>& files = page_.fences.back().files;
    if (line.starts_with(file_mark)) {
      files.push_back(file_of(line.substr(file_mark.size())));
      return;
    }
    if (files.empty()) files.push_back({std::string(default_file), {}});
    files.back().text += line;
    files.back().text += '\n';
  }

  static FencedFile file_of(std::string_view said) {
    FencedFile file;
    const std::size_t comma = said.find(", ");
    file.path = said.substr(0, comma);
    if (comma != std::string_view::npos) {
      const std::string_view size = said.substr(comma + 2);
      std::from_chars(size.data(), size.data() + size.size(), file.megabytes);
    }
    return file;
  }

  Page page_;
  std::string heading_;
  std::size_t count_ = 0;
  bool in_fence_ = false;
  bool is_python_ = false;
};

}  // namespace

Page parse_page(std::string_view text) { return Parser().parse(text); }

}  // namespace hasten
