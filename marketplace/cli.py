"""The `marketplace` command. Exit 0 done, 1 a clear error on stderr, 2 usage."""

import gc
import os
import sys
from pkgutil import resolve_name
from typing import Any

import click
from flask.cli import ScriptInfo

from marketplace.core.errors import DomainError
from marketplace.settings import SettingsError

APPLICATION = "marketplace.wsgi:app"
#: Where each command is. It is imported when it is asked for: whoever serves carries nothing that only others need.
COMMANDS = {
    "calendar": "marketplace.core.calendar.cli:calendar",
    "clock": "marketplace.core.calendar.cli:clock",
    "db": "marketplace.database:database",
    "demo": "marketplace.demo.commands:demo",
    "erase-objectors": "listings.notices.objections.cli:erase_objectors",
    "evidence": "marketplace.evidence.cli:evidence",
    "import": "listings.imports.cli:import_group",
    "openapi": "marketplace.commands:openapi_command",
    "protocol": "auctions.protocols.cli:protocol",
    "search": "search_index.cli:search",
    "serve": "marketplace.commands:serve_command",
    "tick": "marketplace.commands:tick_command",
    "tokens": "marketplace.accounts.cli:tokens",
    "users": "marketplace.accounts.cli:users",
    "worker": "marketplace.commands:worker_command",
    "zones": "marketplace.accounts.cli:zones",
}


class Program(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = load(COMMANDS[cmd_name])
        return found


cli = Program("marketplace", help="The technology-transfer marketplace.")


def main() -> None:
    """Entry point of the installed command."""
    try:
        code = cli.main(  # what a command exits with comes back as a value; commands return nothing else
            standalone_mode=False, obj=ScriptInfo(create_app=lambda: load(APPLICATION), set_debug_flag=False)
        )
        sys.exit(code if isinstance(code, int) else 0)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except click.Abort:
        sys.exit(1)
    except (SettingsError, DomainError) as error:
        click.echo(f"error: {getattr(error, 'message', error)}", err=True)
        sys.exit(1)


def load(place: str) -> Any:
    """What `module:name` is.

    Programs stay, so the collector of garbage leaves them alone. Looking through them while they are imported takes a
    third of the start; looking through them later writes to every object, and so copies its page in every fork.

    Numpy's linear algebra, which is not used, would start threads of its own; forks of a process with threads hang
    now and then.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        return resolve_name(place)
    finally:
        gc.freeze()
        gc.enable()
