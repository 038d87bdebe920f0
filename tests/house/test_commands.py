"""The commands of the program are found where the table says, and whoever serves carries nothing that only others need."""

import subprocess
import sys
from pkgutil import resolve_name

import click
import pytest

from marketplace.cli import COMMANDS

SAY = (
    "import os, sys; from marketplace.cli import APPLICATION, COMMANDS, load; load(COMMANDS['serve']); "
    "app = load(APPLICATION); from marketplace.core.db import db; "
)


@pytest.fixture
def said(tmp_path):
    """What a process says that has loaded all that serving needs."""

    def say(words: str) -> str:
        environment = {"MARKETPLACE_DATA": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", SAY + words], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    return say


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name):
    found = resolve_name(COMMANDS[name])
    assert isinstance(found, click.Command)
    assert found.name == name
    assert found.get_short_help_str()


def test_serving_loads_neither_migrations_nor_the_demonstration(said):
    assert said("print(*{'alembic', 'marketplace.demo.commands'} & set(sys.modules))") == ""


def test_a_made_application_can_be_forked(said):
    """It holds no connection that two processes would speak over, and no thread that would be missing in one."""
    pools = "[e.pool.checkedin() + e.pool.checkedout() for e in db.engines.values()]"
    threads = "len(os.listdir('/proc/self/task'))"  # those of libraries too, of which Python knows nothing
    assert said(f"app.app_context().push(); print({threads}, {pools})") == "1 [0]"


def test_a_command_that_exits_with_a_code_gives_it_to_the_shell(tmp_path):
    empty = tmp_path / "p.json"
    empty.write_text("{}")
    main = "from marketplace.cli import main; main()"
    command = [sys.executable, "-c", main, "protocol"]
    assert subprocess.run([*command, "verify", str(empty)], capture_output=True, check=False).returncode == 1
    assert subprocess.run([*command, "--help"], capture_output=True, check=False).returncode == 0
