"""The database's schema: built by migrations, compared with what the code expects.

Only the commands of `marketplace db` need Alembic, so nothing that serves imports this module.
"""

import click
import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import current_app
from flask.cli import AppGroup

from marketplace.core.db import Base, db
from marketplace.paths import resource

database = AppGroup("db", help="The database schema.")


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the schema to the newest version."""
    upgrade_schema()


@database.command("check")
def check_command() -> None:
    """Is the schema the code's?"""
    differences = schema_differences()
    if differences:
        raise click.ClickException("the schema differs from the code:\n" + "\n".join(differences))
    click.echo("the schema is the code's")


@database.command("revision")
@click.argument("message")
def revision_command(message: str) -> None:
    """Write a migration for what the code has and the schema has not, to be read and corrected."""
    _equip()
    flask_migrate.revision(message=message, autogenerate=True)


def upgrade_schema() -> None:
    """Bring the current application's database to the newest version."""
    _equip()
    flask_migrate.upgrade()


def schema_differences() -> list[str]:
    """Differences between database and models, in words; empty when they agree."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _equip() -> None:
    """Tell the application where its migrations are."""
    flask_migrate.Migrate(current_app, db, directory=str(resource("migrations")), render_as_batch=True)
