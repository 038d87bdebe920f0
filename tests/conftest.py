"""What every test may ask for: a database of its own, an application on it, people, a clock."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy import event

from marketplace.core.clock import FrozenClock
from marketplace.core.context import Actor, Context
from marketplace.core.db import db
from marketplace.core.relay import drain as drain_relay
from marketplace.core.uow import unit_of_work
from marketplace.settings import Settings
from tests.applications import OPENING, build_schema, running, site_settings
from tests.cast import Cast, load_cast, settle
from tests.client import Client
from tests.databases import BACKENDS, POSTGRESQL, SQLITE, Databases
from tests.memory import memory_folder

#: One browser for every folder that drives one.
pytest_plugins = ("tests.browser.fixtures",)

#: Fixtures whose tests run on SQLite only.
ONE_IS_ENOUGH = {"browser", "sqlite_file"}

hypothesis.settings.register_profile(
    "house",
    deadline=None,  # machines are shared
    derandomize="CI" in os.environ,
    max_examples=50,
    suppress_health_check=[
        hypothesis.HealthCheck.function_scoped_fixture
    ],  # one application serves many examples
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--databases", default=SQLITE, help=f"comma-separated, of {', '.join(BACKENDS)}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything that needs a database runs once on each chosen one, unless it could not tell them apart."""
    if "backend" in metafunc.fixturenames:
        names = [SQLITE] if ONE_IS_ENOUGH & set(metafunc.fixturenames) else _chosen(metafunc.config)
        metafunc.parametrize("backend", [_backend(name) for name in names])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives the browser carries its mark."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def _chosen(config: pytest.Config) -> list[str]:
    names: list[str] = config.getoption("--databases").split(",")
    if unknown := set(names) - set(BACKENDS):
        raise pytest.UsageError(f"--databases: not a database: {', '.join(sorted(unknown))}")
    return names


def _backend(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.postgresql if name == POSTGRESQL else ())


@pytest.fixture(scope="session")
def session_folder() -> Iterator[Path]:
    """A folder of this session, in memory where the machine allows."""
    with memory_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def databases(session_folder: Path) -> Iterator[Databases]:
    """Templates: `schema` holds the tables, `cast` the people as well."""

    def builder(build: Callable[[Flask], None]) -> Callable[[str], None]:
        def on_address(url: str) -> None:
            with running(site_settings(session_folder / "building", url)) as app:
                build(app)

        return on_address

    with Databases(session_folder, {"schema": builder(build_schema), "cast": builder(settle)}) as made:
        yield made


@pytest.fixture
def database_url(databases: Databases, backend: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own, with the cast in it for tests that ask for `cast`."""
    template = "cast" if "cast" in request.fixturenames else "schema"
    with databases.copy(backend, template) as url:
        yield url


@pytest.fixture
def sqlite_file(database_url: str) -> Path:
    """The file of this test's database, for tests that look at it from outside."""
    return Path(database_url.removeprefix("sqlite:///"))


@pytest.fixture
def data_folder(session_folder: Path) -> Iterator[Path]:
    """A site's data folder of this test's own; compiled templates are shared, they cost the most."""
    compiled = session_folder / "templates"
    compiled.mkdir(exist_ok=True)
    folder = session_folder / "data"
    folder.mkdir()
    (folder / "templates").symlink_to(compiled)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def settings(data_folder: Path, database_url: str) -> Settings:
    return site_settings(data_folder, database_url)


@pytest.fixture
def clock() -> FrozenClock:
    """Monday 2 March 2026, 09:30 in Beijing, until moved."""
    return FrozenClock(OPENING)


@pytest.fixture
def app(settings: Settings, clock: FrozenClock) -> Iterator[Flask]:
    with running(settings, clock) as made:
        made.test_client_class = Client
        yield made


@pytest.fixture
def client(app: Flask) -> Client:
    """Nobody in particular; `client.sign_in(cast.inventor)` makes it somebody."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


@pytest.fixture
def cast(app: Flask) -> Cast:  # the application's database then has them, see `database_url`
    return load_cast(app)


@pytest.fixture
def ctx_for(app: Flask) -> Callable[[Actor], AbstractContextManager[Context]]:
    """`with ctx_for(actor) as ctx:` is one unit of work of that actor, committed at the end."""

    @contextmanager
    def work(actor: Actor) -> Iterator[Context]:
        with app.app_context(), unit_of_work(actor) as ctx:
            yield ctx

    return work


@pytest.fixture
def drain(app: Flask) -> Callable[[], int]:
    """Hand the journal to its consumers, as the worker does; the number of entries handed over."""

    def run() -> int:
        with app.app_context():
            return drain_relay()

    return run


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as statements:` collects the SQL sent inside, transaction control left out."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
