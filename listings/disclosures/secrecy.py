"""The secrecy self-assessment of a disclosure: nothing about the technology may be typed before it allows it."""

from sqlalchemy import select

from listings.classification import SECRECY_QUESTIONS
from listings.disclosures.drafting import void_confirmations
from listings.disclosures.models import EDITABLE, Disclosure, DisclosureAssessment
from listings.disclosures.policy import EDIT
from listings.disclosures.reach import disclosure_for
from listings.secrecy import DRAFTABLE, Answers, judge, kept_answers
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record


def assess(ctx: Context, disclosure_id: str, given: Answers) -> Disclosure:
    """Keep the answers and set the clearance they lead to. Raises Invalid, and Conflict once it is handed in."""
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    if disclosure.state not in EDITABLE:
        raise Conflict(_l("披露已提交，退回后才能修改"), code="wrong_state")
    finding = judge(given)
    answers, documents = kept_answers(given)
    assessment = DisclosureAssessment(
        id=new_id("sca", ctx.now),
        disclosure_id=disclosure.id,
        answers=answers,
        documents=documents,
        edition=SECRECY_QUESTIONS.edition,
        result=finding.clearance,
        assessed_by=ctx.actor.user_id,
        assessed_at=ctx.now,
    )
    ctx.session.add(assessment)
    disclosure.clearance, disclosure.domestic_only = finding.clearance, finding.domestic_only
    disclosure.updated_at = ctx.now
    data: JSONObject = {
        "assessment": assessment.id,
        "result": finding.clearance,
        "domestic_only": finding.domestic_only,
        "questions": SECRECY_QUESTIONS.edition,
    }
    record(ctx, "disclosure.assessed", disclosure.id, data)
    if finding.clearance not in DRAFTABLE and disclosure.asked_at is not None:
        void_confirmations(ctx, disclosure)
    return disclosure


def last_assessment(ctx: Context, disclosure: Disclosure) -> DisclosureAssessment | None:
    """The answers in force; None for an unassessed one."""
    asked = select(DisclosureAssessment).where(DisclosureAssessment.disclosure_id == disclosure.id)
    newest = asked.order_by(DisclosureAssessment.assessed_at.desc(), DisclosureAssessment.id.desc())
    found: DisclosureAssessment | None = ctx.session.scalar(newest.limit(1))
    return found
