"""Deeds around a file on its way in. The worker's part has entries of its own, which no request appends."""

import io

from listings.imports.checking import check
from listings.imports.models import ImportJob
from listings.imports.services import STALLED, Arrangement, arrange, receive, request_check, start
from listings.imports.statement import Statement
from tests.house.deeds.deed import Call, Deed, Upload, fact
from tests.house.deeds.market import Market
from tests.listings.imports.sheets import HEADER, as_csv, rows

FILE = Upload("成果.csv", as_csv(rows(1)))
STATEMENT = Statement("云岫大学保审〔2026〕12 号", confirmed=True)
UNSTATED = {"review_document": ""}
MATCHED = ("import.matched", "import.check_requested")


def send(_market: Market) -> Call:
    return Call("tto_officer", fields=_sent("y"))


def send_by_program(_market: Market) -> Call:
    return Call("tto_officer", fields=_sent("true"))


def match(market: Market) -> Call:
    job = _look(market, received(market))
    columns = {f"column_{place}": job.mapping[header] for place, header in enumerate(job.header)}
    return Call("tto_officer", {"job_id": job.id}, fields={**columns, "duplicates": "skip"})


def run(market: Market) -> Call:
    return Call("tto_officer", {"job_id": checked(market)})


def take_up(market: Market) -> Call:
    """Whoever carried it out has not been heard of for a while."""
    job_id = checked(market)
    with market.as_("tto_officer") as ctx:
        start(ctx, job_id)
    market.clock.advance(seconds=STALLED.total_seconds())
    return Call("tto_officer", {"job_id": job_id})


def call_off(market: Market) -> Call:
    return Call("tto_officer", {"job_id": received(market)})


def run_by_program(market: Market) -> Call:
    return Call("tto_officer", {"import_id": checked(market)})


def call_off_by_program(market: Market) -> Call:
    return Call("tto_officer", {"import_id": received(market)})


def received(market: Market) -> str:
    """The id of a file that was sent."""
    with market.app.app_context():
        actor = market.cast.tto_officer.actor
        return receive(actor, FILE.name, io.BytesIO(FILE.content), STATEMENT)


def checked(market: Market) -> str:
    """The id of a file after its dry run."""
    job_id = received(market)
    with market.as_("tto_officer") as ctx:
        arrange(ctx, job_id, Arrangement(dict(ctx.session.get_one(ImportJob, job_id).mapping)))
        request_check(ctx, job_id)
    with market.app.app_context():
        check(job_id)
    return job_id


def _sent(confirmed: str) -> dict[str, object]:
    return {"file": FILE, "review_document": STATEMENT.review_document, "confirmed": confirmed}


def _look(market: Market, job_id: str) -> ImportJob:
    with market.as_system() as ctx:
        found = ctx.session.get_one(ImportJob, job_id)
        ctx.session.expunge_all()
        return found


TITLE_COLUMN = f"column_{HEADER.index('成果名称')}"

DEEDS = (
    Deed("imports.upload", send, fact("import.uploaded"), mistake=UNSTATED, stranger="broker"),
    Deed("imports.match", match, fact(*MATCHED), mistake={TITLE_COLUMN: ""}),
    Deed("imports.run", run, fact("import.started")),
    Deed("imports.take_up", take_up, fact("import.started")),
    Deed("imports.call_off", call_off, fact("import.cancelled")),
    Deed(
        "api_imports.create_import",
        send_by_program,
        fact("import.uploaded", *MATCHED),
        mistake={"defaults": '{"trl": "99"}'},
        stranger="broker",
    ),
    Deed("api_imports.run_import", run_by_program, fact("import.started")),
    Deed("api_imports.cancel_import", call_off_by_program, fact("import.cancelled")),
)
