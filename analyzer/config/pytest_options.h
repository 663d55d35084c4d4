#pragma once

// Values of pytest's ini options with their types and origins (A8). A value of the wrong type is a problem and counts
// as not set.

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/config/pytest_file.h"

namespace hasten {

/// `-o name=value` (A6).
struct IniOverride {
  std::string name;
  std::string value;
};

class PytestOptions {
 public:
  using Words = std::vector<std::string>;

  PytestOptions(const PytestSetup& setup, std::vector<Problem>& problems);

  /// From now on these win over the file; of several for one name the last one does. They stand in `addopts`.
  void override_with(const std::vector<IniOverride>& overrides);

  [[nodiscard]] Setting<Words> words(std::string_view key, Words otherwise);  // type args
  [[nodiscard]] Setting<Words> lines(std::string_view key);                   // type linelist
  [[nodiscard]] Setting<Words> paths(std::string_view key);                   // type paths: absolute
  [[nodiscard]] Setting<bool> boolean(std::string_view key, Setting<bool> otherwise);
  [[nodiscard]] Setting<std::string> text(std::string_view key, std::string otherwise);

  /// Every option that no call above has asked for, in file order, then overrides.
  [[nodiscard]] std::vector<PytestConfig::Option> others() const;

 private:
  struct Entry {
    PytestOption option;
    ValueMode mode;
    bool was_read = false;
  };

  Entry* find(std::string_view key);
  [[nodiscard]] Origin origin(const Entry& entry) const;
  void report(const Entry& entry, std::string_view expected);
  bool expect_list(const Entry& entry);

  const PytestSetup& setup_;
  std::vector<Problem>& problems_;
  std::vector<Entry> entries_;
};

}  // namespace hasten
