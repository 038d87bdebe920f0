"""Alembic's environment: runs inside the application, on its engine and metadata."""

from logging.config import fileConfig
from typing import Any

from alembic import context
from flask import current_app

from marketplace.core.db import Base, UTCDateTime

config = context.config
if config.config_file_name and config.attributes.get("configure_logger", False):
    fileConfig(config.config_file_name)


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Own column types are written down as what the database stores."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("migrations run against a database")
run()
