#include "analyzer/model/file_model.h"

#include <algorithm>

namespace hasten {

WordId Words::find(std::string_view text) const {
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    if (std::string_view(bytes_).substr(spans_[i].begin, spans_[i].size) == text) return WordId(i);
  }
  return {};
}

ExprId FileModel::child(ExprId id, std::size_t position) const {
  ExprId at = first_child(id);
  while (at && position-- > 0) at = next(at);
  return at;
}

std::size_t FileModel::child_count(ExprId id) const {
  if (exprs[id].is_collapsed) return exprs[id].payload;
  std::size_t count = 0;
  for (ExprId at = first_child(id); at; at = next(at)) ++count;
  return count;
}

ExprId FileModel::keyword(ExprId call, std::string_view name) const {
  for (ExprId at = first_child(call); at; at = next(at)) {
    if (exprs[at].kind == ExprKind::keyword && word(at) == name) return first_child(at);
  }
  return {};
}

ExprId FileModel::positional(ExprId call, std::size_t position) const {
  ExprId at = first_child(call);  // the callee
  if (at) at = next(at);
  for (; at; at = next(at)) {
    const ExprKind kind = exprs[at].kind;
    if (kind == ExprKind::starred) return {};
    if (kind == ExprKind::keyword || kind == ExprKind::double_starred) continue;
    if (position-- == 0) return at;
  }
  return {};
}

std::string FileModel::dotted(ExprId id) const {
  std::vector<std::string_view> parts;
  while (id && exprs[id].kind == ExprKind::attribute) {
    parts.push_back(word(id));
    id = first_child(id);
  }
  if (!id || exprs[id].kind != ExprKind::name) return {};
  std::string out(word(id));
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) out.append(1, '.').append(*part);
  return out;
}

std::size_t FileModel::bytes() const {
  return words.bytes() + exprs.bytes() + statements.bytes() + blocks.bytes() + calls.bytes() + functions.bytes() +
         params.bytes() + decorators.bytes() + classes.bytes() + imports.bytes();
}

}  // namespace hasten
