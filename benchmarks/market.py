"""A market of a given size in a temporary folder: rows and index written straight, as many as asked."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

from flask import Flask

from benchmarks.corpus import Paper, papers
from listings.achievements.content import Completer, Content, content_digest, to_json
from listings.achievements.drafting import copy_for_lists
from listings.achievements.models import PUBLISHED, Achievement, Revision
from listings.classification import codes
from marketplace.accounts.models import Organisation, User, Zone
from marketplace.app import create_app
from marketplace.core.clock import FrozenClock
from marketplace.core.db import db
from marketplace.database import upgrade_schema
from marketplace.settings import Settings
from search_index.wiring import ensure_index, search_service

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@contextmanager
def market(size: int, *, indexed: bool = True) -> Iterator[Flask]:
    """An application whose market has `size` published achievements."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), secret_key="benchmark"), FrozenClock(START))
        with app.app_context():
            upgrade_schema()
            _fill(size)
            if indexed:
                ensure_index()
        yield app
        with app.app_context():
            search_service().close()
            db.engine.dispose()


def _fill(size: int) -> None:
    session = db.session()
    session.add(
        Zone(id="zon_benchmark", slug="bench", name="基准示范区", name_en="Benchmark zone", region="510000")
    )
    session.flush()
    org = Organisation(
        id="org_benchmark", kind="university", name="基准大学", credit_code="0" * 18, zone_id="zon_benchmark", state="verified", created_at=START
    )  # fmt: skip
    user = User(id="usr_benchmark", email="b@example.test", name="基准", password="", created_at=START)
    session.add_all([org, user])
    session.flush()
    for number, paper in enumerate(papers(size)):
        content = content_of(paper)
        at = START - timedelta(minutes=size - number)
        row = Achievement(
            id=paper.id, number=f"CG{number:08d}", holder_id=org.id, zone_id=org.zone_id, state=PUBLISHED, clearance="self_nonclassified",
            created_by=user.id, created_at=at, updated_at=at, published_at=at, published_n=1,
        )  # fmt: skip
        copy_for_lists(row, content)
        revision = Revision(
            id=f"rev_{number:020d}", achievement_id=paper.id, n=1, state=PUBLISHED, content=to_json(content), typed={}, digest=content_digest(content), decided_at=at,
            saved_at=at, saved_by=user.id, reasons=[], version=1,
        )  # fmt: skip
        session.add_all([row, revision])
        if number % 1000 == 999:
            session.commit()
    session.commit()


def content_of(paper: Paper) -> Content:
    """The paper as the text of an achievement that may be published."""
    fields = [item.code for item in codes("technology_fields")]
    return Content(
        title=paper.title[:100],
        abstract=paper.abstract,
        keywords=paper.keywords[:8],
        field=fields[crc32(paper.discipline.encode()) % len(fields)],
        trl=paper.trl,
        trl_evidence="论文",
        modes=("licence_ordinary",),
        price_mode="fixed",
        price_fen=paper.price,
        completers=(Completer("课题组"),),
    )
