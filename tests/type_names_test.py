"""No two headers define different types of one name in one namespace: the whole-program build of what ships refuses that,
and it would be the first to notice.
"""

import re

import repository

NAMESPACE = re.compile(r"^namespace ([\w:]+) \{")
TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)(?: [^;]*)?\{")

defined = {}
complaints = []
for path in repository.files(repository.ROOT / "analyzer", {".h"}):
    namespace = ""
    for number, line in enumerate((repository.ROOT / "analyzer" / path).read_text().splitlines(), 1):
        if found := NAMESPACE.match(line):
            namespace = found.group(1)
        if not (found := TYPE.match(line)):
            continue
        place = f"analyzer/{path}:{number}"
        first = defined.setdefault(f"{namespace}::{found.group(1)}", place)
        if first != place:
            complaints.append(f"{place}: `{found.group(1)}` is defined in {first} as well")
if not defined:
    complaints.append("no type found, expected some")
repository.finish(complaints)
