"""The schema that migrations build is the schema the models describe, on both databases, both ways."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from marketplace.core.context import SYSTEM
from marketplace.core.db import Base, db
from marketplace.core.journal import record
from marketplace.core.uow import unit_of_work
from marketplace.database import schema_differences, upgrade_schema
from marketplace.paths import resource
from tests.applications import running, site_settings
from tests.databases import EMPTY

VERSION_TABLE = "alembic_version"
PACKAGES = ("marketplace", "listings", "auctions", "search_index")
SAY_TABLES = (
    "import marketplace.app; from marketplace.core.db import Base; print(*sorted(Base.metadata.tables))"
)


@pytest.fixture(scope="module", autouse=True)
def _every_model() -> None:
    """Whatever other tests have imported, the models are all of the project's."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(Path(__file__).parents[2] / package)], f"{package}."):
            if not module.name.endswith(("__main__", "wsgi")):
                importlib.import_module(module.name)


@pytest.fixture
def empty_app(databases, backend, tmp_path: Path):
    """An application on a database without any table."""
    with databases.copy(backend, EMPTY) as url, running(site_settings(tmp_path, url)) as app:
        yield app


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {VERSION_TABLE}


def upgrade(app: Flask) -> None:
    with app.app_context():
        upgrade_schema()


def test_there_is_one_newest_version():
    assert len(ScriptDirectory(str(resource("migrations"))).get_heads()) == 1


def test_the_program_knows_every_table_when_it_has_started():
    """A model that nothing imports would be missing from the schema check, and from the next migration."""
    said = subprocess.run([sys.executable, "-c", SAY_TABLES], capture_output=True, text=True, check=True)
    assert said.stdout.split() == sorted(Base.metadata.tables)


def test_migrations_build_what_the_models_describe(empty_app):
    upgrade(empty_app)
    assert tables(empty_app) == set(Base.metadata.tables)
    with empty_app.app_context():
        assert schema_differences() == []


def test_migrations_can_be_undone_and_done_again(empty_app):
    upgrade(empty_app)
    with empty_app.app_context():
        flask_migrate.downgrade(revision="base")
    assert tables(empty_app) == set()
    upgrade(empty_app)
    assert tables(empty_app) == set(Base.metadata.tables)


def test_an_upgrade_of_a_new_schema_changes_nothing(empty_app):
    upgrade(empty_app)
    with empty_app.app_context(), unit_of_work(SYSTEM) as ctx:
        record(ctx, "achievement.submitted", "ach_1")
    upgrade(empty_app)
    with empty_app.app_context():
        assert db.session.scalar(text("SELECT id FROM journal_head")) == 1


def test_a_migrated_journal_takes_entries_and_keeps_them(empty_app):
    upgrade(empty_app)
    with empty_app.app_context():
        with unit_of_work(SYSTEM) as ctx:
            record(ctx, "achievement.submitted", "ach_1")
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text("DELETE FROM journal_entry"))
        db.session.rollback()


def test_differences_between_schema_and_models_are_found(empty_app):
    upgrade(empty_app)
    with empty_app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE done_request")
        assert any("done_request" in difference for difference in schema_differences())
