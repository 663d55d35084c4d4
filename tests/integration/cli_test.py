"""The command line from outside: exit codes, streams, files, broken pipes, and the same bytes every time."""

import json
import os
import pty
import re
import shutil
import subprocess

import harness
from harness import expect, hasten

try:
    import jsonschema
except ImportError:
    print("skipped: jsonschema is missing, install python3-jsonschema")
    raise SystemExit(harness.SKIPPED) from None

SLOW = "import time\n\n\ndef test_wait():\n    time.sleep(2)\n"
CLEAN = "def test_sum():\n    assert 1 + 1 == 2\n"
FORMATS = ["full", "concise", "json", "sarif"]


def main():
    with harness.temporary_folder() as folder:
        for name, text in [("slow", SLOW), ("clean", CLEAN)]:
            harness.write(folder / name / "pytest.ini", "[pytest]\n")
            harness.write(folder / name / "tests" / "test_it.py", text)
        exit_codes(folder)
        streams(folder)
        selection(folder)
        apis(folder)
        output_files(folder)
        paths(folder)
        broken_pipe(folder)
        colors(folder)
        pages_and_rules()
        graph()
        same_bytes(folder)
    json_schema()
    harness.finish()


def exit_codes(folder):
    hasten("check", cwd=folder / "clean", codes=[0])
    hasten("check", cwd=folder / "slow", codes=[1])
    hasten("check", "--exit-zero", cwd=folder / "slow", codes=[0])
    for arguments in [[], ["chekc"], ["check", "--nope"], ["check", "-j", "x"], ["check", "absent"],
                      ["check", "--config", "absent.toml"], ["check", "--output-format", "xml"], ["explain"],
                      ["explain", "HS999"], ["check", "-o", "no/such/folder/x"], ["graph", "absent"],
                      ["graph", "--format", "png"]]:
        done = hasten(*arguments, cwd=folder / "slow", codes=[2])
        expect(done.stdout == b"", f"{arguments}: printed on standard output")
        expect(done.stderr.strip(), f"{arguments}: said nothing on standard error")
    for arguments in [["--help"], ["--version"], ["check", "--help"], ["rules"], ["explain", "sleep-in-test"]]:
        done = hasten(*arguments, codes=[0])
        expect(done.stdout.strip() and not done.stderr, f"{arguments}: belongs on standard output")


def streams(folder):
    project = folder / "broken"
    harness.write(project / "pytest.ini", "[pytest]\n")
    harness.write(project / "test_broken.py", SLOW + "\n\ndef test_half(:\n")
    done = hasten("check", "--output-format", "concise", cwd=project, codes=[1])
    expect(re.search(rb"^test_broken\.py:\d+:\d+: problem: ", done.stderr, re.MULTILINE), f"problems: {done.stderr}")
    expect(b"problem" not in done.stdout, "a problem on standard output")
    expect(done.stdout.decode().splitlines()[-1] == "Found 1 finding.", f"last line of {done.stdout}")
    quiet = hasten("check", "--output-format", "concise", "-q", cwd=project, codes=[1])
    expect(quiet.stderr == b"" and b"Found" not in quiet.stdout, f"-q: {quiet}")
    verbose = hasten("check", "-v", cwd=project, codes=[1])
    expect(b"1 file, " in verbose.stderr, f"-v: {verbose.stderr}")
    counted = hasten("check", "--statistics", cwd=project, codes=[1])
    expect(re.match(rb" +1  HS201  sleep-in-test\n", counted.stdout), f"--statistics: {counted.stdout}")
    clean = hasten("check", cwd=folder / "clean")
    expect(clean.stdout == b"No findings.\n", f"clean: {clean.stdout}")
    files = hasten("check", "--show-files", cwd=folder / "clean", codes=[0])
    expect(files.stdout == b"tests/test_it.py\n", f"--show-files: {files.stdout}")


