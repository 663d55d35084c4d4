import os
import tempfile
from pathlib import Path

import pytest
from freezegun import freeze_time

from courier import labels

HERE = Path(__file__).parent


@freeze_time("2024-02-29")
def test_a_label_has_number_and_day(tmp_path):
    assert labels.write_label("T1", tmp_path).read_text() == "T1 2024-02-29\n"


def test_labels_have_a_folder_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    labels.write_label("T2")
    assert (tmp_path / "labels" / "T2.txt").exists()


def test_labels_are_listed():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "b.txt").write_text("b")
        Path(folder, "a.txt").write_text("a")
        Path(folder, "a.pdf").write_text("no label")
        assert labels.labels_in(folder) == ["a.txt", "b.txt"]


def test_work_returns_to_where_it_was(tmp_path):
    before = os.getcwd()
    with pytest.raises(ValueError), labels.working_in(tmp_path):
        raise ValueError
    assert os.getcwd() == before


def test_a_label_may_be_relative(tmp_path):
    before = os.getcwd()
    os.chdir(tmp_path)
    try:
        assert labels.write_label("T3", ".").parent == Path(".")
    finally:
        os.chdir(before)


@pytest.fixture
def template():
    return (HERE / "template.txt").read_text()


def test_the_template_names_the_number(template):
    assert "{tracking}" in template
