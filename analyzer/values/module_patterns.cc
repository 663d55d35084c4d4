#include "analyzer/values/module_patterns.h"

#include <algorithm>

namespace hasten {
namespace {

using std::string_view;

constexpr int max_hops = 4;

/// Of one file.
struct Reader {
  const ProjectTables& tables;
  const Values& values;
  FileId file;
};

/// What stands before the first and after the last thing that is not written down.
void read_parts(const FileModel& in, ExprId first, ModulePattern& out) {
  bool is_open = false;
  for (ExprId at = first; at; at = in.next(at)) {
    const bool is_text = in.exprs[at].kind == ExprKind::string;
    if (!is_text) {
      is_open = true;
      out.after.clear();
    } else if (is_open) {
      out.after += in.word(at);
    } else {
      out.before += in.word(at);
    }
  }
  out.is_whole = !is_open;
}

void read_text(const Reader& at, BlockId block, ExprId expr, int hops, ModulePattern& out) {
  const FileModel& in = at.tables.files[at.file].model;
  switch (in.exprs[expr].kind) {
    case ExprKind::string:
      out.before = in.word(expr);
      out.is_whole = true;
      break;
    case ExprKind::template_string: read_parts(in, in.first_child(expr), out); break;
    case ExprKind::binary:
      if (in.exprs[expr].op == Operator::add || in.exprs[expr].op == Operator::modulo) {
        const ExprId left = in.first_child(expr);
        if (in.exprs[left].kind == ExprKind::binary) return read_text(at, block, left, hops, out);
        if (in.exprs[left].kind != ExprKind::string) return;
        const string_view text = in.word(left);
        out.before = text.substr(0, text.find('%'));
      }
      break;
    case ExprKind::name: {
      const Denotation named = at.values.names().denote(at.file, block, in.word(expr));
      if (named.kind != Denotation::Kind::local || hops == 0) return;
      const auto& bindings = at.values.bindings().locals(at.file, named.function, in.exprs[expr].word());
      if (bindings.size() != 1 || bindings[0].kind != Binding::Kind::value) return;
      read_text(at, bindings[0].block, bindings[0].value, hops - 1, out);
      break;
    }
    default: break;
  }
}

/// `import_module("..backends." + name, package=__name__)`.
void make_absolute(FileId file, string_view package, const Values& values, ModulePattern& out) {
  const std::size_t dots = std::min(out.before.find_first_not_of('.'), out.before.size());
  if (dots == 0) return;
  std::string base(values.names().modules().name_of(file));
  std::size_t up = dots - 1 + (package == "__name__" ? 0 : 1);
  for (; up > 0 && !base.empty(); --up) base.erase(std::min(base.rfind('.'), base.size()));
  out.before = base + "." + out.before.substr(dots);
}

}  // namespace

bool ModulePattern::fits(string_view module) const {
  if (is_whole) return module == before;
  if (module.size() <= before.size() + after.size()) return false;
  if (!module.starts_with(before) || !module.ends_with(after)) return false;
  module.remove_prefix(before.size());
  module.remove_suffix(after.size());
  return module.find('.') == string_view::npos;
}

ModulePattern module_pattern(const ProjectTables& tables, const Values& values, FileId file, BlockId block,
                             ExprId expr) {
  const FileModel& in = tables.files[file].model;
  ModulePattern pattern;
  const bool is_call = in.exprs[expr].kind == ExprKind::call;
  const ExprId text = is_call ? in.positional(expr, 0) : expr;
  if (!text) return pattern;
  read_text({tables, values, file}, block, text, max_hops, pattern);
  if (is_call && pattern.before.starts_with('.')) {
    ExprId package = in.keyword(expr, "package");
    if (!package) package = in.positional(expr, 1);
    if (!package) return {};
    make_absolute(file, in.word(package), values, pattern);
  }
  return pattern;
}

}  // namespace hasten
