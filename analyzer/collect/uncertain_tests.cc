#include "analyzer/collect/uncertain_tests.h"

#include <algorithm>
#include <string_view>

#include "analyzer/names/python_names.h"

namespace hasten {
namespace {

using Why = UncertainTests::Why;

/// Bases that nobody collects tests from.
bool brings_no_tests(std::string_view base) {
  const std::string_view module = base.substr(0, base.find('.'));
  return module == "builtins" || module == "typing_extensions" || is_standard_library(module);
}

/// `globals()`, `vars()`, `locals()` at module level write names, `exec` runs what is computed.
bool makes_names(const Literals& literals, FileId file, const Call& call) {
  const FileModel& rows = literals.model(file);
  const ExprId callee = rows.first_child(call.expr);
  if (!callee || rows.exprs[callee].kind != ExprKind::name) return false;
  const std::string_view name = rows.word(callee);
  if (name == "exec") return true;
  if (name != "globals" && name != "vars" && name != "locals") return false;
  const Statement& statement = rows.statements[call.statement];
  // `globals()[name] = ...` and `globals().update(...)`; what only reads them makes nothing.
  const bool is_stored_to = statement.target && rows.exprs[statement.target].kind == ExprKind::subscript &&
                            rows.first_child(statement.target) == call.expr;
  const bool is_updated = statement.kind == StatementKind::expression && statement.value &&
                          rows.exprs[statement.value].kind == ExprKind::call &&
                          rows.word(rows.first_child(statement.value)) == "update";
  return is_stored_to || is_updated;
}

/// `setattr(class_, name, test)`, `namespace[name] = test`.
bool writes_members(const FileModel& file, TextRange inside) {
  return std::ranges::any_of(file.calls,
                             [&](const Call& call) {
                               const ExprId callee = file.first_child(call.expr);
                               return callee && inside.contains(file.exprs[call.expr].range) &&
                                      file.dotted(callee) == "setattr";
                             }) ||
         std::ranges::any_of(file.statements, [&](const Statement& row) {
           return row.target && inside.contains(row.range) && file.exprs[row.target].kind == ExprKind::subscript;
         });
}

/// `metaclass=Maker`, a class or function of the project that writes to what it makes.
bool has_writing_metaclass(const Literals& literals, ClassRef class_) {
  const FileModel& file = literals.model(class_.file);
  const Class& row = file.classes[class_.id];
  for (ExprId at = row.first_argument; at; at = file.next(at)) {
    if (file.exprs[at].kind != ExprKind::keyword || file.word(at) != "metaclass") continue;
    const Denotation maker =
        literals.names().denote(class_.file, file.statements[row.statement].block, file.first_child(at));
    if (maker.kind != Denotation::Kind::class_ && maker.kind != Denotation::Kind::function) return false;
    const FileModel& rows = literals.model(maker.file);
    const bool is_class = maker.kind == Denotation::Kind::class_;
    return writes_members(rows, is_class ? rows.classes[maker.class_].range : rows.functions[maker.function].range);
  }
  return false;
}

}  // namespace

bool may_inherit_tests(const Literals& literals, const Collector& collector) {
  if (!collector.class_ || collector.is_test_case) return false;
  const Names::Mro& order = literals.names().mro(collector.class_);
  return order.has_unknown_base || !std::ranges::all_of(order.external_bases, brings_no_tests);
}

bool may_make_tests(const Literals& literals, const Collector& collector) {
  if (!collector.class_) return false;
  return std::ranges::any_of(literals.names().mro(collector.class_).classes, [&](ClassRef class_) {
    const FileModel& file = literals.model(class_.file);
    return has_writing_metaclass(literals, class_) || std::ranges::any_of(file.calls, [&](const Call& call) {
             const bool is_in_body = file.blocks[call.block].class_ == class_.id && !file.function_of(call.block);
             return is_in_body && call.in_lambda == 0 && makes_names(literals, class_.file, call);
           });
  });
}

std::vector<UncertainTests> uncertain_tests(ProjectTables& tables, const Literals& literals,
                                            const Collection& collection) {
  std::vector<UncertainTests> out;
  for (const Collector& collector : collection.collectors) {
    const FileModel& file = literals.model(collector.file);
    if (!collector.class_) {
      for (const Call& call : file.calls) {
        const bool is_outside = !file.function_of(call.block) && call.in_lambda == 0;
        if (is_outside && makes_names(literals, collector.file, call)) {
          out.push_back({Why::made_names, {collector.file, file.exprs[call.expr].range}, {}});
        }
      }
      continue;
    }
    if (!may_inherit_tests(literals, collector)) continue;
    const Names::Mro& order = literals.names().mro(collector.class_);
    const FileModel& rows = literals.model(collector.class_.file);
    const Place place{collector.class_.file, rows.classes[collector.class_.id].name_range};
    if (order.has_unknown_base) out.push_back({Why::computed_base, place, {}});
    for (const std::string& base : order.external_bases) {
      if (!brings_no_tests(base)) out.push_back({Why::outside_base, place, tables.names.intern(base)});
    }
  }
  return out;
}

}  // namespace hasten
