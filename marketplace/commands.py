"""The commands of the program, gathered from the packages that own them."""

import json

import click
import flask_migrate
from flask.cli import AppGroup, ScriptInfo, with_appcontext

from listings.imports.cli import import_group
from marketplace.accounts.cli import tokens, users, zones
from marketplace.core.calendar.cli import calendar, clock
from marketplace.core.relay import drain
from marketplace.core.ticker import tick
from marketplace.database import schema_differences
from marketplace.demo.commands import demo
from marketplace.evidence.cli import evidence
from marketplace.serving import serve, work
from marketplace.site.api import api_document
from search_index.cli import search


def install_commands(cli: click.Group) -> None:
    """Add every command to the group."""
    for command in (
        *(serve_command, worker_command, tick_command, database, demo),
        *(users, tokens, zones, import_group, search, evidence, clock, calendar, openapi_command),
    ):
        cli.add_command(command)


database = AppGroup("db", help="The database schema.")


@database.command("upgrade")
def upgrade() -> None:
    """Bring the schema to the newest version."""
    flask_migrate.upgrade()


@database.command("check")
def check() -> None:
    """Is the schema the code's?"""
    differences = schema_differences()
    if differences:
        raise click.ClickException("the schema differs from the code:\n" + "\n".join(differences))
    click.echo("the schema is the code's")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=1, show_default=True, help="Processes that answer pages.")
def serve_command(host: str, port: int, workers: int) -> None:
    """Pages, relay and clocks on one port."""
    serve(host, port, workers)


@click.command("worker")
@click.pass_obj
def worker_command(script: ScriptInfo) -> None:
    """Relay and clocks alone."""
    work(script.load_app())


@click.command("tick")
@with_appcontext
def tick_command() -> None:
    """Catch up once: apply passed deadlines, hand the journal to its consumers."""
    click.echo(f"{tick()} deadlines applied, {drain()} entries handed over")


@click.command("openapi")
@with_appcontext
def openapi_command() -> None:
    """Print the OpenAPI document."""
    click.echo(json.dumps(api_document(), ensure_ascii=False, indent=2))
