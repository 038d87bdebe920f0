"""The command `protocol verify`. It needs neither application nor database, only the file."""

import json
from pathlib import Path

import click

from auctions.protocols.verifying import verify
from marketplace.core.phrases import Locale

MAX_BYTES = 50_000_000


@click.group("protocol")
def protocol() -> None:
    """Public protocols of trades."""


@protocol.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--lang", "locale", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language."
)
@click.pass_context
def verify_command(ctx: click.Context, file: Path, locale: Locale) -> None:
    """Recompute result and deadlines of a trade from its public protocol FILE."""
    finding = verify(_read(file))
    click.echo(finding.text(locale))
    if finding.problem is not None:
        ctx.exit(1)


def _read(file: Path) -> object:
    if file.stat().st_size > MAX_BYTES:
        raise click.ClickException(f"{file}: too large for a protocol")
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file}: {error}") from error