def selection(folder):
    slow = folder / "slow"
    hasten("check", "--select", "HS3", cwd=slow, codes=[0])
    hasten("check", "--select", "HS3,sleep-in-test", cwd=slow, codes=[1])
    hasten("check", "--ignore", "HS201", cwd=slow, codes=[0])
    done = hasten("check", "--select", "sleep-in-tets", cwd=slow, codes=[2])
    expect(b"sleep-in-test" in done.stderr, f"no suggestion: {done.stderr}")
    done = hasten("explain", "sleep-in-tets", codes=[2])
    expect(b"did you mean `sleep-in-test`" in done.stderr, f"no suggestion: {done.stderr}")


def apis(folder):
    done = hasten("api", "requests.api.get", cwd=folder, codes=[0])
    for part in [b"requests.get\n", b"asked for: requests.api.get", b"from: rules/knowledge/network.toml:", b"effects: network",
                 b"masked by: ", b"url: argument 0 or `url`"]:
        expect(part in done.stdout, f"api requests.api.get lacks {part}: {done.stdout}")
    harness.write(folder / "own" / "pyproject.toml",
                  '[tool.hasten]\n[[tool.hasten.api]]\nname = "acme.wait"\neffects = ["sleep"]\nseconds = [0, "s"]\n')
    known = json.loads(hasten("api", "acme.wait", "own", "--output-format", "json", cwd=folder, codes=[0]).stdout)
    expect(known["from"] == "pyproject.toml:3" and known["effects"] == ["sleep"], f"api acme.wait: {known}")
    expect(known["arguments"] == {"seconds": {"position": 0, "keyword": "s"}}, f"api acme.wait: {known}")
    done = hasten("api", "time.slep", cwd=folder, codes=[1])
    expect(b"did you mean `time.sleep`" in done.stderr and not done.stdout, f"no suggestion: {done.stderr}")
    below = json.loads(hasten("api", "requests", "--output-format", "json", cwd=folder, codes=[0]).stdout)["below"]
    expect("requests.get" in below, f"api requests: {below}")


def output_files(folder):
    out = folder / "out.txt"
    done = hasten("check", "--output-format", "concise", "-o", out, cwd=folder / "slow", codes=[1])
    expect(done.stdout == b"", "-o printed on standard output too")
    expect(out.read_text() == hasten("check", "--output-format", "concise", cwd=folder / "slow").stdout.decode(), "-o")
    expect(sorted(path.name for path in folder.iterdir() if "out" in path.name) == ["out.txt"], "a temporary file is left")


