"""Is the database's schema the one the code expects?"""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from marketplace.core.db import Base, db


def schema_differences() -> list[str]:
    """Differences between database and models, in words; empty when they agree."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]
