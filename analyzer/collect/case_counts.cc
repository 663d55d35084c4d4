#include "analyzer/collect/case_counts.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

/// `width,height`.
NameId joined_names(const ParameterSource& source, ProjectTables& tables) {
  if (source.names.size() == 1) return source.names.front();
  std::string text;
  for (NameId name : source.names) text.append(text.empty() ? "" : ",").append(tables.names[name]);
  return tables.names.intern(text);
}

}  // namespace

CaseCounts::CaseCounts(const Literals& literals) : literals_(literals) {
  const auto& files = literals.tables().files;
  for (FileId file : files.ids()) {
    if (files[file].role != FileRole::conftest || generator_in(file) == nullptr) continue;
    conftests_.emplace(folder_of(files[file].source.path()), file);
  }
}

void CaseCounts::set_cases(Test& test, const std::vector<Parametrization>& sources, ProjectTables& tables) {
  if (test.kind == TestKind::unittest_method) {
    test.cases.value = 1;
    return;
  }
  if (test.unknown_cases) return;
  std::int64_t cases = 1;
  std::string reason;
  const TestId id(tables.tests.size());
  const std::size_t first_factor = tables.case_factors.size();
  for (const Parametrization& at : sources) {
    if (at.source->sets() > 1) tables.case_factors.push_back({id, joined_names(*at.source, tables), at.source->sets()});
    if (!at.source->size.known() && reason.empty()) reason = at.source->unknown;
    cases = std::min<std::int64_t>(cases * at.source->sets(), std::numeric_limits<std::int32_t>::max());
  }
  if (reason.empty() && is_generated(test, tables)) reason = "pytest_generate_tests";
  // One factor alone is no product.
  if (tables.case_factors.size() < first_factor + 2) tables.case_factors.resize(first_factor);
  if (reason.empty()) {
    test.cases.value = static_cast<std::int32_t>(cases);
  } else {
    test.unknown_cases = tables.names.intern(reason);
  }
}

CaseCounts::Generator CaseCounts::read_generator(FunctionRef function) const {
  const FileModel& file = literals_.model(function.file);
  Generator out;
  for (const Call& call : file.calls) {
    if (file.function_of(call.block) != function.id) continue;
    const ExprId callee = file.first_child(call.expr);
    const bool is_method = callee && file.exprs[callee].kind == ExprKind::attribute;
    if (!is_method || file.word(callee) != "parametrize") {
      // It may hand metafunc on to something else that parametrizes.
      for (ExprId at = callee ? file.next(callee) : ExprId(); at; at = file.next(at)) {
        if (file.exprs[at].kind == ExprKind::name && file.word(at) == "metafunc") out.is_open = true;
      }
      continue;
    }
    ExprId names = file.positional(call.expr, 0);
    if (!names) names = file.keyword(call.expr, "argnames");
    const auto texts = literals_.texts({function.file, call.block, names});
    if (!texts) out.is_open = true;
    for (std::string_view text : texts.value_or(std::vector<std::string_view>())) {
      while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(", "), text.size());
        if (end > 0) out.names.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
      }
    }
  }
  return out;
}

const CaseCounts::Generator* CaseCounts::generator_in(FileId file) {
  if (const auto known = generators_.find(file); known != generators_.end()) return &known->second;
  const Denotation hook = literals_.names().member(file, "pytest_generate_tests");
  if (hook.kind != Denotation::Kind::function || !hook.rest.empty()) return nullptr;
  return &generators_.emplace(file, read_generator({hook.file, hook.function})).first->second;
}

bool CaseCounts::is_generated(const Test& test, const ProjectTables& tables) {
  const auto concerns = [&](const Generator& generator) {
    return generator.is_open || std::ranges::any_of(test.closure, [&](const ClosureEntry& entry) {
             return std::ranges::find(generator.names, tables.names[entry.name]) != generator.names.end();
           });
  };
  if (const Generator* generator = generator_in(test.file); generator != nullptr && concerns(*generator)) return true;
  if (!test.classes.empty()) {
    const FunctionRef method = literals_.names().method(test.classes.back(), "pytest_generate_tests");
    if (method && concerns(read_generator(method))) return true;
  }
  std::string_view folder = tables.files[test.file].source.path();
  while (!folder.empty() && !conftests_.empty()) {
    folder = folder_of(folder);
    const auto found = conftests_.find(folder);
    if (found != conftests_.end() && concerns(*generator_in(found->second))) return true;
  }
  return false;
}

}  // namespace hasten
