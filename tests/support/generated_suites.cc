#include "tests/support/generated_suites.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace hasten {
namespace {

using std::size_t;

/// A fixed walk through [0, below): the same everywhere, and far from any order.
size_t scattered(size_t index, size_t below) { return index * 7919 % std::max<size_t>(below, 1); }

constexpr size_t tests_per_file = 50;
constexpr size_t files_per_folder = 20;

std::string fixture(size_t index, size_t first, size_t end) {
  std::string text = index % 10 == 0 ? "@pytest.fixture(scope=\"module\")\n" : "@pytest.fixture\n";
  const bool requests = index % 3 == 0 && index > first && index % 10 != 0;
  const std::string argument = requests ? fmt::format("fixture_{}", first + scattered(index, index - first)) : "";
  text += fmt::format("def fixture_{}({}):\n    path = tempfile.mkdtemp()\n", index, argument);
  if (index % 20 == 1) text += "    os.environ[\"HOME\"] = path\n";
  if (index % 20 == 2) text += "    helpers.pause(0.1)\n";
  text +=
      fmt::format("    value = helpers.Store(path, size={})\n    yield value\n    value.close()\n\n\n", end - first);
  return text;
}

std::string test(size_t index, size_t first, size_t end) {
  const size_t a = first + scattered(index, end - first);
  const size_t b = first + scattered(index + 1, end - first);
  std::string text = fmt::format("def test_{}(fixture_{}", index, a);
  if (b != a) text += fmt::format(", fixture_{}", b);
  text += fmt::format("):\n    expected = helpers.expected({})\n    result = fixture_{}.read(expected, \"name-{}\")\n",
                      index, a, index);
  if (index % 25 == 0) text += "    time.sleep(0.01)\n";
  if (index % 25 == 1) text += "    helpers.record(\"out.txt\", result)\n";
  text += "    for item in result:\n        assert item.name in expected, item\n";
  text += fmt::format("    assert len(result) == {}\n\n\n", index);
  return text;
}

constexpr std::string_view helpers = R"py(import time


class Store:
    def __init__(self, path, size):
        self.path = path
        self.size = size

    def read(self, expected, name):
        return [item for item in expected if item.name != name]

    def close(self):
        self.path = None


def pause(seconds):
    time.sleep(seconds)


def expected(index):
    return range(index)


def record(name, lines):
    with open(name, "w") as out:
        out.writelines(lines)
)py";

/// `text` once for each number below `size`, with the number in it.
template <class... Arguments>
std::string numbered(size_t size, fmt::format_string<size_t&, size_t&> text) {
  std::string out;
  for (size_t i = 0; i < size; ++i) {
    size_t next = i + 1;
    out += fmt::format(text, i, next);
  }
  return out;
}

GeneratedFiles import_cycle(size_t size) {
  GeneratedFiles files;
  for (size_t i = 0; i < size; ++i) {
    files.push_back(
        {fmt::format("cycle_{}.py", i),
         fmt::format("from cycle_{} import value, run\nfrom cycle_{} import *\n", (i + 1) % size, (i + 7) % size)});
  }
  files.push_back({"test_cycle.py", "import cycle_0\ndef test_cycle(value):\n    cycle_0.run(cycle_0.value)\n"});
  return files;
}

GeneratedFiles fixture_cycle(size_t size) {
  std::string text = "import pytest\n";
  for (size_t i = 0; i < size; ++i) {
    text += fmt::format("@pytest.fixture\ndef fixture_{}(fixture_{}):\n    return fixture_{}\n", i, (i + 1) % size,
                        (i + 1) % size);
  }
  return {{"conftest.py", text},
          {"test_cycle.py", numbered(50, "def test_{0}(fixture_{0}):\n    fixture_{0}.start({1})\n")}};
}

