#include "tests/support/link_times.h"

#include <algorithm>
#include <utility>

#include <time.h>

#include "analyzer/link/link.h"
#include "analyzer/lower/lower.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

/// Roles as discovery gives them for the default `python_files`.
FileRole role_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name == "conftest.py") return FileRole::conftest;
  return name.starts_with("test_") ? FileRole::test_module : FileRole::first_party;
}

}  // namespace

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

LinkTimes link_times(const GeneratedFiles& files) {
  GeneratedFiles sorted = files;
  std::ranges::sort(sorted, {}, &GeneratedFile::path);
  LinkTimes times;
  ProjectTables tables;
  tables.root = "/project";
  Parser parser;
  const double start = thread_seconds();
  for (GeneratedFile& file : sorted) {
    times.megabytes += static_cast<double>(file.text.size()) / 1e6;
    FileModel model = lower(file.text, parser);
    tables.files.add({role_of(file.path), {}, Source(file.path, std::move(file.text)), std::move(model)});
  }
  const double lowered = thread_seconds();
  const Project project = link(std::move(tables), PytestConfig());
  times.lowering = lowered - start;
  times.linking = thread_seconds() - lowered;
  times.tests = project->tests.size();
  times.fixtures = project->fixtures.size();
  times.calls = project->calls.size();
  times.reaches = project->reaches.size();
  return times;
}

}  // namespace hasten
