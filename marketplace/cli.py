"""The `marketplace` command. Exit 0 done, 1 a clear error on stderr, 2 usage."""

import os
import sys

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo

from marketplace.app import create_app
from marketplace.commands import install_commands
from marketplace.core.errors import DomainError
from marketplace.settings import SettingsError, load_settings


def _make_app() -> Flask:
    return create_app(load_settings(os.environ))


cli = AppGroup("marketplace", help="The technology-transfer marketplace.")
install_commands(cli)


def main() -> None:
    """Entry point of the installed command."""
    try:
        cli.main(standalone_mode=False, obj=ScriptInfo(create_app=_make_app, set_debug_flag=False))
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
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
