// Asks the installed pytest what it makes of small projects and compares. Skips without pytest.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/config/config.h"
#include "analyzer/config/paths.h"
#include "tests/unit/config/project_folder.h"

namespace hasten {
namespace {

using Files = std::vector<std::pair<const char*, const char*>>;

struct Layout {
  const char* name;
  Files files;
  const char* directory = ".";  // where pytest is started
  int since = 0;                // 100 * major + minor
};

const std::vector<Layout>& layouts() {
  static const std::vector<Layout> all{
      {"nothing", {{"test_a.py", ""}}},
      {"ini", {{"pytest.ini", "[pytest]\ntestpaths = a 'b c'  # x\npython_files: t_*.py\n"}}},
      {"ini_empty", {{"pytest.ini", ""}, {"tox.ini", "[pytest]\ntestpaths = a\n"}}},
      {"ini_lines", {{"pytest.ini", "[pytest]\nmarkers =\n  a: b\n\n# c\n  d: e=f\ntestpaths =\n  x\n  y\n"}}},
      {"hidden_ini", {{".pytest.ini", "[pytest]\ntestpaths = h\n"}, {"tox.ini", "[pytest]\ntestpaths = a\n"}}},
      {"toml",
       {{"pyproject.toml", "[tool.pytest.ini_options]\ntestpaths = ['a b', 'c']\npython_files = 'x_*.py y'\n"}}},
      {"toml_empty_table", {{"pyproject.toml", "[tool.pytest.ini_options]\n"}, {"tox.ini", "[pytest]\ntestpaths=a"}}},
      {"tox_before_cfg", {{"tox.ini", "[pytest]\ntestpaths = t\n"}, {"setup.cfg", "[tool:pytest]\ntestpaths = s\n"}}},
      {"cfg", {{"setup.cfg", "[metadata]\nname = x\n[tool:pytest]\ntestpaths = s\nmarkers = a\n  b\n"}}},
      {"tox_without_section", {{"tox.ini", "[tox]\nenvlist = x\n"}, {"setup.cfg", "[tool:pytest]\ntestpaths = s\n"}}},
      {"nearer_wins", {{"pytest.ini", "[pytest]\n"}, {"p/setup.cfg", "[tool:pytest]\n"}, {"p/t/test_a.py", ""}}, "p/t"},
      {"upwards", {{"pytest.ini", "[pytest]\ntestpaths = a\n"}, {"p/q/test_a.py", ""}}, "p/q"},
      {"setup_py", {{"p/setup.py", ""}, {"p/t/test_a.py", ""}}, "p/t"},
      {"own_pyproject", {{"pyproject.toml", "[tool.black]\n"}, {"p/t/test_a.py", ""}}, "p/t", 801},
      {"pyproject_before_setup_py", {{"pyproject.toml", "\n"}, {"p/setup.py", ""}}, "p", 801},
      {"override",
       {{"pytest.ini", "[pytest]\ntestpaths = a\naddopts = -o testpaths=c -o 'python_files=x_*.py z'\n"}},
       ".",
       901},
      {"options",
       {{"tox.ini", "[pytest]\naddopts = -q --tb short -m 'not x' --ignore=a/b -rA --ignore c -p no:doctest\n"}}},
      {"native", {{"pytest.toml", "[pytest]\ntestpaths = ['n']\n"}, {"pytest.ini", "[pytest]\n"}}, ".", 900},
      {"native_pyproject", {{"pyproject.toml", "[tool.pytest]\ntestpaths = ['n']\nmarkers = ['a: b']\n"}}, ".", 900},
  };
  return all;
}

/// Prints the version, then one line of fields per directory of sys.argv.
constexpr const char* script = R"(
import os, sys, pytest
from _pytest.config import _prepareconfig
print(100 * int(pytest.__version__.split('.')[0]) + int(pytest.__version__.split('.')[1]))
for directory in sys.argv[1:]:
    os.chdir(directory)
    config = _prepareconfig(['-p', 'no:cacheprovider'])
    lists = [config.getini('testpaths'), config.getini('python_files'), config.getini('markers')]
    ignored = [os.path.abspath(os.path.join(config.rootpath, p)) for p in config.getoption('ignore') or []]
    # Plugins register markers of their own at the end.
    fields = [str(config.rootpath), str(config.inipath or '')] + ['|'.join(l) for l in lists] + ['|'.join(ignored)]
    print('\t'.join(f.replace('\n', ' ') for f in fields))
    config._ensure_unconfigure()
)";

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "|") + word;
  return out;
}

std::vector<std::string> lines_of(const std::string& command) {
  std::vector<std::string> lines(1);
  std::FILE* pipe = popen(command.c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(c);
    }
  }
  pclose(pipe);
  lines.pop_back();
  return lines;
}

class PytestOracle : public ProjectFolder {};

TEST_F(PytestOracle, reads_the_same_configuration) {
  write("oracle.py", script);
  std::string directories;
  for (const Layout& layout : layouts()) {
    for (const auto& [path, text] : layout.files) write(std::string(layout.name) + '/' + path, text);
    directories += " '" + absolute_path(layout.directory, at(layout.name)) + "'";
  }
  const auto lines = lines_of("PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 PYTEST_ADDOPTS= /usr/bin/python3 -B '" +
                              at("oracle.py") + "'" + directories + " 2>/dev/null");
  if (lines.empty()) GTEST_SKIP() << "/usr/bin/python3 has no pytest";
  ASSERT_EQ(lines.size(), layouts().size() + 1);
  const int version = std::atoi(lines[0].c_str());
  for (std::size_t i = 0; i < layouts().size(); ++i) {
    const Layout& layout = layouts()[i];
    if (version < layout.since) continue;
    ConfigRequest request;
    request.paths = {absolute_path(layout.directory, at(layout.name))};
    std::vector<Problem> problems;
    const auto config = load_config(request, problems);
    ASSERT_TRUE(config);
    const PytestConfig& ours = config->pytest;
    const std::string markers = joined(ours.markers.value);
    const std::string begin = ours.root + '\t' + ours.file + '\t' + joined(ours.testpaths.value) + '\t' +
                              joined(ours.python_files.value) + '\t' + markers;
    EXPECT_EQ(lines[i + 1].substr(0, begin.size()), begin) << layout.name;
    EXPECT_TRUE(lines[i + 1].ends_with('\t' + joined(ours.ignore))) << layout.name << ": " << lines[i + 1];
  }
}

}  // namespace
}  // namespace hasten
