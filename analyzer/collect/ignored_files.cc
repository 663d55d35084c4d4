#include "analyzer/collect/ignored_files.h"

#include <algorithm>

#include "analyzer/names/conditions.h"
#include "analyzer/names/name_patterns.h"
#include "analyzer/text/folder.h"

namespace hasten {
namespace {

std::string below(std::string_view folder, std::string_view entry) {
  while (entry.starts_with("./")) entry.remove_prefix(2);
  while (entry.ends_with('/')) entry.remove_suffix(1);
  std::string out(folder);
  if (!out.empty()) out += '/';
  return out.append(entry);
}

}  // namespace

IgnoredFiles::IgnoredFiles(const Literals& literals) : ignored_(literals.tables().files.size()) {
  const auto& files = literals.tables().files;
  for (FileId file : files.ids()) {
    if (files[file].role == FileRole::conftest) read(literals, file);
  }
  if (rules_.empty()) return;
  for (FileId file : files.ids()) {
    // A path is left out with any folder above it.
    const std::string_view path = files[file].source.path();
    for (std::size_t end = path.find('/'); !ignored_[file.index()]; end = path.find('/', end + 1)) {
      ignored_[file.index()] = is_ignored(path.substr(0, end));
      if (end == std::string_view::npos) break;
    }
  }
}

void IgnoredFiles::read(const Literals& literals, FileId conftest) {
  const Namespaces& namespaces = literals.names().namespaces(conftest);
  const std::string_view folder = folder_of(literals.tables().files[conftest].source.path());
  Rules rules;
  rules.has_names = static_cast<bool>(namespaces.word("collect_ignore"));
  rules.has_globs = static_cast<bool>(namespaces.word("collect_ignore_glob"));
  if (!rules.has_names && !rules.has_globs) return;
  for (std::string_view entry : entries(literals, conftest, "collect_ignore"))
    rules.names.push_back(below(folder, entry));
  for (std::string_view entry : entries(literals, conftest, "collect_ignore_glob")) {
    rules.globs.push_back(below(folder, entry));
  }
  rules_.emplace(folder, std::move(rules));
}

/// The literal parts: the list itself, what is added to it, what is appended. Under conditions that nobody can tell,
/// nothing is taken as left out.
std::vector<std::string_view> IgnoredFiles::entries(const Literals& literals, FileId file, std::string_view variable) {
  const FileModel& model = literals.model(file);
  const Namespaces& namespaces = literals.names().namespaces(file);
  std::vector<std::string_view> out;
  const auto add = [&](BlockId block, ExprId expr) {
    if (is_entered(model, block) != Truth::yes || !expr) return;
    if (const auto texts = literals.texts({file, block, expr})) out.insert(out.end(), texts->begin(), texts->end());
  };
  const WordId word = namespaces.word(variable);
  if (!word) return out;
  for (const NameBinding& binding : namespaces.bindings(ScopeKey::module(), word)) {
    if (binding.statement) add(model.statements[binding.statement].block, binding.value);
  }
  for (const Call& call : model.calls) {
    if (model.function_of(call.block)) continue;
    const std::string callee = model.dotted(model.first_child(call.expr));
    if (callee == std::string(variable) + ".append" || callee == std::string(variable) + ".extend") {
      add(call.block, model.positional(call.expr, 0));
    }
  }
  return out;
}

/// The nearest conftest above that has the list decides; inner lists hide outer ones.
bool IgnoredFiles::is_ignored(std::string_view path) const {
  bool names_decided = false, globs_decided = false;
  for (std::string_view folder = folder_of(path);; folder = folder_of(folder)) {
    if (const auto found = rules_.find(std::string(folder)); found != rules_.end()) {
      const Rules& rules = found->second;
      if (rules.has_names && !names_decided) {
        if (std::ranges::find(rules.names, path) != rules.names.end()) return true;
        names_decided = true;
      }
      if (rules.has_globs && !globs_decided) {
        if (std::ranges::any_of(rules.globs, [&](const std::string& glob) { return fnmatches(glob, path); }))
          return true;
        globs_decided = true;
      }
    }
    if (folder.empty()) return false;
  }
}

}  // namespace hasten
