#include "analyzer/pipeline.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "analyzer/check/run.h"
#include "analyzer/check/select.h"
#include "analyzer/check/suppress.h"
#include "analyzer/config/discover.h"
#include "analyzer/knowledge/project_knowledge.h"
#include "analyzer/lower/lower.h"
#include "analyzer/suite/requirement_search.h"
#include "analyzer/suite/setup_script.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

/// A file on its way from the disk to the project.
struct Candidate {
  bool is_wanted = false;
  bool is_lowered = false;
  std::string unreadable;  // the system's reason
};

std::string_view text_of(FileProblemKind kind) {
  switch (kind) {
    case FileProblemKind::syntax_error: return "syntax error, expected Python 3";
    case FileProblemKind::invalid_utf8: return "not UTF-8, expected UTF-8 or a coding cookie";
    case FileProblemKind::nul_byte: return "NUL byte, expected Python source";
    case FileProblemKind::too_deep: return "nested deeper than 1000 levels; what lies deeper is not analysed";
    case FileProblemKind::bad_suppression:
      return "not a hasten comment, expected `hasten: ignore[CODE]` or `hasten: file-ignore[CODE]`";
  }
  return "?";
}

/// Reads and lowers, in waves: the test tree first, then whatever it imports, transitively. One file, one worker, no
/// shared state; syntax trees die in lower().
class Reader {
 public:
  Reader(const Discovery& discovery, const Config& config, const Pool& pool)
      : discovery_(discovery), config_(config.pytest), pool_(pool), candidates_(discovery.files.size()) {
    for (const FoundFile& file : discovery.files) {
      files_.add({.role = file.role, .module = {}, .source = Source(file.relative, {}), .model = {}});
    }
    modules_.emplace(files_, import_roots(files_, config.pytest, config.pytest.root), config.pytest.root);
  }

  Table<FileTag, File> read(std::vector<Problem>& problems) {
    std::vector<FileId> wave;
    for (FileId file : files_.ids()) {
      if (discovery_.files[file.index()].role != FileRole::first_party) want(file, wave);
    }
    want_packages_above(wave);
    for (const std::string& plugin : config_.plugins) {
      if (const FileId file = modules_->find(plugin, {})) want(file, wave);
    }
    while (!wave.empty()) {
      lower_wave(wave);
      wave = imported_by(wave);
    }
    return wanted_files(problems);
  }

 private:
  void want(FileId file, std::vector<FileId>& wave) {
    if (std::exchange(candidates_[file.index()].is_wanted, true)) return;
    wave.push_back(file);
  }

  /// pytest imports every package on the way to a test module; whether a folder is one tells the module's name.
  void want_packages_above(std::vector<FileId>& wave) {
    std::unordered_set<std::string_view> folders;
    for (FileId file : wave) {
      std::string_view path = discovery_.files[file.index()].relative;
      for (std::size_t slash = path.rfind('/'); slash != std::string_view::npos; slash = path.rfind('/')) {
        path = path.substr(0, slash);
        if (!folders.insert(path).second) break;
      }
    }
    for (FileId file : files_.ids()) {
      const std::string_view path = discovery_.files[file.index()].relative;
      constexpr std::string_view name = "/__init__.py";
      if (path.ends_with(name) && folders.contains(path.substr(0, path.size() - name.size()))) want(file, wave);
    }
    std::ranges::sort(wave);
  }

  void lower_wave(std::vector<FileId> wave) {
    // Largest first: the last file that a worker gets is a short one.
    std::ranges::stable_sort(wave, std::greater(), [&](FileId file) { return discovery_.files[file.index()].size; });
    if (parsers_.empty()) parsers_.resize(pool_.workers());
    pool_.for_each(wave.size(), [&](std::size_t i, std::size_t worker) { lower_one(wave[i], parsers_[worker]); });
  }

  void lower_one(FileId id, Parser& parser) {
    const FoundFile& found = discovery_.files[id.index()];
    Result<std::string> bytes = read_bytes(found.path);
    if (!bytes) {
      candidates_[id.index()].unreadable = bytes.reason().message;
      return;
    }
    if (bytes->size() > largest_python) {  // it has grown since it was found
      candidates_[id.index()].unreadable = "larger than 4 MiB";
      return;
    }
    files_[id].source = Source(found.relative, decoded_python(std::move(*bytes)));
    files_[id].model = lower(files_[id].source.bytes(), parser);
    candidates_[id.index()].is_lowered = true;
  }

  std::vector<FileId> imported_by(const std::vector<FileId>& wave) {
    std::vector<FileId> next;
    for (FileId file : wave) {
      for (FileId imported : imported_files(files_[file].model, file, *modules_)) want(imported, next);
    }
    std::ranges::sort(next);
    return next;
  }

  Table<FileTag, File> wanted_files(std::vector<Problem>& problems) {
    Table<FileTag, File> wanted;
    for (FileId id : files_.ids()) {
      const Candidate& candidate = candidates_[id.index()];
      if (!candidate.unreadable.empty()) {
        problems.push_back({ProblemSeverity::warning, discovery_.files[id.index()].relative, 0, 0,
                            "cannot read: " + candidate.unreadable});
      }
      if (candidate.is_lowered) wanted.add(std::move(files_[id]));
    }
    return wanted;
  }

