"""What the unit's officers say about a disclosure, one step after the other. One command for every step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from listings.achievements.texts import storable, tidy
from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.models import (
    CLOSED,
    DECISION,
    DEFER,
    OWNERSHIP_REVIEW,
    Disclosure,
    DisclosureDecision,
)
from listings.disclosures.policy import REVIEW
from listings.disclosures.reach import disclosure_for, recuse
from listings.disclosures.steps import Step, step_due
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id

LONGEST_REASON = 3_000
LONGEST_DOCUMENT = 80


@dataclass(frozen=True)
class Opinion:
    """What an officer says. `step` is the state they saw; `outcome` one of that step's, `details` its further texts.

    `document` is the number of a document relied on; `review_on` the day to look at the decision again, a Beijing date.
    """

    step: str
    outcome: str
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    review_on: date | None = None


def give_opinion(ctx: Context, disclosure_id: str, given: Opinion) -> Disclosure:
    """Take the step that is due. Raises Forbidden for whoever has a stake in it, Conflict when the step was taken already."""
    disclosure = disclosure_for(ctx, disclosure_id, REVIEW)
    recuse(ctx, disclosure)
    step = step_due(ctx, disclosure)
    if step is None or given.step != disclosure.state:
        raise Conflict(_l("这一环节已经办理或尚未到期，页面内容可能已过时"), code="wrong_state")
    errors = list(_complaints(ctx, step, given))
    if errors:
        raise Invalid(errors)
    decision = DisclosureDecision(
        id=new_id("ddc", ctx.now),
        n=len(disclosure.decisions) + 1,
        step=disclosure.state,
        outcome=given.outcome,
        reason=tidy(given.reason),
        details={name: tidy(given.details.get(name, "")) for name in step.texts},
        document=tidy(given.document),
        review_on=given.review_on if step.dated else None,
        decided_by=ctx.actor.user_id,
        decided_at=ctx.now,
    )
    DISCLOSURE.move(ctx, disclosure, step.moves[given.outcome], _facts(decision))
    disclosure.decisions.append(decision)
    _settle(ctx, disclosure, decision)
    return disclosure


def _settle(ctx: Context, disclosure: Disclosure, decision: DisclosureDecision) -> None:
    """What the step leaves on the disclosure."""
    disclosure.updated_at = ctx.now
    if decision.step == OWNERSHIP_REVIEW:
        disclosure.finding = decision.outcome
    if decision.step in {DECISION, CLOSED}:
        disclosure.review_on = decision.review_on
    if decision.step == DECISION:
        disclosure.outcome = decision.outcome
        disclosure.replied_at = disclosure.replied_at or ctx.now
    if disclosure.state == CLOSED:
        disclosure.closed_at = disclosure.closed_at or ctx.now
    DISCLOSURE.arm(ctx, disclosure)


def _facts(decision: DisclosureDecision) -> JSONObject:
    """What the journal keeps: which opinion, what it was, by which document; never its reasons."""
    return {
        "decision": decision.id,
        "outcome": decision.outcome,
        "document": decision.document,
        "review_on": decision.review_on.isoformat() if decision.review_on else None,
    }


def _complaints(ctx: Context, step: Step, given: Opinion) -> Iterator[FieldError]:
    if given.outcome not in step.moves:
        yield FieldError("outcome", "unknown_code", _l("选择一项意见"))
    if given.outcome in step.reasoned and not tidy(given.reason):
        yield FieldError("reason", "required", _l("写明理由"))
    for name in step.texts:
        if not tidy(given.details.get(name, "")):
            yield FieldError(name, "required", _l("填写评估意见"))
    if given.outcome in step.numbered and not tidy(given.document):
        yield FieldError("document", "required", _l("填写审查意见的文号"))
    texts = {"reason": given.reason, **{name: given.details.get(name, "") for name in step.texts}}
    for name, text in texts.items():
        if len(text) > LONGEST_REASON:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_REASON))
        if not storable(text.replace("\r", "")):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    if len(given.document) > LONGEST_DOCUMENT or not storable(given.document):
        yield FieldError(
            "document", "too_long", _l("只填写文号，不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT)
        )
    yield from _review_complaints(ctx, step, given)


def _review_complaints(ctx: Context, step: Step, given: Opinion) -> Iterator[FieldError]:
    if not step.dated:
        return
    if given.review_on is None:
        if given.outcome == DEFER:
            yield FieldError("review_on", "required", _l("暂缓处置的，须确定复核日期"))
    elif given.review_on <= local_date(ctx.now) or given.review_on.year > 2100:
        yield FieldError("review_on", "range", _l("复核日期应晚于今天"))
