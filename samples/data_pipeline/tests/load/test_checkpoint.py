import tempfile
from pathlib import Path

from pipeline import checkpoint


def test_a_run_goes_on_where_the_last_one_stopped():
    checkpoint.save(1200)  # expect: HS401 "sensor-pipeline.checkpoint"
    assert checkpoint.load() == 1200


def test_a_first_run_starts_at_the_beginning(tmp_path):
    assert checkpoint.load(tmp_path / "none") == 0


def test_the_path_can_be_chosen(tmp_path):
    checkpoint.save(7, tmp_path / "checkpoint")
    assert checkpoint.load(tmp_path / "checkpoint") == 7


def test_other_tools_may_write_checkpoints():
    path = Path(tempfile.gettempdir()) / "sensor-pipeline.other"
    path.write_text('{"position": 12}')  # expect: HS401
    assert checkpoint.load(path) == 12


def test_a_checkpoint_without_position_is_an_error():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "checkpoint")
        path.write_text("{}")
        try:
            checkpoint.load(path)
        except KeyError as error:
            assert error.args == ("position",)
