"""`marketplace erase-objectors`: what the operator runs once a year."""

import click
from flask.cli import with_appcontext

from listings.notices.objections.erasing import erasable, erase_objector
from marketplace.core.context import SYSTEM
from marketplace.core.runtime import runtime
from marketplace.core.terms import TermError
from marketplace.core.uow import reading, unit_of_work


@click.command("erase-objectors")
@click.option("--dry-run", is_flag=True, help="Count only.")
@with_appcontext
def erase_objectors(*, dry_run: bool) -> None:
    """Erase who objected, where the years to keep it are over. Proofs stay valid."""
    running = runtime()
    try:
        found = erasable(reading(SYSTEM), running.settings.objector_years)
    except TermError as error:
        raise click.ClickException(f"MARKETPLACE_OBJECTOR_YEARS: {error}") from error
    for objection_id in () if dry_run else found:
        with unit_of_work(SYSTEM) as ctx:
            unnamed = erase_objector(ctx, objection_id)
        for digest in unnamed:  # a file is gone for good, so only after the commit
            running.files.remove(digest)
    click.echo(f"{len(found)} objectors {'to erase' if dry_run else 'erased'}")
