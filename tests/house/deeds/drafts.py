"""Deeds around a draft: begun, cleared, written section by section, submitted, taken back, discarded."""

import io

from listings.achievements.files import add_file
from listings.achievements.marks import mark_of
from tests.house.deeds.deed import Call, Deed, Upload, fact, unsaid
from tests.house.deeds.market import Market
from tests.listings.achievements.desk import HARMLESS, STATEMENT, TITLE

DRAFTED = fact("achievement.drafted")
WRITTEN = unsaid(
    "achievement",
    "achievement_revision",
    because="a draft is its editors' own; what it says becomes a fact when it is submitted, with its digest",
)
SUBMITTED = fact("achievement.submitted", "case.opened")
RECALLED = fact("achievement.recalled", "case.closed")
DISCARDED = fact("achievement.discarded")
DOCUMENT = Upload("指标.csv", "指标,值\n检出限,50\n".encode())
OUTDATED = {"version": "0" * 20}
UNSTATED = {"review_document": ""}


def begin(_market: Market) -> Call:
    return Call("tto_officer")


def begin_by_program(_market: Market) -> Call:
    return Call("tto_officer", fields={"external_id": "YX-00001"})


def assess(market: Market) -> Call:
    return about(market.desk.begun(), HARMLESS)


def assess_by_program(market: Market) -> Call:
    return about(market.desk.begun(), {"answers": HARMLESS, "documents": {}})


def write(market: Market) -> Call:
    return section(market, market.desk.cleared(), "basics", title=TITLE)


def write_anew(market: Market) -> Call:
    """The text is public, so that a next revision is begun."""
    made = market.desk.published()
    mark = mark_of(market.desk.public(made), "basics")
    return about(made, {"title": "另一个名称", "version": mark}, name="basics")


def write_what_is_not_understood(market: Market) -> Call:
    return section(market, market.desk.cleared(), "transfer", price_fen="十二")


def write_by_program(market: Market) -> Call:
    return about(market.desk.cleared(), {"title": TITLE})


def upload(market: Market) -> Call:
    return about(market.desk.cleared(), {"file": DOCUMENT, "level": "public"})


def take_out(market: Market) -> Call:
    made, actor = market.desk.cleared(), market.cast.tto_officer.actor
    with market.app.app_context():
        kept = add_file(actor, made, DOCUMENT.name, io.BytesIO(DOCUMENT.content), "public")
    return about(made, digest=kept.digest)


def submit(market: Market) -> Call:
    made = market.desk.complete()
    statement = {"review_document": STATEMENT.review_document, "confirmed": "y"}
    return about(made, {**statement, "version": str(market.desk.working(made).version)})


def submit_by_program(market: Market) -> Call:
    statement = {"review_document": STATEMENT.review_document, "confirmed": True}
    return about(market.desk.complete(), statement)


def take_back(market: Market) -> Call:
    return about(market.desk.submitted())


def discard(market: Market) -> Call:
    return about(market.desk.cleared())


def discard_the_next(market: Market) -> Call:
    made = market.desk.published()
    market.desk.save(made, title="另一个名称")
    return about(made)


def about(made: str, fields: dict | None = None, **at: str) -> Call:
    """The holder's transfer officer, about one of its achievements."""
    return Call("tto_officer", {"achievement_id": made, **at}, fields=fields or {})


def section(market: Market, made: str, name: str, **fields: str) -> Call:
    """What the page of a section sends: the fields, and a mark of what it was made from."""
    return about(made, {**fields, "version": mark_of(market.desk.working(made), name)}, name=name)


DEEDS = (
    Deed("drafts.create", begin, DRAFTED, stranger="broker"),
    Deed(
        "drafts.answer_assessment", assess, fact("achievement.assessed"), mistake={next(iter(HARMLESS)): ""}
    ),
    Deed("draft_sections.save_section", write, WRITTEN, mistake=OUTDATED),
    Deed("draft_sections.save_section", write_anew, WRITTEN, "of a public text"),
    Deed(
        "draft_sections.save_section",
        write_what_is_not_understood,
        WRITTEN,
        "with what is not understood, which is kept as typed",
        status=422,
    ),
    Deed("draft_sections.autosave", write, WRITTEN, mistake=OUTDATED),
    Deed("achievement_files.upload", upload, WRITTEN, mistake={"level": "secret"}),
    Deed("achievement_files.remove", take_out, WRITTEN),
    Deed("submissions.submit_revision", submit, SUBMITTED, mistake=UNSTATED),
    Deed("achievement_acts.take_back", take_back, RECALLED),
    Deed("achievement_acts.discard", discard, DISCARDED),
    Deed("achievement_acts.discard", discard_the_next, DISCARDED, "of a public text"),
    Deed(
        "api_achievements.create_achievement",
        begin_by_program,
        DRAFTED,
        mistake={"external_id": " "},
        stranger="broker",
    ),
    Deed(
        "api_achievements.assess_achievement",
        assess_by_program,
        fact("achievement.assessed"),
        mistake={"answers": {}},
    ),
    Deed("api_achievements.put_draft", write_by_program, WRITTEN, mistake={"trl": "nine"}),
    Deed("api_achievements.submit_achievement", submit_by_program, SUBMITTED, mistake=UNSTATED),
    Deed("api_achievements.recall_achievement", take_back, RECALLED),
    Deed("api_achievements.delete_draft", discard, DISCARDED),
)