GeneratedFiles class_that_inherits_from_itself(size_t size) {
  return {
      {"test_classes.py",
       numbered(size, "class Test{0}(Test{0}):\n    def test_a(self):\n        self.b()\n        super().b({1})\n") +
           "class TestX(TestY):\n    def test_a(self):\n        self.z\nclass TestY(TestX):\n    pass\n"}};
}

GeneratedFiles conftests(size_t size) {
  GeneratedFiles files;
  for (size_t i = 0; i < size; ++i) {
    const std::string folder = fmt::format("tests/part_{}/case_{}", i / 100, i);
    files.push_back({folder + "/conftest.py",
                     "import pytest\n@pytest.fixture(autouse=True)\ndef base(request):\n    yield request\n"});
    if (i % 10 == 0) files.push_back({fmt::format("{}/test_{}.py", folder, i), "def test_one(base):\n    base.go()\n"});
  }
  return files;
}

GeneratedFiles nested_conftests(size_t size) {
  GeneratedFiles files;
  std::string folder = "tests";
  for (size_t i = 0; i < size; ++i) {
    files.push_back({folder + "/conftest.py", "import pytest\n@pytest.fixture\ndef base(base):\n    return base\n"});
    folder += "/d";
  }
  files.push_back({folder + "/test_one.py", "def test_one(base):\n    base.go()\n"});
  return files;
}

GeneratedFiles deep_inheritance(size_t size) {
  return {{"bases.py", "class Base0:\n    pass\n" +
                           numbered(size,
                                    "class Base{1}(Base{0}):\n    def step_{1}(self):\n        super().step_{0}()\n"
                                    "        self.step_{0}()\n")},
          {"test_deep.py", fmt::format("from bases import Base{0}\nclass TestDeep(Base{0}):\n"
                                       "    def test_a(self):\n        self.step_{0}()\n        self.missing()\n",
                                       size)}};
}

GeneratedFiles one_name_for_everything(size_t size) {
  return {{"test_names.py",
           "import os, time\n" +
               numbered(size,
                        "def test_x(x):\n    x = x.x(time)\n    os.environ[\"x\"] = x\nx = test_x({0}, x)\n"
                        "class x:\n    def x(self, x):\n        self.x = x.x({1})\n")}};
}

GeneratedFiles one_file(size_t size) {
  return {{"test_huge.py",
           "import os, time\nfrom unittest import mock\nITEMS = []\n" +
               numbered(size,
                        "def function_{0}(a, b=1):\n    ITEMS.append(a)\n    return function_{1}(a, b)\n"
                        "def test_{0}():\n    with mock.patch(\"os.getcwd\"):\n        function_{0}({1})\n")}};
}

GeneratedFiles one_function(size_t size) {
  return {{"test_long.py",
           "import asyncio, os\nfrom unittest import mock\nITEMS = {}\nasync def work(x):\n    ITEMS[x] = os.getcwd()\n"
           "def test_long(request):\n" +
               numbered(size,
                        "    os.environ[\"KEY_{0}\"] = \"{1}\"\n    ITEMS[\"{0}\"] = {1}\n    work({0})\n"
                        "    with mock.patch(\"os.getcwd\"):\n        asyncio.create_task(work({1}))\n")}};
}

GeneratedFiles one_statement(size_t size) {
  return {
      {"test_wide.py", "import asyncio\nasync def work(x):\n    open(\"x\", \"w\")\nasync def test_wide():\n    run(" +
                           numbered(size, "work({0}), ") + ")\n    x = " + numbered(900, "work({0}) + ") + "1\n"}};
}

GeneratedFiles aliases(size_t size) {
  return {{"test_aliases.py", "import time\nname_0 = time.sleep\n" + numbered(size, "name_{1} = name_{0}\n") +
                                  fmt::format("def test_a():\n    name_{}(1)\n", size)}};
}

GeneratedFiles rebound_local(size_t size) {
  return {{"test_rebound.py", "import time\ndef test_a(x, y):\n" +
                                  numbered(size, "    x = y.a(x, {0}) or x\n    y = x.b(y, {1}) or y\n") +
                                  "    x.sleep(y)\n"}};
}