  const Discovery& discovery_;
  const PytestConfig& config_;
  const Pool& pool_;
  std::vector<Candidate> candidates_;
  Table<FileTag, File> files_;
  std::optional<Modules> modules_;
  std::vector<Parser> parsers_;
};

void add_file_problems(const Project& project, std::vector<Problem>& problems) {
  for (const File& file : project->files) {
    for (const FileProblem& problem : file.model.problems) {
      const LineColumn at = file.source.line_column(problem.range.begin);
      problems.push_back(
          {ProblemSeverity::warning, file.source.path(), at.line, at.column, std::string(text_of(problem.kind))});
    }
  }
}

void add_surroundings(const Discovery& discovery, CollectionScope& collection) {
  constexpr std::string_view package_file = "/__init__.py";
  for (const FoundFile& file : discovery.files) {
    if (file.is_left_out) collection.left_out.push_back(file.relative);
    if (file.relative.ends_with(package_file)) {
      collection.packages.push_back(file.relative.substr(0, file.relative.size() - package_file.size()));
    }
  }
  std::ranges::sort(collection.packages);
}

std::string no_tests(const PytestConfig& pytest) {
  std::string message = "no test module found, expected files named";
  for (const std::string& pattern : pytest.python_files.value) message += " " + pattern;
  return message;
}

std::optional<SetupScript> setup_script(const Config& config) {
  const std::string path = setup_script_of(config.pytest.root);
  Result<std::string> bytes = path.empty() ? Failure() : read_bytes(path);
  if (!bytes) return std::nullopt;
  Parser parser;
  SetupScript script{Source(path, decoded_python(std::move(*bytes))), {}};
  script.model = lower(script.source.bytes(), parser);
  return script;
}

CollectionOptions collection_options(const Config& config, std::vector<Problem>& problems) {
  TestEnvironment environment = environment_of(config, problems);
  CollectionOptions options;
  options.pytest_version = std::move(environment.pytest_version.value);
  for (InstalledDistribution& one : environment.distributions) {
    options.plugins.push_back({std::move(one.name), std::move(one.exact_version)});
  }
  options.plugins_are_complete = environment.is_complete;
  return options;
}

FileSize sizes_below(const Config& config) {
  return [root = std::filesystem::path(config.pytest.root)](const std::string& path) -> std::uint64_t {
    std::error_code none;
    const std::uintmax_t size = std::filesystem::file_size(root / path, none);
    return none ? 0 : size;
  };
}

/// Everything up to the frozen project. Problems in any order.
Project read_project(const Config& config, const Pool& pool, LinkDepth depth, std::vector<Problem>& problems) {
  Discovery discovery = discover(config);
  problems = std::move(discovery.problems);
  const HastenConfig::OwnKnowledge& own = config.hasten.knowledge;
  const ProjectKnowledge knowledge(own.entries, own.files, problems);
  const LinkOptions options{collection_options(config, problems), depth, knowledge.knowledge(), sizes_below(config)};

  ProjectTables tables;
  tables.root = config.pytest.root;
  add_surroundings(discovery, tables.collection);
  tables.files = Reader(discovery, config, pool).read(problems);
  if (std::ranges::none_of(discovery.files, [](const FoundFile& file) { return file.role == FileRole::test_module; })) {
    problems.push_back({ProblemSeverity::warning, ".", 0, 0, no_tests(config.pytest)});
  }

  // From here on no file is read; the size of a few is asked for.

  Project project = link(std::move(tables), config.pytest, options);
  add_file_problems(project, problems);
  return project;
}

}  // namespace

TestEnvironment environment_of(const Config& config, std::vector<Problem>& problems) {
  const std::optional<SetupScript> script = setup_script(config);
  return test_environment(config, script ? &*script : nullptr, problems);
}

Collected collect(const Config& config, const Pool& pool, LinkDepth depth) {
  std::vector<Problem> problems;
  Project project = read_project(config, pool, depth, problems);
  std::ranges::sort(problems);
  return {std::move(project), std::move(problems)};
}

Outcome analyze(const Config& config, const Pool& pool) {
  std::vector<Problem> problems;
  const bool is_sure = config.hasten.min_confidence != Confidence::low;
  Project project = read_project(config, pool, is_sure ? LinkDepth::sure_effects : LinkDepth::effects, problems);

  // A linked project has no mutators, so the rules run side by side.
  const std::vector<const Rule*> rules = selected_rules(config.hasten, problems);
  std::vector<Finding> findings = run_rules(project, rules, pool);
  hide_suppressed(project, findings);
  hide_unsure(config.hasten, findings);
  hide_per_file(project, config.hasten, findings);

  std::ranges::sort(problems);
  return {std::move(project), std::move(findings), std::move(problems)};
}

}  // namespace hasten
