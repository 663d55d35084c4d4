#pragma once

// What a call passes for the parameters of the function that it leads to.

#include "analyzer/knowledge/knowledge.h"
#include "analyzer/model/file_model.h"

namespace hasten {

/// The argument of the call expression that `ref` points at, or none.
[[nodiscard]] ExprId argument_of(const FileModel& model, ExprId call, const ArgumentRef& ref);

/// Does the call of the method give its first parameter by way of the receiver?
[[nodiscard]] bool takes_receiver(const FileModel& in, FunctionId function);

/// The expression in `model` that `call` passes for `param` of `function` in `in`; none when it passes none that is
/// spelled out.
[[nodiscard]] ExprId passed_for(const FileModel& model, ExprId call, const FileModel& in, FunctionId function,
                                ParamId param);

/// `run(*args, **options)`: which parameters it gives a value is not spelled out.
[[nodiscard]] bool passes_unpacked(const FileModel& model, ExprId call);

}  // namespace hasten
