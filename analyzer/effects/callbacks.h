#pragma once

// Functions that a call passes to what calls them: a function of the project (`retry(push)`, `run(steps=(load,
// save))`), an API (`asyncio.to_thread(load)`, `Thread(target=serve)`), `worker.start()` of a project's own Thread, and
// the commands that a command line names.

#include <vector>

#include "analyzer/effects/calls.h"
#include "analyzer/effects/command_groups.h"
#include "analyzer/model/per_function.h"

namespace hasten {

class Callbacks {
 public:
  /// Functions that pass their parameter on to one that passes it on, ...: how many are followed.
  static constexpr unsigned max_handing_on = 8;

  Callbacks(const ProjectTables& tables, Values& values, Calls& calls)
      : tables_(tables), values_(values), calls_(calls), groups_(tables, values), known_(tables.files) {}

  struct Passed {
    FunctionRef function;
    bool is_beside = false;  // in a thread or task that the caller does not wait for
    bool is_at_end = false;  // as a clean-up
  };
  /// Those that the call passes and that what it leads to calls: by the name of its parameter, one by one in a loop, or
  /// by passing them on in turn.
  [[nodiscard]] std::vector<Passed> passed_by(FileId file, CallId call);

 private:
  /// A parameter that the function calls, or that holds the command line of what it invokes.
  struct Called {
    ParamId param;
    bool is_each = false;  // every element of it
    bool is_beside = false;
    bool is_at_end = false;
    CommandGroup group = {};  // none: the parameter itself is called
    friend bool operator==(const Called&, const Called&) = default;
  };
  struct Known {
    bool is_asked = false;
    std::vector<Called> called;
  };
  [[nodiscard]] const std::vector<Called>& called_in(FunctionRef function);
  void add_handed_on(FunctionRef function, CallId call, std::vector<Called>& called);
  void add_command_line(FunctionRef function, CallId call, std::vector<Called>& called);
  void hand_on_line(FunctionRef function, const Call& call, FunctionRef next, const Called& inner,
                    std::vector<Called>& called);
  void add_commands(FileId file, const Call& call, FunctionRef callee, const Called& called,
                    std::vector<Passed>& passed);
  static void note(const Called& param, std::vector<Called>& called);
  void add(FileId file, BlockId block, ExprId argument, const Called& called, std::vector<Passed>& passed);
  [[nodiscard]] FunctionRef thread_body(FileId file, const Call& call, const Callee& callee);

  const ProjectTables& tables_;
  Values& values_;
  Calls& calls_;
  CommandGroups groups_;
  PerFunction<Known> known_;
  unsigned depth_ = 0;
};

}  // namespace hasten
