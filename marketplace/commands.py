"""The commands of the running program: serve pages, relay and clocks, or catch up once."""

import json

import click
from flask.cli import ScriptInfo, with_appcontext

from marketplace.core.relay import drain
from marketplace.core.ticker import tick
from marketplace.serving import serve
from marketplace.site.api import api_document
from marketplace.worker import work


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST")
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=1, show_default=True, help="Processes that answer pages.")
@click.pass_obj
def serve_command(script: ScriptInfo, host: str, port: int, workers: int) -> None:
    """Pages, relay and clocks on one port."""
    serve(script.load_app(), host, port, workers)


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