GeneratedFiles star_imports_of_nothing(size_t size) {
  return {{"test_star.py", numbered(size, "from missing_{0} import *\n") + "def test_star():\n" +
                               numbered(size, "    name_{0}(other_{1})\n")}};
}

GeneratedFiles star_import_chain(size_t size) {
  GeneratedFiles files;
  for (size_t i = 0; i < size; ++i) {
    files.push_back({fmt::format("star_{}.py", i), fmt::format("from star_{} import *\nvalue_{} = {}\n", i + 1, i, i)});
  }
  files.push_back(
      {"test_star.py", fmt::format("from star_0 import *\ndef test_star():\n    value_{}.go(value_0)\n", size - 1)});
  return files;
}

GeneratedFiles mutual_recursion(size_t size) {
  std::string text = "import time\n";
  for (size_t i = 0; i < size; ++i) {
    text += fmt::format("def f{}(n):\n    f{}(n)\n    f{}(n)\n    return f{}(n - 1)\n", i, (i + 1) % size,
                        scattered(i, size), i);
  }
  return {{"test_recursion.py", text + fmt::format("def f{}(n):\n    time.sleep(n)\n    f0(n)\n", size - 1) +
                                    numbered(50, "def test_{0}():\n    f{0}({1})\n")}};
}

GeneratedFiles effects_behind_everything(size_t size) {
  // Every test reaches every effect: what is kept grows with the product unless it is bounded.
  return {{"test_all.py", "import os, time\ndef all_of_them():\n" + numbered(size, "    change_{0}()\n") +
                              numbered(size, "def change_{0}():\n    os.environ[\"KEY_{0}\"] = \"{1}\"\n") +
                              numbered(size, "def test_{0}():\n    all_of_them()\n    time.sleep({1})\n")}};
}

GeneratedFiles masks_over_masks(size_t size) {
  // Each test has patches of its own, so nothing that was found for one holds for another.
  return {{"test_masks.py", "import os, time\nfrom unittest import mock\ndef start():\n    step_0()\n" +
                                numbered(size,
                                         "def step_{0}():\n    with mock.patch(\"os.a{0}\"):\n        step_{1}()\n"
                                         "    with mock.patch(\"os.b{0}\"):\n        step_{1}()\n") +
                                fmt::format("def step_{}():\n    time.sleep(1)\n", size) +
                                numbered(size, "@mock.patch(\"os.c{0}\")\ndef test_{0}(_):\n    start()\n")}};
}

GeneratedFiles parametrized_products(size_t size) {
  return {{"test_product.py", "import pytest\n" + numbered(size, "@pytest.mark.parametrize(\"a{0}\", range(10))\n") +
                                  "def test_product(" + numbered(size, "a{0}, ") + "):\n    assert a0\n"}};
}

GeneratedFiles wide_closure(size_t size) {
  std::string arguments, text = "import pytest\n";
  for (size_t i = 0; i < size; ++i) {
    text += fmt::format("@pytest.fixture\ndef f{}({}):\n    return 1\n", i, i > 0 ? fmt::format("f{}", i / 2) : "");
    arguments += fmt::format("f{}, ", i);
  }
  text += "@pytest.fixture\ndef everything(" + arguments + "):\n    return f0\n";
  return {{"conftest.py", text}, {"test_wide.py", numbered(50, "def test_{0}(everything):\n    everything.go({1})\n")}};
}

