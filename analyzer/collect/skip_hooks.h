#pragma once

// Tests that a hook of a conftest skips: `pytest_collection_modifyitems` that adds a skip mark to what is marked slow,
// `pytest_runtest_setup` that calls pytest.skip. Options are taken as not given.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/marks.h"
#include "analyzer/model/project.h"
#include "analyzer/names/conditions.h"

namespace hasten {

class SkipHooks {
 public:
  SkipHooks(const Literals& literals, const Marks& marks, const std::vector<FileId>& plugins);

  struct Answer {
    Truth skipped = Truth::no;
    Place hook;  // the call that skips, or may
  };
  /// `marks` are all that the test has.
  [[nodiscard]] Answer skips(const Test& test, const std::vector<Mark>& marks) const;

 private:
  /// A call that skips, and the function whose conditions say which tests.
  struct Hook {
    FunctionRef function;
    BlockId block;
    ExprId call;
  };
  class Conditions;
  void read(FileId file, std::vector<Hook>& out) const;
  void read(FunctionRef function, std::vector<Hook>& out) const;
  [[nodiscard]] bool is_skip(FunctionRef function, const Call& call) const;

  const Literals& literals_;
  const Marks& marks_;
  std::unordered_map<std::string_view, std::vector<Hook>> conftests_;  // by folder, those that skip
  std::vector<Hook> plugins_;
};

}  // namespace hasten
