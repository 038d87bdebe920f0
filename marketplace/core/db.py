"""The database: declarative base, column types, and what each new connection is told."""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import Any
from weakref import WeakSet

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

JSONValue = None | bool | int | str | list["JSONValue"] | dict[str, "JSONValue"]
JSONObject = dict[str, JSONValue]

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite keeps it naive, PostgreSQL as timestamptz; Python always sees UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not reach the database")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UTCDateTime, JSONObject: JSON}  # noqa: RUF012


db = SQLAlchemy(metadata=Base.metadata)

#: Execution option that asks a SQLite transaction for the write lock at its first statement.
IMMEDIATE = "immediate"


class TidyConnection(sqlite3.Connection):
    """A connection that can close what was not read to its end.

    An error between query and reading leaves a cursor open; SQLite then keeps its snapshot, and the next writer on the
    same connection could not begin.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *arguments: Any, **options: Any) -> Any:
        made = super().cursor(*arguments, **options)
        self._cursors.add(made)
        return made

    def tidy(self) -> None:
        """Close every open cursor."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()


def engine_options(url: str) -> dict[str, Any]:
    """How connections are made and kept."""
    if url.startswith("sqlite"):
        return {"json_serializer": _json_text, "connect_args": {"factory": TidyConnection}}
    return {"json_serializer": _json_text, "pool_pre_ping": True}  # a restarted server is no error


def _json_text(value: JSONValue) -> str:
    """Chinese as it is: escapes take twice the room and three times the time to read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def prepare_engine(engine: Engine) -> None:
    """Give every connection of `engine` its session settings. Called once per engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "reset", _tidy_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    dbapi: Any = connection
    dbapi.isolation_level = None  # the driver must not open transactions by itself: `_begin_sqlite` does
    cursor = dbapi.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    dbapi.create_function("sha256_hex", 1, _sha256_hex, deterministic=True)


def _sha256_hex(text: str) -> str:
    """What SQLite cannot do by itself."""
    return hashlib.sha256(text.encode()).hexdigest()


def _tidy_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry, _state: object) -> None:
    tidy: Any = connection
    tidy.tidy()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """One stopped worker must not freeze everybody: locks, statements and idle transactions have limits."""
    dbapi: Any = connection
    cursor = dbapi.cursor()
    for setting in (
        "lock_timeout = '10s'",
        "statement_timeout = '60s'",
        "idle_in_transaction_session_timeout = '30s'",
    ):
        cursor.execute(f"SET {setting}")
    cursor.close()
    dbapi.commit()
