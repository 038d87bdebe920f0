"""`marketplace erase-objectors`: what the operator runs once a year."""

import click
from flask.cli import with_appcontext

from listings.notices.objections.erasing import erasable, erase_objector
from marketplace.core.context import SYSTEM
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading, unit_of_work


@click.command("erase-objectors")
@click.option("--dry-run", is_flag=True, help="Count only.")
@with_appcontext
def erase_objectors(*, dry_run: bool) -> None:
    """Erase who objected, where the years to keep it are over. Proofs stay valid."""
    found = erasable(reading(SYSTEM), runtime().settings.objector_years)
    if not dry_run:
        for objection_id in found:
            with unit_of_work(SYSTEM) as ctx:
                erase_objector(ctx, objection_id)
    click.echo(f"{len(found)} objectors {'to erase' if dry_run else 'erased'}")
