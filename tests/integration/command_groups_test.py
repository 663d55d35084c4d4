"""Effects of commands that a command line names: click's groups, Typer's apps, lines that a helper of the suite is
handed. And none of commands that it does not name.
"""

import harness

FILES = {
    "pytest.ini": "[pytest]\npythonpath = src\n",
    "src/shop/cli.py": """\
import time

import click
import typer


@click.group()
@click.option("--quiet", is_flag=True)
def cli(quiet):
    open("/srv/shop/log", "w").close()


@cli.command()
def push():
    time.sleep(1)


@cli.command("pull")
@click.argument("path")
def fetch(path):
    time.sleep(2)


@cli.group(name="db")
def database():
    pass


@database.command()
def drop_all():
    time.sleep(3)


@click.command()
def added():
    time.sleep(4)


cli.add_command(added)
cli.add_command(added, "renamed")

app = typer.Typer()
users = typer.Typer()
app.add_typer(users, name="users")
alone = typer.Typer()


@app.command()
def list_orders():
    time.sleep(5)


@users.command("add")
def add_user():
    time.sleep(6)


@alone.command()
def only(name: str):
    time.sleep(7)
""",
    "tests/conftest.py": """\
import pytest
from click.testing import CliRunner

from shop.cli import cli


@pytest.fixture
def run():
    def invoke(*words):
        return CliRunner().invoke(cli, ["--quiet", *words])

    return invoke
""",
    "tests/test_ways.py": """\
import pytest
from click.testing import CliRunner
from typer.testing import CliRunner as TyperRunner

from shop.cli import alone, app, cli, push

LINE = ["push"]


def shop(words):
    return CliRunner().invoke(cli, words)


class Runner:
    def run(self, *words):
        return shop(list(words))

    def shop(self, *words):
        return CliRunner().invoke(cli, words)

    def again(self, *words):
        return self.shop(*words)


def test_command():
    CliRunner().invoke(cli, ["push"])


def test_options_before_it():
    runner = CliRunner()
    assert runner.invoke(cli, args=["--quiet", "push"]).exit_code == 0


def test_given_name():
    CliRunner().invoke(cli, ["pull", "push"])


def test_nested():
    CliRunner().invoke(cli, "db drop-all")


def test_added():
    CliRunner().invoke(cli, ["added"])
    CliRunner().invoke(cli, ("renamed",))


def test_a_command_itself():
    CliRunner().invoke(push)


def test_computed():
    CliRunner().invoke(cli, LINE + ["--name", str(4)])


def test_split():
    line = "db drop-all --force".split()
    CliRunner().invoke(cli, line)


def test_group_alone():
    CliRunner().invoke(cli)


def test_unknown_command():
    CliRunner().invoke(cli, ["pu"])


def test_help():
    CliRunner().invoke(cli, ["push", "--help"])


def test_helper():
    shop(["push"])


def test_fixture(run):
    run("db", "drop-all")


def test_handed_on():
    Runner().again("push")


def test_helper_without_a_command(run):
    run()


def test_typer():
    TyperRunner().invoke(app, ["list-orders"])


def test_typer_in_typer():
    TyperRunner().invoke(app, ["users", "add"])


def test_typer_alone():
    TyperRunner().invoke(alone, ["pen"])


def test_folder():
    with CliRunner().isolated_filesystem():
        pass
""",
}
LOG = "file-write /srv/shop/log"
ROWS = {
    "test_command": {LOG, "sleep 1 s"},
    "test_options_before_it": {LOG, "sleep 1 s"},
    "test_given_name": {LOG, "sleep 2 s"},
    "test_nested": {LOG, "sleep 3 s"},
    "test_added": {LOG, "sleep 4 s"},
    "test_a_command_itself": {"sleep 1 s"},
    "test_computed": {LOG, "sleep 1 s"},
    "test_split": {LOG, "sleep 3 s"},
    "test_group_alone": {LOG},
    "test_unknown_command": {LOG},
    "test_help": {LOG},
    "test_helper": {LOG, "sleep 1 s"},
    "test_fixture": {LOG, "sleep 3 s"},
    "test_handed_on": {LOG, "sleep 1 s"},
    "test_helper_without_a_command": {LOG},
    "test_typer": {"sleep 5 s"},
    "test_typer_in_typer": {"sleep 6 s"},
    "test_typer_alone": {"sleep 7 s"},
    "test_folder": {"file-write None", "cwd None"},
}


def main():
    with harness.project(FILES) as folder:
        harness.expect_effects(folder, ROWS)
    harness.finish()


main()
