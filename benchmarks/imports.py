"""Bringing a file of achievements in until its rows are found, against the least that could store and index them.

Ours: a file is taken, checked and brought in by the worker, all of it is published at once, and the relay indexes it.
Baseline: the same rows by Core's inserts in one transaction, and the same documents, analysed alike, by a bare Whoosh
writer. Rows a second at least half of the baseline's.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import insert, select, update
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer

from benchmarks.corpus import Paper, papers
from benchmarks.market import START, content_of, market
from benchmarks.ratios import REPEATS, compare, keep
from benchmarks.search import made
from listings.achievements.content import to_json
from listings.achievements.drafting import title_key
from listings.achievements.models import DRAFT, PUBLISHED, Achievement, Assessment, Revision
from listings.classification import SECRECY_QUESTIONS
from listings.imports.models import DUPLICATE, ImportJob
from listings.imports.services import Arrangement, arrange, receive, request_check
from listings.imports.statement import Statement, harmless
from marketplace.accounts.identity import actor_of
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.core.context import SYSTEM, Actor
from marketplace.core.db import db
from marketplace.core.journal import record
from marketplace.core.relay import drain
from marketplace.core.runtime import EXTENSION
from marketplace.core.uow import unit_of_work

ROWS = 1_000
HEADER = ("单位内部编号", "成果名称", "成果简介", "关键词", "技术领域", "技术成熟度", "判断依据", "转化方式", "定价方式", "价格（万元）", "完成人")  # fmt: skip
STATEMENT = Statement("基准大学保审〔2026〕1 号", confirmed=True)
CONSUMERS = {"imports", "search"}  # letters and the log follow every fact, and are not what is compared


def batches() -> Iterator[list[Paper]]:
    """Rows that nobody has brought in before, once to warm up and then for every repeat."""
    source = papers(ROWS * (REPEATS + 1))
    return (source[start : start + ROWS] for start in range(0, len(source), ROWS))


def sheet(batch: list[Paper]) -> bytes:
    """The batch as a unit's CSV file."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(HEADER)
    for paper in batch:
        content = content_of(paper)
        writer.writerow([
            paper.id, unique_title(paper), content.abstract, "；".join(content.keywords), content.field, content.trl,
            content.trl_evidence, "普通许可", content.price_mode, paper.price // 1_000_000, "课题组",
        ])  # fmt: skip
    return target.getvalue().encode()


def unique_title(paper: Paper) -> str:
    return f"{paper.title[:80]} {paper.id[-6:]}"


def bring_in(app: Flask, person: Actor, file: bytes) -> None:
    """From the file to documents that are found."""
    with app.app_context():
        job_id = receive(person, "成果.csv", io.BytesIO(file), STATEMENT)
        with unit_of_work(person) as ctx:
            job = ctx.session.get_one(ImportJob, job_id)
            arrange(ctx, job_id, Arrangement(dict(job.mapping)))
            request_check(ctx, job_id, go_on=True)
        drain()
        counts = db.session.get_one(ImportJob, job_id).counts
        assert DUPLICATE not in counts
        publish()
        drain()


def publish() -> None:
    """What the zone decides one by one, for every draft at once; a fact of each tells the relay."""
    with unit_of_work(SYSTEM) as ctx:
        drafts = ctx.session.scalars(select(Achievement.id).where(Achievement.state == DRAFT)).all()
        public = {"state": PUBLISHED, "published_n": 1, "working_n": None, "published_at": START}
        ctx.session.execute(update(Achievement).where(Achievement.state == DRAFT).values(public))
        ctx.session.execute(update(Revision).where(Revision.state == DRAFT).values(state=PUBLISHED))
        for id_ in drafts:
            record(ctx, "achievement.published", id_)


def rows(batch: list[Paper]) -> dict[type, list[dict[str, object]]]:
    """The rows that the import makes of the batch, by table, for another holder."""
    found: dict[type, list[dict[str, object]]] = {Achievement: [], Revision: [], Assessment: []}
    answers = harmless(STATEMENT.review_document)
    for paper in batch:
        content, number = content_of(paper), paper.id[-20:]
        found[Achievement].append({
            "id": paper.id, "number": f"RO{number[-10:]}", "holder_id": "org_raw", "zone_id": "zon_benchmark",
            "clearance": "self_nonclassified", "title": unique_title(paper), "title_key": title_key(unique_title(paper)),
            "field": content.field, "trl": content.trl, "price_fen": content.price_fen, "external_id": paper.id,
            "source": "import", "created_by": "usr_benchmark", "created_at": START, "updated_at": START,
            "state": PUBLISHED, "published_n": 1, "published_at": START,
        })  # fmt: skip
        found[Revision].append({
            "id": f"rev_{number}", "achievement_id": paper.id, "n": 1, "content": to_json(content), "typed": {},
            "reasons": [], "state": PUBLISHED, "saved_at": START, "saved_by": "usr_benchmark",
        })  # fmt: skip
        found[Assessment].append({
            "id": f"sca_{number}", "achievement_id": paper.id, "answers": dict(answers.answers),
            "documents": dict(answers.documents), "edition": SECRECY_QUESTIONS.edition, "result": "self_nonclassified",
            "assessed_by": "usr_benchmark", "assessed_at": START,
        })  # fmt: skip
    return found


def bare_index(folder: Path) -> index.FileIndex:
    text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
    return index.create_in(
        str(folder), fields.Schema(id=fields.ID(unique=True, stored=True), shown=fields.STORED(), text=text)
    )


def store(app: Flask, bare: index.FileIndex, batch: list[Paper], tables: dict[type, list[dict[str, object]]]) -> None:  # fmt: skip
    """Rows and documents where they belong, and nothing else."""
    with app.app_context(), db.engine.begin() as connection:
        for model, values in tables.items():
            connection.execute(insert(model.__table__), values)  # type: ignore[attr-defined]
    writer = bare.writer()
    for doc in map(made, batch):
        tokens = " ".join(token for section in doc.sections for token in section)
        writer.add_document(id=doc.id, shown=doc.title, text=tokens)
    writer.commit()


def prepare(app: Flask) -> Actor:
    """The person who imports, and another holder for the baseline's rows."""
    registry = app.extensions[EXTENSION].registry
    registry.consumers[:] = [each for each in registry.consumers if each.name in CONSUMERS]
    with app.app_context():
        session = db.session()
        session.add(
            Membership(user_id="usr_benchmark", org_id="org_benchmark", roles=["tto_officer"], since=START)
        )
        session.add(Organisation(id="org_raw", kind="university", name="对照大学", credit_code="1" * 18, zone_id="zon_benchmark", state="verified", created_at=START))  # fmt: skip
        session.commit()
        user = session.get_one(User, "usr_benchmark")
        return actor_of(user, user.memberships[0])


def main() -> None:
    with market(0) as app, TemporaryDirectory() as folder:
        person, bare = prepare(app), bare_index(Path(folder))
        files = [sheet(batch) for batch in batches()]
        stored = [(batch, rows(batch)) for batch in batches()]
        ours, theirs = iter(files), iter(stored)
        found = compare(
            f"{ROWS} rows imported and indexed / inserted and indexed raw",
            lambda: bring_in(app, person, next(ours)),
            lambda: store(app, bare, *next(theirs)),
            ">= 0.5",
        )
    keep("imports", [found])


if __name__ == "__main__":
    main()
