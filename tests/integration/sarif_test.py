"""SARIF that GitHub takes: the OASIS schema, Microsoft's validator with its GitHub rules, and its own line hashes.

The validator ends with 0 whatever it finds, so its findings are counted.
"""

import gzip
import json
import random
import subprocess
from urllib.parse import unquote

import harness
from harness import expect

try:
    import jsonschema
except ImportError:
    print("skipped: jsonschema is missing, install python3-jsonschema")
    raise SystemExit(harness.SKIPPED) from None

MODULES = harness.node_modules() / "@microsoft" / "sarif-multitool-linux"
LINE_HASH = "primaryLocationLineHash"
MOST_BYTES = 10_000_000  # of the compressed file; GitHub rejects more


def main():
    schema = json.loads((MODULES / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    with harness.temporary_folder() as folder:
        project = folder / "a project"
        count = write_project(project)
        log = report_on(project, folder / "own.sarif", validator)
        results = log["runs"][0]["results"]
        expect(len(results) == count, f"{count} findings were planted, SARIF has {len(results)}")
        validate(folder / "own.sarif")
        compare_line_hashes(log, project, folder)

        for sample in sorted(path for path in (harness.ROOT / "samples").iterdir() if (path / "tests").is_dir()):
            out = folder / f"{sample.name}.sarif"
            report_on(sample, out, validator)
            validate(out)
    harness.finish()


def write_project(project):
    """Files that are hard to point into: blanks and marks in names, every line end, tabs, accents, emoji."""
    rng = random.Random(20)
    ends = ["\n", "\r\n"]
    names = ["test_plain.py", "test_a b#%.py", "sub dir/test_ä.py", "test_日本.py", "test_[x](1).py"]
    names += [f"many/test_{number}.py" for number in range(30)]
    planted = 0
    harness.write(project / "pytest.ini", "[pytest]\n")
    for name in names:
        end = rng.choice(ends)
        lines = ["import time", "", ""]
        for test in range(rng.randint(1, 8)):
            lines.append(f"def test_{test}():")
            for _ in range(rng.randint(0, 6)):
                filler = rng.choice(["x = 1", "y = 'é😀日'", "# comment", "", "z = [0]  ", "\tw = 2".strip(), "x = 1"])
                lines.append(f"    {filler}" if filler else "")
            lines.append(rng.choice(["    time.sleep(2)", "    '😀é'; time.sleep(2)"]))
            lines += [""] * rng.randint(0, 3)
            planted += 1
        text = end.join(lines) + rng.choice(["", end])
        harness.write(project / name, rng.choice([b"", b"\xef\xbb\xbf"]) + text.encode())
    # Something to put among the notifications.
    harness.write(project / "test_broken.py", "def test_broken(:\n    x[0](1)\n")
    return planted


def report_on(project, out, validator):
    harness.hasten("check", "--isolated", "--select", "ALL", "--output-format", "sarif", "-o", out, project)
    data = out.read_bytes()
    expect(len(gzip.compress(data)) < MOST_BYTES, f"{out.name} is too large for GitHub")
    log = json.loads(data)
    for error in validator.iter_errors(log):
        expect(False, f"{out.name}: {error.json_path}: {error.message}")
    check_by_hand(out.name, log["runs"][0])
    return log


def check_by_hand(name, run):
    """What no validator looks at."""
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in ["shortDescription", "fullDescription"]:
            expect(0 < len(rule[key]["text"]) <= 1024, f"{name}: {rule['id']}: {key} has a bad length")
        expect(rule["properties"]["problem.severity"] in ["error", "warning", "recommendation"], f"{name}: severity")
        expect(rule["properties"]["precision"] in ["very-high", "high", "medium", "low"], f"{name}: precision")
    expect(run["invocations"][0]["executionSuccessful"] is True, f"{name}: executionSuccessful")
    for result in run["results"]:
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"{name}: ruleIndex")
        expect("suppressions" not in result, f"{name}: suppressed results are left out")
        links = {place["id"] for place in result.get("relatedLocations", [])}
        text = result["message"]["text"]
        expect(all(f"]({link})" in text for link in links), f"{name}: a related place without a link: {text}")
        places = result["locations"] + result.get("relatedLocations", [])
        for flow in result.get("codeFlows", []):
            places += [step["location"] for thread in flow["threadFlows"] for step in thread["locations"]]
        for place in places:
            region = place["physicalLocation"]["region"]
            missing = {"startLine", "startColumn", "endLine", "endColumn"} - region.keys()
            expect(not missing, f"{name}: a region without {missing}")
        expect(result["partialFingerprints"].get(LINE_HASH), f"{name}: no {LINE_HASH}")
    prints = [result["partialFingerprints"]["hastenFinding/v1"] for result in run["results"]]
    expect(len(set(prints)) == len(prints), f"{name}: two findings with one fingerprint")


def multitool(*arguments):
    tool = MODULES / "Sarif.Multitool"
    tool.chmod(0o755)
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"Sarif.Multitool {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")


def validate(path):
    out = path.with_suffix(".validation")
    multitool("validate", path, "--rule-kind", "Sarif;Ghas;Gh", "-o", out, "--log", "ForceOverwrite",
              "--level", "Error;Warning;Note", "--max-file-size-in-kb", "100000")
    log = json.loads(out.read_text(encoding="utf-8-sig"))
    expect(log["runs"], f"{path.name} was not validated")
    for result in log["runs"][0]["results"]:
        if result.get("level", "warning") in ["error", "warning"]:
            expect(False, f"{path.name}: {result['ruleId']}: {json.dumps(result['message'])}")


def compare_line_hashes(log, project, folder):
    """Takes ours away and lets Microsoft's implementation of GitHub's hash put its own."""
    ours = [result["partialFingerprints"].pop(LINE_HASH) for result in log["runs"][0]["results"]]
    log["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"] = project.as_uri() + "/"
    (folder / "bare.sarif").write_text(json.dumps(log), encoding="utf-8")
    multitool("rewrite", folder / "bare.sarif", "--insert", "RollingHashPartialFingerprints",
              "-o", folder / "theirs.sarif", "--log", "ForceOverwrite")
    theirs = json.loads((folder / "theirs.sarif").read_text(encoding="utf-8-sig"))
    compared = 0
    for own, result in zip(ours, theirs["runs"][0]["results"], strict=True):
        prints = result.get("partialFingerprints", {})
        other = next((value for key, value in prints.items() if key.startswith(LINE_HASH)), None)
        place = result["locations"][0]["physicalLocation"]
        where = f"{unquote(str(place['artifactLocation'].get('uri', '?')))}:{place['region']['startLine']}"
        expect(own == other, f"line hash of {where}: {own}, theirs {other}")
        compared += other is not None
    print(f"{compared} line hashes compared")
    expect(compared > 50, f"only {compared} line hashes were compared")


main()
