"""The secrecy self-assessment of an achievement: kept with it, and what it leads to."""

from sqlalchemy import select

from listings.achievements.models import SUBMITTED, Achievement, Assessment
from listings.achievements.policy import EDIT
from listings.achievements.reach import achievement_for, working_revision
from listings.classification import SECRECY_QUESTIONS
from listings.secrecy import (
    BLOCKED,
    CLEARED,
    DRAFTABLE,
    LONGEST_DOCUMENT,
    SECURITY_REVIEW,
    UNASSESSED,
    Answers,
    Finding,
    answers_in,
    blocking_questions,
    judge,
    kept_answers,
    questions_hit,
)
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record

#: What both need who know an achievement only and who know the questions only.
__all__ = [
    "BLOCKED",
    "CLEARED",
    "DRAFTABLE",
    "LONGEST_DOCUMENT",
    "SECURITY_REVIEW",
    "UNASSESSED",
    "Answers",
    "Finding",
    "answers_in",
    "assess",
    "blocking_questions",
    "judge",
    "last_assessment",
    "questions_hit",
]


def assess(ctx: Context, achievement_id: str, given: Answers) -> Achievement:
    """Keep the answers and set the clearance they lead to.

    A submission in review must not come to need more approvals than its case asks for: it is recalled first.
    """
    achievement = achievement_for(ctx, achievement_id, EDIT)
    finding = judge(given)
    working = working_revision(achievement)
    reviewed = working is not None and working.state == SUBMITTED
    if reviewed and finding.clearance == SECURITY_REVIEW != achievement.clearance:
        raise Conflict(_l("这一结果须经安全员复核，请先撤回审核中的内容再提交自查"), code="in_review")
    answers, documents = kept_answers(given)
    assessment = Assessment(
        id=new_id("sca", ctx.now),
        achievement_id=achievement.id,
        answers=answers,
        documents=documents,
        edition=SECRECY_QUESTIONS.edition,
        result=finding.clearance,
        assessed_by=ctx.actor.user_id,
        assessed_at=ctx.now,
    )
    ctx.session.add(assessment)
    achievement.clearance = finding.clearance
    achievement.domestic_only = finding.domestic_only
    achievement.updated_at = ctx.now
    data: JSONObject = {
        "assessment": assessment.id,
        "result": finding.clearance,
        "domestic_only": finding.domestic_only,
        "questions": SECRECY_QUESTIONS.edition,
    }
    record(ctx, "achievement.assessed", achievement.id, data)
    return achievement


def last_assessment(ctx: Context, achievement: Achievement) -> Assessment | None:
    """The answers in force; None for an unassessed item."""
    asked = select(Assessment).where(Assessment.achievement_id == achievement.id)
    found: Assessment | None = ctx.session.scalar(
        asked.order_by(Assessment.assessed_at.desc(), Assessment.id.desc()).limit(1)
    )
    return found