constexpr std::array shapes = {
    HostileShape{"import_cycle", import_cycle, 2'000},
    HostileShape{"fixture_cycle", fixture_cycle, 2'000},
    HostileShape{"class_that_inherits_from_itself", class_that_inherits_from_itself, 2'000},
    HostileShape{"conftests", conftests, 10'000},
    HostileShape{"nested_conftests", nested_conftests, 400},
    HostileShape{"deep_inheritance", deep_inheritance, 1'000},
    HostileShape{"one_name_for_everything", one_name_for_everything, 10'000},
    HostileShape{"one_file", one_file, 10'000},
    HostileShape{"one_function", one_function, 10'000},
    HostileShape{"one_statement", one_statement, 20'000},
    HostileShape{"aliases", aliases, 20'000},
    HostileShape{"rebound_local", rebound_local, 10'000},
    HostileShape{"star_imports_of_nothing", star_imports_of_nothing, 5'000},
    HostileShape{"star_import_chain", star_import_chain, 1'000},
    HostileShape{"mutual_recursion", mutual_recursion, 10'000},
    HostileShape{"effects_behind_everything", effects_behind_everything, 1'000},
    HostileShape{"masks_over_masks", masks_over_masks, 200},
    HostileShape{"parametrized_products", parametrized_products, 200},
    HostileShape{"wide_closure", wide_closure, 1'000},
};

}  // namespace

GeneratedFiles large_suite(size_t tests, size_t fixtures) {
  const size_t test_files = (tests + tests_per_file - 1) / tests_per_file;
  const size_t folders = (test_files + files_per_folder - 1) / files_per_folder;
  const auto first_fixture = [&](size_t folder) { return folder * fixtures / folders; };
  GeneratedFiles files = {{"helpers.py", std::string(helpers)}};
  for (size_t folder = 0; folder < folders; ++folder) {
    std::string text = "import os\nimport tempfile\n\nimport pytest\n\nimport helpers\n\n\n";
    const size_t first = first_fixture(folder), end = first_fixture(folder + 1);
    for (size_t index = first; index < end; ++index) text += fixture(index, first, end);
    files.push_back({fmt::format("tests/part_{}/conftest.py", folder), text});
  }
  for (size_t file = 0; file < test_files; ++file) {
    const size_t folder = file / files_per_folder;
    std::string text = "import time\n\nimport helpers\n\n\n";
    for (size_t index = file * tests_per_file; index < std::min(tests, (file + 1) * tests_per_file); ++index) {
      text += test(index, first_fixture(folder), first_fixture(folder + 1));
    }
    files.push_back({fmt::format("tests/part_{}/test_{}.py", folder, file), text});
  }
  return files;
}

GeneratedFiles call_graph(size_t functions) {
  constexpr size_t per_file = 500;
  const size_t modules = (functions + per_file - 1) / per_file;
  GeneratedFiles files;
  for (size_t module = 0; module < modules; ++module) {
    // Calls lead to later modules mostly, as code in layers does; now and then one leads back.
    const size_t near = std::min(module + 1, modules - 1), far = (module + 7) % modules;
    std::string text = fmt::format("import os\nimport time\n\nimport code_{}\nimport code_{}\n\n\n", near, far);
    for (size_t index = module * per_file; index < std::min(functions, (module + 1) * per_file); ++index) {
      const size_t local = index % per_file;
      text += fmt::format("def function_{}(value):\n    total = value * {}\n", local, index);
      if (index % 50 == 0) text += "    time.sleep(0.1)\n";
      if (index % 50 == 1) text += fmt::format("    os.environ[\"KEY_{}\"] = value\n", index % 100);
      text += fmt::format("    for part in range(total):\n        value = code_{}.function_{}(part)\n", near,
                          scattered(local, per_file));
      text += fmt::format("    return function_{}(value)\n\n\n", scattered(local + 1, per_file));
    }
    files.push_back({fmt::format("code_{}.py", module), text});
    std::string tests = fmt::format("import code_{0}\n\n\n", module);
    for (size_t local = 0; local < per_file; local += 10) {
      tests += fmt::format("def test_{0}():\n    assert code_{1}.function_{0}({0}) == {0}\n\n\n", local, module);
    }
    files.push_back({fmt::format("tests/test_{}.py", module), tests});
  }
  return files;
}

std::span<const HostileShape> hostile_shapes() { return shapes; }

}  // namespace hasten
