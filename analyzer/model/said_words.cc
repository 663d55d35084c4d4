#include "analyzer/model/said_words.h"

namespace hasten {

bool says_word(const FileModel& model, const Call& call, std::string_view receiver) {
  const ExprId callee = model.first_child(call.expr);
  if (model.exprs[callee].kind != ExprKind::attribute) return false;
  const std::string_view method = model.word(callee);
  return (method == "set" || method == "put" || method == "put_nowait") &&
         model.dotted(model.first_child(callee)) == receiver;
}

}  // namespace hasten
