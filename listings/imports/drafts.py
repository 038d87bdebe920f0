"""Making many drafts in few statements. Each is what the form would make: row, revision, assessment, journal entry."""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from listings.achievements.content import Content, from_json, to_json
from listings.achievements.drafting import save_draft, title_key
from listings.achievements.lifecycle import REVIEW
from listings.achievements.models import Achievement, Assessment, Revision
from listings.achievements.policy import CREATE
from listings.achievements.reach import public_revision, working_revision
from listings.achievements.secrecy import UNASSESSED, Finding, assess, judge
from listings.achievements.services import Submission, submit
from listings.classification import SECRECY_QUESTIONS
from listings.imports.models import IN_REVIEW, UNCHANGED
from listings.imports.plan import Plan
from listings.imports.sorting import Settled
from listings.imports.statement import harmless
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import DomainError
from marketplace.core.ids import new_id, next_numbers
from marketplace.core.journal import record_first
from marketplace.core.policy import require

SOURCE = "import"


def make_drafts(ctx: Context, plan: Plan, job_id: str, rows: Sequence[Settled]) -> list[str]:
    """A draft for each row, in order; their ids. One journal entry each, which says what the row was cleared on."""
    if not rows:
        return []
    require(ctx, CREATE, None)
    ids = [new_id("ach", ctx.now) for _ in rows]
    numbers = next_numbers(ctx, "CG", len(rows))
    finding = (
        judge(harmless(plan.review_document)) if plan.review_document else Finding(UNASSESSED, False, ())
    )
    contents = [row.judged.content or Content() for row in rows]
    ctx.session.execute(
        insert(Achievement),
        [
            _achievement(ctx, plan, finding, id_, number, content, row.judged.external_id)
            for id_, number, content, row in zip(ids, numbers, contents, rows, strict=True)
        ],
    )
    revisions = [_revision(ctx, id_, content) for id_, content in zip(ids, contents, strict=True)]
    ctx.session.execute(insert(Revision), revisions)
    assessments = [_assessment(ctx, plan, finding, id_) for id_ in ids] if plan.review_document else []
    if assessments:
        ctx.session.execute(insert(Assessment), assessments)
    facts: list[tuple[str, JSONObject]] = []
    for place, (id_, number, row) in enumerate(zip(ids, numbers, rows, strict=True)):
        data: JSONObject = {
            "number": number,
            "holder": plan.holder.id,
            "source": SOURCE,
            "import": job_id,
            "row": row.judged.row,
            "result": finding.clearance,
        }
        if assessments:
            data |= {"assessment": str(assessments[place]["id"]), "questions": SECRECY_QUESTIONS.edition}
        facts.append((id_, data))
    record_first(ctx, "achievement.drafted", facts)
    return ids


def update_draft(ctx: Context, plan: Plan, row: Settled) -> Settled:
    """Put what the row says into the record it means, as an edit of its working revision. Nothing new: nothing done."""
    content = row.judged.content
    if content is None or row.known is None:
        return row
    achievement = ctx.session.get_one(Achievement, row.known.id)
    shape = to_json(content)
    changes = {name: shape[name] for name in sorted(row.judged.given)}
    revision = working_revision(achievement) or public_revision(achievement)
    before = to_json(from_json(revision.content)) if revision else {}
    if all(before.get(name) == value for name, value in changes.items()):
        return Settled(row.judged, UNCHANGED, row.notes, row.known, achievement.id)
    try:
        with ctx.session.begin_nested():
            if achievement.clearance == UNASSESSED and plan.review_document:
                assess(ctx, achievement.id, harmless(plan.review_document))
            save_draft(ctx, achievement.id, changes)
            achievement.external_id = achievement.external_id or row.judged.external_id
    except DomainError as error:
        return row.refused(error.code, error.message)
    return row


def submit_drafts(ctx: Context, plan: Plan, rows: Sequence[Settled]) -> None:
    """Hand the finished ones of these drafts to the zone, each as its own submission."""
    ids = [row.achievement_id for row in rows if row.outcome == IN_REVIEW]
    if not ids:
        return
    query = select(Achievement).where(Achievement.id.in_(ids)).options(selectinload(Achievement.revisions))
    held = ctx.session.scalars(query).unique().all()  # held, so that each is found without asking again
    given = Submission(plan.review_document, confirmed=True)
    for id_ in ids:
        submit(ctx, id_, given)
    del held


def _achievement(
    ctx: Context,
    plan: Plan,
    finding: Finding,
    id_: str,
    number: str,
    content: Content,
    external_id: str | None,
) -> dict[str, object]:
    return {
        "id": id_,
        "number": number,
        "holder_id": plan.holder.id,
        "zone_id": plan.holder.zone_id,
        "state": REVIEW.initial,
        "clearance": finding.clearance,
        "domestic_only": finding.domestic_only,
        "title": content.title,
        "title_key": title_key(content.title),
        "field": content.field,
        "trl": content.trl,
        "price_fen": content.price_fen,
        "external_id": external_id,
        "source": SOURCE,
        "created_by": ctx.actor.user_id,
        "created_at": ctx.now,
        "updated_at": ctx.now,
        "working_n": 1,
    }


def _revision(ctx: Context, achievement_id: str, content: Content) -> dict[str, object]:
    return {
        "id": new_id("rev", ctx.now),
        "achievement_id": achievement_id,
        "n": 1,
        "state": REVIEW.initial,
        "content": to_json(content),
        "typed": {},
        "reasons": [],
        "saved_at": ctx.now,
        "saved_by": ctx.actor.user_id,
    }


def _assessment(ctx: Context, plan: Plan, finding: Finding, achievement_id: str) -> dict[str, object]:
    given = harmless(plan.review_document)
    return {
        "id": new_id("sca", ctx.now),
        "achievement_id": achievement_id,
        "answers": dict(given.answers),
        "documents": dict(given.documents),
        "edition": SECRECY_QUESTIONS.edition,
        "result": finding.clearance,
        "assessed_by": ctx.actor.user_id,
        "assessed_at": ctx.now,
    }
