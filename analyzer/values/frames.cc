// Values of expressions that depend on what callers pass.

#include <utility>

#include "analyzer/values/arguments.h"
#include "analyzer/values/values.h"

namespace hasten {

Value Values::evaluate_in(Frame& frame, FileId file, BlockId block, ExprId expr) {
  Frame* const around = std::exchange(frame_, &frame);
  const Value value = evaluate(file, block, expr);
  frame_ = around;
  return value;
}

Value Values::passed(Frame& frame, ParamId id) {
  const FileModel& in = model(frame.function.file);
  const ExprId default_value = in.params[id].default_value;
  const BlockId definition = in.statements[in.functions[frame.function.id].statement].block;
  Frame* const around = std::exchange(frame_, frame.outer);
  Value value;
  if (!frame.call) {
    const bool is_default = frame.takes_defaults && default_value;
    if (is_default) value = evaluate(frame.function.file, definition, default_value);
    if (is_default || !frame.takes_defaults) frame.open.push_back(id);
  } else if (!passes_unpacked(model(frame.file), frame.call)) {
    const ExprId argument = passed_for(model(frame.file), frame.call, in, frame.function.id, id);
    if (argument) value = evaluate(frame.file, frame.block, argument);
    if (!argument && default_value) value = evaluate(frame.function.file, definition, default_value);
  }
  frame_ = around;
  return value;
}

}  // namespace hasten
