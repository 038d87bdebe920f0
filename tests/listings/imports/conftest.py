"""A file on its way in, without pages; and what has become of it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from listings.achievements.content import from_json
from listings.achievements.models import Achievement
from listings.imports.models import ImportJob, ImportRow
from listings.imports.services import Arrangement, arrange, receive, request_check, start
from listings.imports.statement import Statement
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work

STATEMENT = Statement("云岫大学保审〔2026〕12 号", confirmed=True)


@pytest.fixture
def check(app: Flask, drain: Callable[[], int]):
    """`check(actor, "a.csv", content)` takes a file as far as the dry run; the job's id."""

    def go(actor, name, content, *, defaults=None, mapping=None, statement=STATEMENT, **options):
        with app.app_context():
            job_id = receive(actor, name, BytesIO(content), statement)
            with unit_of_work(actor) as ctx:
                found = ctx.session.get_one(ImportJob, job_id)
                arrange(
                    ctx, job_id, Arrangement({**found.mapping, **(mapping or {})}, defaults or {}, **options)
                )
                request_check(ctx, job_id)
        drain()
        return job_id

    return go


@pytest.fixture
def bring_in(app: Flask, check, drain: Callable[[], int]):
    """The same the whole way."""

    def go(actor, name, content, **options):
        job_id = check(actor, name, content, **options)
        with app.app_context(), unit_of_work(actor) as ctx:
            start(ctx, job_id)
        drain()
        return job_id

    return go


@pytest.fixture
def job(app: Flask):
    """`job(job_id)`: how it stands now."""

    def read(job_id):
        with app.app_context():
            found = db.session.get(ImportJob, job_id)
            db.session.expunge(found)
            return found

    return read


@pytest.fixture
def outcomes(app: Flask):
    """`outcomes(job_id)`: row number → (outcome, codes of its notes), rows with something to say."""

    def read(job_id):
        with app.app_context():
            found = db.session.scalars(
                select(ImportRow).where(ImportRow.job_id == job_id).order_by(ImportRow.row)
            )
            return {row.row: (row.outcome, [note["code"] for note in row.notes]) for row in found}

    return read


@pytest.fixture
def notes(app: Flask):
    """`notes(job_id)`: every note as (row, column, value, Chinese words)."""

    def read(job_id):
        with app.app_context():
            found = db.session.scalars(
                select(ImportRow).where(ImportRow.job_id == job_id).order_by(ImportRow.row)
            )
            return [(row.row, n["column"], n["value"], n["zh"]) for row in found for n in row.notes]

    return read


@pytest.fixture
def held(app: Flask):
    """`held(member)`: number → content of the organisation's achievements, newest revision."""

    def read(member):
        with app.app_context():
            found = db.session.scalars(
                select(Achievement).where(Achievement.holder_id == member.org_id).order_by(Achievement.number)
            ).unique()
            return {row.number: from_json(row.revisions[-1].content) for row in found}

    return read
