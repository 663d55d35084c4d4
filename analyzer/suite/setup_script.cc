#include "analyzer/suite/setup_script.h"

#include <algorithm>
#include <array>

#include "analyzer/suite/requirement_files.h"

namespace hasten {
namespace {

constexpr auto keywords = std::to_array<std::string_view>({"install_requires", "tests_require", "extras_require"});

class ScriptReader {
 public:
  ScriptReader(const SetupScript& script, Claims& claims)
      : source_(script.source), model_(script.model), claims_(claims) {
    source_.index_lines();
  }

  void read() {
    for (const Call& call : model_.calls) {
      const std::string callee = model_.dotted(model_.first_child(call.expr));
      if (callee != "setup" && !callee.ends_with(".setup")) continue;
      for (const std::string_view keyword : keywords) add(model_.keyword(call.expr, keyword));
    }
    // A name leads to what the module assigns to it; each expression is looked at once.
    while (!pending_.empty()) {
      const ExprId value = pending_.back();
      pending_.pop_back();
      read_value(value);
    }
  }

 private:
  void add(ExprId value) {
    if (!value || std::ranges::find(seen_, value) != seen_.end()) return;
    seen_.push_back(value);
    pending_.push_back(value);
  }

  /// Collections, sums of them and names are read; what is computed otherwise is left out with all its parts.
  void read_value(ExprId value) {
    std::size_t behind = 0;
    for (const ExprId at : model_.subtree(value)) {
      if (at.index() < behind) continue;
      switch (const Expr& expr = model_.exprs[at]; expr.kind) {
        case ExprKind::string: add_text(at); break;
        case ExprKind::name: add_assigned(model_.word(at)); break;
        case ExprKind::pair: {
          const ExprId key = model_.first_child(at);
          behind = key.index() + model_.exprs[key].subtree;
          break;
        }
        case ExprKind::list:
        case ExprKind::tuple:
        case ExprKind::set:
        case ExprKind::dict:
        case ExprKind::binary:
        case ExprKind::starred:
        case ExprKind::double_starred: break;
        default: behind = at.index() + expr.subtree;
      }
    }
  }

  void add_text(ExprId text) {
    const std::uint32_t line = source_.line_of(model_.exprs[text].range.begin);
    add_requirement(model_.word(text), {Origin::Kind::file, source_.path(), line}, claims_);
  }

  void add_assigned(std::string_view name) {
    for (const Statement& statement : model_.statements) {
      const bool assigns = statement.kind == StatementKind::assign && statement.target && statement.value &&
                           statement.block == FileModel::module_block() &&
                           model_.exprs[statement.target].kind == ExprKind::name &&
                           model_.word(statement.target) == name;
      if (assigns) add(statement.value);
    }
  }

  Source source_;
  const FileModel& model_;
  Claims& claims_;
  std::vector<ExprId> seen_;
  std::vector<ExprId> pending_;
};

}  // namespace

void read_setup_script(const SetupScript& script, Claims& claims) { ScriptReader(script, claims).read(); }

}  // namespace hasten
