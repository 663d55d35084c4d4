from pathlib import Path

from pipeline.report import write_report, write_summary
from tests.workspace import Workspace, enter


def test_the_report_has_a_line_per_day(three_days):
    path = write_report(three_days)  # expect: HS401 "report.csv"
    assert len(path.read_text().splitlines()) == 4


def test_the_report_goes_where_it_is_told(three_days, tmp_path):
    path = write_report(three_days, tmp_path / "march.csv")
    assert path.exists()


def test_the_report_can_be_rounded(three_days, tmp_path):
    three_days["value"] = three_days["value"].round()  # expect: HS111 "changes `three_days`"
    assert write_report(three_days, tmp_path / "rounded.csv").exists()


def test_the_summary_has_a_name(three_days, tmp_path):
    assert write_summary(three_days, "march", tmp_path).name == "march.txt"


def test_the_summary_counts_rows(three_days, tmp_path):
    assert write_summary(three_days, "april", tmp_path).read_text() == "3 rows\n"


def test_the_report_lands_in_the_working_directory(three_days, tmp_path):
    with Workspace(tmp_path):
        assert write_report(three_days).resolve().parent == tmp_path.resolve()


def test_a_relative_name_follows_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("three days")
    assert (tmp_path / "notes.txt").exists()


def test_the_pipeline_runs_anywhere(three_days, tmp_path):
    folder = enter(tmp_path)
    assert write_report(three_days, folder / "here.csv") == Path.cwd() / "here.csv"
