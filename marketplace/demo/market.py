"""Builds the demonstration market through the same commands that people use."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import select

from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.models import Achievement
from listings.achievements.rules import SHORTEST_ABSTRACT, UNPRICED
from listings.achievements.secrecy import Answers, assess
from listings.achievements.services import Submission, Withdrawal, submit, withdraw
from listings.classification import SECRECY_QUESTIONS
from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import Organisation, Zone
from marketplace.accounts.organisations.input import NewOrganisation
from marketplace.accounts.organisations.services import create_organisation, verify_organisation
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration
from marketplace.accounts.roles import ROLES
from marketplace.accounts.signin.services import register_user
from marketplace.accounts.zones.services import NewZone, create_zone
from marketplace.core.clock import Clock, FrozenClock
from marketplace.core.context import SYSTEM, Context
from marketplace.core.db import JSONObject, JSONValue, db
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.demo.agenda import Agenda, Story
from marketplace.demo.deciding import put_in_force
from marketplace.demo.disclosures import load_disclosures
from marketplace.demo.grants import tell_grants
from marketplace.demo.hands import Market, actor, speak, submitter, zone_officer
from marketplace.demo.notices import tell_notices
from marketplace.demo.reading import CORPORA, Row, achievements, corpus, discipline_fields, rows
from marketplace.demo.trades import tell_trades
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import Case

PASSWORD = "shared-demo-2026"  # noqa: S105 - printed on the log-in page of every demonstration
HISTORY, LATEST = timedelta(days=84), timedelta(days=2)
STEP = timedelta(hours=23)
BATCH = 50
#: Decided ones first, so that what waits for somebody has not waited for weeks.
_ORDER = ("withdrawn", "published", "returned", "submitted", "draft")
#: Text columns that a hand-written achievement and the content call the same.
_COPIED = (
    *("title", "title_en", "abstract", "abstract_en", "field", "region", "pain_point", "principle", "market"),
    *("conditions", "risks", "attribute", "level", "price_mode", "cooperation"),
)
#: States of a demonstration achievement that are reached from a submission.
_SUBMITTED = frozenset({"submitted", "published", "returned", "withdrawn"})


def loaded() -> bool:
    """Is there a market already?"""
    return db.session.scalar(select(Zone.id).limit(1)) is not None


def load(*, large: bool, told: Callable[[str], None]) -> None:
    """Fill an empty site: people and organisations, the hand-written achievements, and with `large` the corpora."""
    with _in_the_past() as (clock, now):
        market = Market()
        _people(market)
        told("people and organisations")
        _rules(market)
        _history(market, Agenda(clock, now))
        told(f"{len(achievements())} achievements")
        told(f"{len(rows('disclosures'))} disclosures")
        told(f"{len(rows('plans'))} decided plans, {len(rows('notices'))} public notices")
        told(f"{len(rows('grants'))} grants of rights")
        told(f"{len(rows('trades'))} trades")
        if large:
            for name in CORPORA:
                told(f"{_import(market, name)} achievements of {name}")


def _history(market: Market, agenda: Agenda) -> None:
    """What happened until now: achievements that stories are about come first, long before the others."""
    planned = {row["achievement"] for name in ("plans", "grants", "trades") for row in rows(name)}
    ordered = sorted(achievements(), key=lambda row: _ORDER.index(row["state"]))
    early = [row for row in ordered if row["key"] in planned]
    late = [row for row in ordered if row["key"] not in planned]
    end = agenda.until - LATEST
    agenda.add(_publications(market, early, agenda.clock.now()))
    agenda.add(_publications(market, late, end - len(late) * STEP))
    agenda.add(_disclosures(market, end))
    tell_notices(market, agenda)
    tell_grants(market, agenda)
    tell_trades(market, agenda)
    agenda.run()


@contextmanager
def _in_the_past() -> Iterator[tuple[FrozenClock, datetime]]:
    """The market's history happened in the weeks before now; afterwards the clock is the site's own again."""
    running = runtime()
    real: Clock = running.clock
    now = real.now()
    past = FrozenClock(now - HISTORY)
    running.clock = past
    try:
        yield past, now
    finally:
        running.clock = real


def _people(market: Market) -> None:
    password = hash_password(PASSWORD)
    with unit_of_work(SYSTEM) as ctx:
        for row in rows("zones"):
            new = NewZone(
                row["slug"], row["name"], row["name_en"], row["region"], row["text"], row["text_en"],
                second_reviewer=bool(row.get("second_reviewer", False)),
            )  # fmt: skip
            market.zones[row["key"]] = create_zone(ctx, new).id
        for row in rows("organisations"):
            market.organisations[row["key"]] = _organisation(ctx, market, row)
        for row in rows("people"):
            person = Registration(row["name"], row["email"], PASSWORD)
            user_id = register_user(ctx, person, password, confirmed=True)
            market.people[row["key"]] = user_id
            for membership in row["memberships"]:
                _join(ctx, market, user_id, membership)


def _organisation(ctx: Context, market: Market, row: Row) -> str:
    contact = row["contact"]
    new = NewOrganisation(
        name=row["name"],
        credit_code=row["uscc"],
        name_en=row["name_en"],
        region=row["region"],
        about=row["intro"],
        about_en=row["intro_en"],
        contact=f"{contact['person']} {contact['phone']} {contact['email']}",
        services=tuple(row.get("agency_kinds", ())),
        kind=row["kind"],
        zone_id=market.zones[row["zone"]],
    )
    made = create_organisation(ctx, new)
    ctx.session.flush()
    if row["verification"] == "verified":
        verify_organisation(ctx, made.id)
    return made.id


def _join(ctx: Context, market: Market, user_id: str, membership: Row) -> None:
    org = ctx.session.get_one(Organisation, market.organisations[membership["org"]])
    known = [role for role in membership["roles"] if role in ROLES[org.kind]]
    if known:
        add_member(ctx, org.id, user_id, known)


def _rules(market: Market) -> None:
    """Rules in force, for the units that have plans."""
    for row in rows("unit_rules"):
        put_in_force(market.member(row["published_by"], row["org"]), row)


def _publications(market: Market, listed: Sequence[Row], start: datetime) -> Story:
    """The achievements one after another."""
    for number, row in enumerate(listed):
        yield start + number * STEP
        market.achievements[row["key"]] = _achievement(market, row)


def _disclosures(market: Market, moment: datetime) -> Story:
    """What completers told their unit."""
    yield moment
    load_disclosures(market.member, market.officer)


def _achievement(market: Market, row: Row) -> str:
    holder = market.organisations[row["holder"]]
    with unit_of_work(actor(market.people[row["submitted_by"]], holder)) as ctx:
        made = _draft(ctx, _content(row))
    if row["state"] not in _SUBMITTED:
        return made
    officer = submitter(holder)
    with unit_of_work(officer) as ctx:
        submit(ctx, made, Submission(f"保密审〔2026〕{row['key'][-2:]}号", confirmed=True))
        zone_id = ctx.session.get_one(Achievement, made).zone_id
    decision = row.get("decision") or {"reasons": [], "comment": ""}
    if row["state"] in {"published", "withdrawn"}:
        speak(made, zone_id, Decision("publish"))
    elif row["state"] == "returned":
        speak(made, zone_id, Decision("return", tuple(decision["reasons"]), decision["comment"]))
    if row["state"] == "withdrawn":
        with unit_of_work(officer) as ctx:
            withdraw(ctx, made, Withdrawal(decision["reasons"][0], decision["comment"]))
    return made


def _draft(ctx: Context, content: JSONObject, *, source: str = "form", external_id: str | None = None) -> str:
    """A draft with its secrecy questions answered harmlessly and its text filled in."""
    achievement = create_draft(ctx, source=source, external_id=external_id)
    ctx.session.flush()
    harmless = {q.code: "no" if q.blocks_on == "yes" else "yes" for q in SECRECY_QUESTIONS}
    assess(ctx, achievement.id, Answers(harmless, {}))
    save_draft(ctx, achievement.id, content)
    return achievement.id


def _content(row: Row) -> JSONObject:
    """A hand-written achievement as content fields in JSON shape."""
    trl = row.get("trl") or {}
    evaluator = trl.get("evaluator")
    names = {org["key"]: org["name"] for org in rows("organisations")}
    filled: JSONObject = {name: row.get(name) or "" for name in _COPIED}
    filled |= {
        "keywords": [*row.get("keywords", ()), *row.get("keywords_en", ())][:8],
        "industries": row.get("industries", []),
        "category": row.get("class") or "",
        "forms": [row["form"]] if row.get("form") else [],
        "trl": int(trl["level"]) if trl.get("level") else None,
        "trl_evidence": trl.get("evidence") or "",
        "trl_assessor": trl.get("assessor") or "",
        "trl_assessor_name": names.get(evaluator, evaluator) if evaluator else "",
        "trl_assessed_on": trl.get("date"),
        "indicators": [
            {"name": i["name"], "value": i["value"], "benchmark": i.get("state_of_the_art") or ""}
            for i in row.get("indicators", ())
        ],
        "cases": row.get("application_cases") or "",
        "rights": [
            {
                **{k: right.get(k) or "" for k in ("kind", "number", "state", "holder")},
                "granted": right.get("date"),
            }
            for right in row.get("ip", ())
        ],
        "modes": row.get("transfer_modes", []),
        "price_fen": None if row.get("price_mode") in UNPRICED else row.get("price_fen"),
        "completers": [
            {k: person.get(k) or "" for k in ("name", "title", "unit")}
            for person in row.get("completers", ())
        ],
        "finished": row.get("completed") or "",
    }
    funding = row.get("funding") or {}
    filled["project"] = " ".join(part for part in (funding.get("project"), funding.get("number")) if part)
    filled["fiscal_funded"] = funding.get("source") in {"national", "provincial", "municipal"}
    return filled


def _import(market: Market, name: str) -> int:
    """Bring in a corpus for the first university, some dozens in a transaction.

    Documents whose abstract is too short to be published stay drafts.
    """
    first = next(org for org in rows("organisations") if org["kind"] == "university")
    officer = submitter(market.organisations[first["key"]])
    fields = discipline_fields(name)
    documents = list(corpus(name))
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        with unit_of_work(officer) as ctx:
            drafts = [
                _draft(ctx, _paper(doc, fields), source="import", external_id=doc["id"]) for doc in batch
            ]
            complete = [
                made
                for made, doc in zip(drafts, batch, strict=True)
                if len(doc["abstract"]) >= SHORTEST_ABSTRACT
            ]
            for achievement_id in complete:
                submit(ctx, achievement_id, Submission("保密审〔2026〕批量", confirmed=True))
            zone_id = ctx.session.get_one(Achievement, drafts[0]).zone_id
        with unit_of_work(zone_officer(zone_id)) as ctx:
            for case in ctx.session.scalars(select(Case).where(Case.subject.in_(complete))).all():
                decide(ctx, case.id, Decision("publish"))
    return len(documents)


def _paper(doc: Row, fields: dict[str, str]) -> JSONObject:
    """A paper or technology of a corpus as an achievement: what it lacks is filled with plain defaults."""
    english = "discipline" not in doc
    words: list[JSONValue] = [str(word)[:40] for word in (doc.get("keywords") or [doc["category"]])[:8]]
    return {
        "title": doc["title"],
        "title_en": doc["title"] if english else "",
        "abstract": doc["abstract"],
        "abstract_en": doc["abstract"] if english else "",
        "keywords": words,
        "field": fields[str(doc["category"] if english else doc["discipline"])],
        "trl": 3,
        "trl_evidence": "公开发表的论文或技术说明",
        "trl_assessor": "self",
        "modes": ["development"],
        "price_mode": "negotiable",
        "completers": [{"name": "课题组"}],
    }
