#pragma once

// What `pytest_generate_tests` of classes, modules, conftests and plugin modules gives a test, as far as its
// conditions can be told: names of fixtures and of the test, constants (B14).

#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/collect/marker_values.h"
#include "analyzer/collect/marks.h"
#include "analyzer/model/project.h"
#include "analyzer/values/literals.h"

namespace hasten {

/// `metafunc.parametrize(...)`, which has the arguments of a mark.
struct GivenByHook {
  Mark call;
  Count sets;  // known where they come from the test's marks; else the call says it
};

class GeneratedParameters {
 public:
  GeneratedParameters(const Literals& literals, const std::vector<FileId>& plugins);

  struct Generated {
    std::vector<GivenByHook> calls;  // as they are made
    FunctionRef unknown;             // a hook that may give more
  };
  /// A test with its place and function, the names of its closure, and its marks, nearest first.
  struct Subject {
    const Test& test;
    const std::vector<ClosureEntry>& names;
    const std::vector<Mark>& marks;
  };
  [[nodiscard]] Generated of(const Subject& subject);
  /// Is there any hook around the test?
  [[nodiscard]] bool concerns(const Test& test) { return !hooks_of(test).empty(); }

 private:
  struct Hook;
  /// A call in a hook that gives parameters, or hands metafunc on to something that may.
  struct Source {
    Mark call;
    std::vector<std::string_view> names;
    bool is_open = false;          // its names are computed, or it leads to code that is not read
    const Hook* handed = nullptr;  // the function of the project that it leads to
  };
  struct Hook {
    FunctionRef function;
    std::string_view metafunc;  // the name of its parameter
    std::vector<Source> sources;
  };
  class Conditions;
  [[nodiscard]] ExprId values_of(const Mark& call) const;
  [[nodiscard]] std::vector<const Hook*> hooks_of(const Test& test);
  [[nodiscard]] const Hook* hook_in(FileId file);
  [[nodiscard]] const Hook& read(FunctionRef function, std::size_t hops = 0);
  [[nodiscard]] const Hook* handed_to(FunctionRef from, const Call& call, ExprId metafunc, std::size_t hops);

  const Literals& literals_;
  std::unordered_map<FunctionRef, Hook> hooks_;
  std::unordered_map<std::string_view, FileId> conftests_;  // by folder, those with a hook
  std::vector<FileId> plugins_;                             // those with a hook
};

}  // namespace hasten