def paths(folder):
    """People click on paths from where they stand; code scanning wants them from the repository."""
    def first_path(*arguments, cwd):
        return hasten("check", "--output-format", "concise", *arguments, cwd=cwd).stdout.decode().split(":")[0]

    expect(first_path(cwd=folder / "slow") == "tests/test_it.py", "from the root")
    expect(first_path("slow", cwd=folder) == "slow/tests/test_it.py", "from above")
    expect(first_path("tests", cwd=folder / "slow") == "tests/test_it.py", "a folder inside")
    expect(first_path(folder / "slow", cwd=folder / "clean") == str(folder / "slow/tests/test_it.py"), "from beside")

    repository = folder / "repository"
    shutil.copytree(folder / "slow", repository / "service")
    (repository / ".git").mkdir()
    log = json.loads(hasten("check", "--output-format", "sarif", cwd=repository / "service").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    expect(place["artifactLocation"]["uri"] == "service/tests/test_it.py", f"SARIF: {place}")


def broken_pipe(folder):
    harness.write(folder / "many" / "test_many.py",
                  "import time\n" + "".join(f"\n\ndef test_{i}():\n    time.sleep(1)\n" for i in range(3000)))
    command = subprocess.Popen([harness.HASTEN, "check"], cwd=folder / "many", stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    command.stdout.read(10)
    command.stdout.close()
    complaint = command.stderr.read()
    expect(command.wait() == 1 and complaint == b"", f"a reader that went away: {command.returncode} {complaint}")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([harness.HASTEN, "check"], cwd=folder / "slow", stdout=full, stderr=subprocess.PIPE,
                              check=False)
    expect(done.returncode == 2 and b"cannot write" in done.stderr, f"a full disk: {done}")


def colors(folder):
    plain = hasten("check", cwd=folder / "slow", env=harness.environment()).stdout
    expect(b"\x1b" not in plain, "colours in a pipe")
    for env in [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}]:
        expect(b"\x1b[" in hasten("check", cwd=folder / "slow", env=harness.environment(**env)).stdout, f"{env}")
    for style in FORMATS[2:]:
        forced = hasten("check", "--output-format", style, "--color", "always", cwd=folder / "slow").stdout
        expect(b"\x1b" not in forced and b"\\u001b" not in forced, f"colours in {style}")

    def on_terminal(**env):
        main_end, terminal = pty.openpty()
        subprocess.run([harness.HASTEN, "check"], cwd=folder / "slow", stdout=terminal, check=False,
                       env=harness.environment(TERM="xterm", **env))
        os.close(terminal)
        text = os.read(main_end, 100_000)
        os.close(main_end)
        return text

    expect(b"\x1b[" in on_terminal(), "no colours on a terminal")
    expect(b"\x1b[" not in on_terminal(NO_COLOR="1"), "NO_COLOR")


def pages_and_rules():
    rules = json.loads(hasten("rules", "--output-format", "json").stdout)
    table = hasten("rules").stdout.decode().splitlines()
    expect(len(rules) == len(table) > 0, "the table and the JSON list differ")
    for rule, line in zip(rules, table):
        expect(line.startswith(f"{rule['code']}  {rule['name']} "), f"table: {line}")
        pages = [hasten("explain", word, codes=[0]).stdout.decode() for word in
                 [rule["code"], rule["code"].lower(), rule["name"]]]
        expect(len(set(pages)) == 1 and rule["page"].strip() in pages[0], f"explain {rule['code']}")


def graph():
    sample = harness.ROOT / "samples" / "fastapi_service"
    read = json.loads(hasten("graph", "--format", "json", sample, codes=[0]).stdout)
    ids = [node["id"] for node in read["nodes"]]
    expect(len(ids) == len(set(ids)) > 5, "ids of the graph")
    expect(all(edge["from"] in ids and edge["to"] in ids for edge in read["edges"]), "edges without nodes")
    expect(any(node["type"] == "fixture" and node["file"] == "tests/conftest.py" for node in read["nodes"]), "fixtures")
    dot = hasten("graph", sample, codes=[0]).stdout.decode()
    expect(dot.startswith("digraph") and all(f'"{name}"' in dot for name in ids), "DOT")
    mermaid = hasten("graph", "--format", "mermaid", sample, codes=[0]).stdout.decode()
    expect(mermaid.count(" --> ") == len(read["edges"]) == dot.count(" -> "), "Mermaid and DOT have other edges")
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tsvg"], input=dot.encode(), capture_output=True, check=False)
        expect(done.returncode == 0 and b"</svg>" in done.stdout and not done.stderr, f"dot: {done.stderr}")


def same_bytes(folder):
    sample = folder / "sample"
    shutil.copytree(harness.ROOT / "samples" / "django_shop", sample)
    for style in FORMATS:
        texts = {hasten("check", "--isolated", "--output-format", style, "-j", workers, cwd=sample).stdout
                 for workers in [1, 2, 8]}
        expect(len(texts) == 1, f"{style}: other bytes with other numbers of workers")


def json_schema():
    schema = json.loads((harness.HERE / "report.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    for sample in sorted(path for path in (harness.ROOT / "samples").iterdir() if (path / "tests").is_dir()):
        report = json.loads(hasten("check", "--output-format", "json", sample).stdout)
        for error in validator.iter_errors(report):
            expect(False, f"{sample.name}: {error.json_path}: {error.message}")
        for finding in report["findings"]:
            expect((sample / finding["path"]).is_file(), f"{sample.name}: no file {finding['path']}")


main()
