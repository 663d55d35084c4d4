#include "analyzer/config/config.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/config/addopts.h"
#include "analyzer/config/hasten_file.h"
#include "analyzer/config/paths.h"
#include "analyzer/config/pytest_file.h"
#include "analyzer/config/pytest_options.h"

namespace hasten {
namespace {

/// Absolute; a node id (`test_a.py::test_x`) stands for its file.
Result<std::vector<std::string>, Problem> existing_paths(const std::vector<std::string>& given,
                                                         const std::string& working_directory) {
  std::vector<std::string> paths;
  for (const std::string& one : given) {
    std::string path = absolute_path(one, working_directory);
    if (path_kind(path) == PathKind::missing) path = absolute_path(one.substr(0, one.find("::")), working_directory);
    if (one.empty() || path_kind(path) == PathKind::missing) {
      return Problem{ProblemSeverity::error, one, 0, 0, "no such file or directory"};
    }
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
  }
  if (paths.empty()) paths.push_back(working_directory);
  return paths;
}

/// `hasten check some/project` means `cd some/project && pytest`.
std::string invocation_directory(const std::vector<std::string>& paths, const std::string& working_directory) {
  return paths.size() == 1 && path_kind(paths[0]) == PathKind::directory ? paths[0] : working_directory;
}

/// Addopts is written for a run in the root directory, so its paths face that.
void apply_addopts(const PytestSetup& setup, PytestOptions& options, PytestConfig& config,
                   std::vector<Problem>& problems) {
  config.addopts = options.words("addopts", {});
  Addopts addopts = parse_addopts(config.addopts.value);
  options.override_with(addopts.overrides);
  const auto report = [&](std::string message) {
    problems.push_back({ProblemSeverity::warning, setup.file, config.addopts.origin.line, 0, std::move(message)});
  };
  for (std::string& mistake : addopts.mistakes) report("addopts: " + std::move(mistake));
  for (const std::string& path : addopts.ignore) config.ignore.push_back(absolute_path(path, config.root));
  for (const std::string& glob : addopts.ignore_glob) config.ignore_glob.push_back(absolute_path(glob, config.root));
  for (const std::string& word : addopts.positional) {
    std::string path = absolute_path(word, config.root);
    if (path_kind(path) != PathKind::missing) {
      config.arguments.push_back(std::move(path));
    } else if (!addopts.pyargs) {
      report(fmt::format("addopts: '{}' is no file or directory", word));
    }
  }
  config.plugins = std::move(addopts.plugins);
  config.blocked_plugins = std::move(addopts.blocked_plugins);
  config.import_mode = addopts.import_mode.value_or(ImportMode::prepend);
  config.doctest_modules = addopts.doctest_modules;
  config.asyncio_mode = options.text("asyncio_mode", "strict");
  if (addopts.asyncio_mode) config.asyncio_mode = {std::move(*addopts.asyncio_mode), config.addopts.origin};
}

PytestConfig pytest_config(const PytestSetup& setup, std::vector<Problem>& problems) {
  PytestConfig config;
  config.root = setup.root;
  config.file = setup.file;
  PytestOptions options(setup, problems);
  apply_addopts(setup, options, config, problems);

  // From here on the overrides of addopts are in force.
  config.testpaths = options.words("testpaths", {});
  config.python_files = options.words("python_files", {"test_*.py", "*_test.py"});
  config.python_classes = options.words("python_classes", {"Test"});
  config.python_functions = options.words("python_functions", {"test"});
  config.norecursedirs = options.words(
      "norecursedirs", {"*.egg", ".*", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}"});
  config.usefixtures = options.words("usefixtures", {});
  config.pythonpath = options.paths("pythonpath");
  config.markers = options.lines("markers");
  config.collect_imported_tests = options.boolean("collect_imported_tests", {true, {}});
  config.others = options.others();
  return config;
}

/// Paths as they are printed; a file that was looked at twice has its problems once.
void hand_over(std::vector<Problem> found, const std::string& root, std::vector<Problem>& problems) {
  for (Problem& problem : found) {
    if (problem.path.starts_with('/')) problem.path = relative_path(problem.path, root);
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  problems.insert(problems.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(repeated.begin()));
}

}  // namespace

Result<Config, Problem> load_config(const ConfigRequest& request, std::vector<Problem>& problems) {
  const std::string here = working_directory();
  auto paths = existing_paths(request.paths, here);
  if (!paths) return paths.reason();

  std::vector<Problem> found;
  PytestSearch search{invocation_directory(*paths, here), *paths, {}, {}};
  if (request.pytest_config_file) search.config_file = absolute_path(*request.pytest_config_file, here);
  if (request.root_dir) search.root_dir = absolute_path(*request.root_dir, here);
  const auto setup = find_pytest_setup(search, found);
  if (!setup) return setup.reason();

  Config config;
  config.pytest = pytest_config(*setup, found);
  const std::string& first = paths->front();
  const std::string start = path_kind(first) == PathKind::directory ? first : std::string(parent_path(first));
  auto hasten = read_hasten_config({request, here, start, setup->root}, found);
  if (!hasten) return hasten.reason();
  config.hasten = std::move(*hasten);
  config.paths = std::move(*paths);
  config.workers = request.workers;
  hand_over(std::move(found), setup->root, problems);
  return config;
}

}  // namespace hasten
