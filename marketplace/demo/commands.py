"""`marketplace demo load`."""

import click
from flask.cli import AppGroup

from marketplace.core.runtime import runtime
from marketplace.core.site_clock import moment, move_start, site_clock
from marketplace.demo.guide import log_ins
from marketplace.demo.market import PASSWORD, load, loaded

demo = AppGroup("demo", help="The demonstration market.")


@demo.command("load")
@click.option("--size", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option("--clock", "starts", metavar="ISO", help="Start the demonstration's clock at this time.")
def load_command(size: str, starts: str | None) -> None:
    """Fill an empty site; a site that has a market already stays as it is."""
    if starts is not None:
        _set_clock(starts)
    if loaded():
        click.echo("the demonstration market is there already")
    else:
        load(large=size == "large", told=lambda what: click.echo(f"loaded {what}"))
    click.echo(f"\nDemonstration log-ins (password for all: {PASSWORD}):")
    for sample in log_ins():
        click.echo(f"  {sample.email:<36} {sample.part}")


def _set_clock(starts: str) -> None:
    """Keep the start for all processes of this data folder. Raises click.BadParameter."""
    running = runtime()
    try:
        move_start(running.settings.data, moment(starts))
    except ValueError as error:
        raise click.BadParameter(f"{starts!r} is not an ISO time", param_hint="--clock") from error
    running.clock = site_clock(running.settings)
