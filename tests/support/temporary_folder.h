#pragma once

// A folder of one's own, removed with all that is in it.

#include <string>
#include <string_view>

namespace hasten {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Makes the folders above the file as well.
  void write(std::string_view relative, std::string_view text) const;

 private:
  std::string path_;
};

}  // namespace hasten
