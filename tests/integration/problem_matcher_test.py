"""Every place that hasten prints reaches the editor: VS Code, GitHub, vim and Emacs parse what the JSON report has."""

import json
import shutil
import subprocess

import harness
from harness import expect

MODULES = harness.node_modules()
EDITORS = harness.ROOT / "samples" / "editors"
WORDS = {"error": "error", "warning": "warning", "info": "info"}


def main():
    harness.require("node", "nodejs")
    with harness.temporary_folder() as folder:
        project = folder / "a project"
        write_project(project)
        planted, broken = check_project(project)
        expect((planted, broken) == (3, 2), f"3 findings and 2 problems were planted, hasten has {planted} and {broken}")
        for sample in sorted(path for path in (harness.ROOT / "samples").iterdir() if (path / "tests").is_dir()):
            copy = folder / sample.name
            shutil.copytree(sample, copy)
            check_project(copy)
    harness.finish()


def write_project(project):
    harness.write(project / "pytest.ini", "[pytest]\n")
    harness.write(project / "test_plain.py", "import time\n\n\ndef test_a():\n    time.sleep(1)\n")
    harness.write(project / "sub dir" / "test_ä: --> 1.py", "import time\n\n\ndef test_b():\n\ttime.sleep(2)\n")
    harness.write(project / "test_colon:12.py", "import time\n\n\ndef test_c():\n    '😀'; time.sleep(3)\n")
    harness.write(project / "test_broken.py", "def test_d(:\n    pass\n")
    harness.write(project / "test_bytes.py", b"x = '\xff'\n\n\ndef test_e():\n    pass\n")


def check_project(project):
    report = json.loads(harness.hasten("check", "--isolated", "--output-format", "json", cwd=project).stdout)
    expected = sorted(finding_row(finding) for finding in report["findings"])
    problems = sorted(problem_row(problem) for problem in report["problems"])
    concise = printed(project, "concise")
    full = printed(project, "full")

    vscode = json.loads((EDITORS / "vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    github = json.loads((EDITORS / "github" / "hasten-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    compare("VS Code, full", project, parse(vscode[0]["problemMatcher"], full), expected, problems)
    compare("VS Code, concise", project, parse(vscode[1]["problemMatcher"], concise), expected, [])
    for text in [concise, full]:
        compare("GitHub", project, parse([github_as_vscode(matcher) for matcher in github], text), expected, problems)
    check_vim(project, concise, expected, problems)
    check_emacs(project, concise, full, expected)
    return len(expected), len(problems)


def finding_row(finding):
    return (finding["path"], finding["line"], finding["column"], finding["code"], finding["message"])


def problem_row(problem):
    return (problem["path"], problem["line"] or 0, problem["column"] or 0, "", problem["message"])


def printed(project, style):
    """Both streams, as a terminal or a CI log holds them."""
    done = harness.hasten("check", "--isolated", "--output-format", style, cwd=project, env=harness.environment())
    return (done.stdout + done.stderr).decode()


def github_as_vscode(matcher):
    """The keys are the same but for the name; `notice` is GitHub's word for information."""
    severity = {"notice": "info"}.get(matcher.get("severity"), matcher.get("severity"))
    return {"name": matcher["owner"], "pattern": matcher["pattern"], **({"severity": severity} if severity else {})}


def parse(matchers, text):
    done = subprocess.run(["node", harness.HERE / "problem_matcher.js", MODULES], capture_output=True, check=True,
                          input=json.dumps({"matchers": matchers, "text": text}).encode())
    found = json.loads(done.stdout)
    for problem in found:
        expect(problem.get("severity") in WORDS.values(), f"no severity: {problem}")
    return [(problem["file"], problem.get("line", 0), problem.get("column", 0), problem.get("code", ""),
             problem["message"]) for problem in found]


def compare(what, project, rows, expected, problems):
    found = sorted(row for row in rows if row[3])
    expect(found == expected, f"{what}: {project.name}: findings {difference(found, expected)}")
    others = sorted(row for row in rows if not row[3])
    expect(others == problems, f"{what}: {project.name}: problems {difference(others, problems)}")


def difference(found, expected):
    return f"missing {sorted(set(expected) - set(found))}, too many {sorted(set(found) - set(expected))}"


def check_vim(project, concise, expected, problems):
    """vim takes the first `:` that fits for the end of the name, so files with colons are beyond it."""
    vim = shutil.which("vim")
    if vim is None:
        print("vim is not installed, its part is left out")
        return
    lines = project.parent / "lines.txt"
    out = project.parent / "quickfix.json"
    lines.write_text(concise, encoding="utf-8")
    script = [f"source {EDITORS / 'vim' / 'hasten.vim'}", f"cgetfile {lines}",
              f"call writefile([json_encode(map(getqflist(), {{_, e -> extend(e, {{'name': bufname(e.bufnr)}})}}))], '{out}')"]
    subprocess.run([vim, "-e", "-s", "-N", "-u", "NONE", "-c", "set encoding=utf-8",
                    *[part for line in ["command! -nargs=+ CompilerSet setlocal <args>", *script]
                      for part in ("-c", line)], "-c", "qa!"], cwd=project, check=False, timeout=60,
                   stdin=subprocess.DEVNULL, capture_output=True)
    entries = json.loads(out.read_text(encoding="utf-8"))
    expect(all(entry["valid"] for entry in entries), f"vim: {project.name}: lines without a place")
    found = sorted((entry["name"], entry["lnum"]) for entry in entries)
    wanted = sorted((path, line) for path, line, *_ in expected + problems)
    expect([row for row in found if ":" not in row[0]] == [row for row in wanted if ":" not in row[0]],
           f"vim: {project.name}: {difference(found, wanted)}")


def check_emacs(project, concise, full, expected):
    emacs = shutil.which("emacs")
    if emacs is None:
        print("emacs is not installed, its part is left out")
        return
    program = """(progn
      (load (expand-file-name "emacs/hasten.el" (getenv "EDITORS")) nil t)
      (find-file (getenv "LINES"))
      (compilation-mode)
      (compilation--ensure-parse (point-max))
      (goto-char (point-min))
      (let ((position (point-min)))
        (while position
          (let* ((message (get-text-property position 'compilation-message))
                 (place (and message (compilation--message->loc message))))
            (when place
              (princ (format "%s\\t%s\\n" (caar (compilation--loc->file-struct place))
                             (compilation--loc->line place)))))
          (setq position (next-single-property-change position 'compilation-message)))))"""
    for style, text in [("concise", concise), ("full", full)]:
        lines = project.parent / "lines.txt"
        lines.write_text(text, encoding="utf-8")
        done = subprocess.run([emacs, "-Q", "--batch", "--eval", "(set-language-environment \"UTF-8\")",
                               "--eval", program], capture_output=True, check=False, timeout=60,
                              env=harness.environment(EDITORS=str(EDITORS), LINES=str(lines), LC_ALL="C.UTF-8"))
        found = {tuple(line.split("\t")) for line in done.stdout.decode(errors="replace").splitlines()}
        wanted = {(path, str(line)) for path, line, *_ in expected if ":" not in path}
        strangers = sorted(path for path, _ in found if ":" not in path and not (project / path).exists())
        expect(not strangers, f"emacs, {style}: {project.name}: takes for files {strangers}")
        expect(wanted <= found, f"emacs, {style}: {project.name}: missing {sorted(wanted - found)} "
                                f"in {sorted(found)} {done.stderr.decode(errors='replace')[-500:]}")


main()
