"""action.yml: the schema of GitHub's actions, and its check step run as the runner would run it."""

import json
import subprocess

import harness
from harness import expect

try:
    import yaml
except ImportError:
    print("skipped: yaml is missing, install python3-yaml")
    raise SystemExit(harness.SKIPPED) from None

SLOW = "import time\n\n\ndef test_wait():\n    time.sleep(2)\n"
ACTION = harness.ROOT / "action.yml"


def main():
    harness.require("node", "nodejs")
    validator = harness.node_modules() / "@action-validator" / "cli" / "cli.mjs"
    done = subprocess.run(["node", validator, ACTION], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"action-validator: {done.stdout}{done.stderr}")

    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    for step in action["runs"]["steps"]:
        expect("${{" not in step.get("run", ""), f"{step['name']}: an expression inside of a script")
    with harness.temporary_folder() as folder:
        check_step(next(step for step in action["runs"]["steps"] if step.get("id") == "check"), folder)
    harness.finish()


def check_step(step, folder):
    project = folder / "a project"
    harness.write(project / "tests" / "test_it.py", SLOW)
    text, code, outputs = run(step, folder, project, PATHS="tests", ARGS="--isolated --select HS2")
    expect(code == 1 and outputs["exit-code"] == "1", f"findings: {code} {outputs} {text}")
    expect("::add-matcher::" in text and "tests/test_it.py:5:5: HS201" in text, f"annotations: {text}")
    log = json.loads((folder / "hasten" / "hasten.sarif").read_text(encoding="utf-8"))
    expect(len(log["runs"][0]["results"]) == 1, "the SARIF report")

    text, code, _ = run(step, folder, project, FAIL="false", ANNOTATE="false")
    expect(code == 0 and "::add-matcher::" not in text, f"inputs are not heeded: {code} {text}")
    _, code, outputs = run(step, folder, project, PATHS="absent", FAIL="false")
    expect(code == 2 and outputs["exit-code"] == "2", f"a path that does not exist: {code} {outputs}")
    text, code, _ = run(step, folder, project, PATHS="$(touch${IFS}hacked) ;touch hacked")
    expect(not list(folder.rglob("hacked")), "an input was run as a command")


def run(step, folder, project, **inputs):
    variables = {"PATHS": "", "ARGS": "", "ANNOTATE": "true", "FAIL": "true", **inputs}
    expect(set(variables) <= set(step["env"]), "the step's variables have other names")
    (folder / "hasten").mkdir(exist_ok=True)
    outputs = folder / "outputs"
    outputs.write_text("", encoding="ascii")
    env = harness.environment(**variables, HASTEN=str(harness.HASTEN), SARIF=str(folder / "hasten" / "hasten.sarif"),
                              MATCHER=str(harness.ROOT / "samples/editors/github/hasten-matcher.json"),
                              RUNNER_TEMP=str(folder), GITHUB_OUTPUT=str(outputs), NO_COLOR="1")
    # As the runner calls `shell: bash`.
    done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=project, env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    pairs = dict(line.split("=", 1) for line in outputs.read_text(encoding="ascii").splitlines())
    return done.stdout, done.returncode, pairs


main()
