"""Proves that layers_test.py notices each thing that it is there for: breaks a small tree in every way, one at a time."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import repository

GOOD = {
    "analyzer/base/id.h": "#pragma once\n",
    "analyzer/link/link.h": "#pragma once\n",
    "analyzer/link/link.cc": '#include "analyzer/link/link.h"\n#include "analyzer/base/id.h"\n#include <vector>\n',
    "analyzer/config/toml.cc": "#include <toml++/toml.h>\n",
    "rules/time/sleep.cc": '#include "analyzer/base/id.h"\n',
    "tests/unit/link/link_test.cc": '#include "analyzer/link/link.h"\n',
}

# what is wrong, the file that says it, its text, a part of the complaint
BROKEN = [
    ("a lower layer looks up", "analyzer/base/up.cc", '#include "analyzer/link/link.h"\n', "base may not include link"),
    ("a rule sees the linker", "rules/time/wait.cc", '#include "analyzer/link/link.h"\n', "rules may not include link"),
    ("a folder without a row", "analyzer/attic/old.cc", '#include "analyzer/base/id.h"\n', "folder attic has no row"),
    ("a file that is not there", "analyzer/link/typo.cc", '#include "analyzer/base/ids.h"\n', "is no file"),
    ("a relative include", "analyzer/link/near.cc", '#include "link.h"\n', "is no file"),
    ("tree-sitter outside syntax", "analyzer/link/ts.cc", "#include <tree_sitter/api.h>\n", "may not be included here"),
    ("Boost in a header", "analyzer/graph/g.h", "#pragma once\n#include <boost/graph/x.hpp>\n", "only be included by .cc"),
    ("a second TOML reader", "analyzer/config/more.cc", "#include <toml++/toml.h>\n", "at most 1 may"),
    ("<regex>", "analyzer/link/re.cc", "#include <regex>\n", "<regex> may not be included"),
    ("<iostream> in a test", "tests/unit/link/io_test.cc", "#include <iostream>\n", "<iostream> may not be included"),
    ("no #pragma once", "analyzer/link/twice.h", "struct Twice {};\n", "without #pragma once"),
    ("using namespace", "analyzer/link/all.cc", "using namespace std;\n", "using namespace"),
]


def run(tree, extra=None):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in (tree | (extra or {})).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        shutil.copy(repository.ROOT / "analyzer/README.md", root / "analyzer/README.md")
        test = repository.ROOT / "tests/layers_test.py"
        done = subprocess.run([sys.executable, test, root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


complaints = []
code, output = run(GOOD)
if code != 0:
    complaints.append(f"a tree without faults was refused:\n{output}")
for what, name, text, complaint in BROKEN:
    code, output = run(GOOD, {name: text})
    if code != 1 or complaint not in output:
        complaints.append(f"not noticed: {what} (exit code {code})\n{output}")
repository.finish(complaints)
