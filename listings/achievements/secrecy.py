"""The secrecy gate (保密自查): questions before any free text about the technology may be typed.

No state secret may be put on the internet or on a system that is not cleared for it (保守国家秘密法 arts. 29, 31), and
every item to be published needs prior review (art. 35). Only numbers of documents are kept, never their contents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from listings.achievements.models import SUBMITTED, Achievement, Assessment
from listings.achievements.policy import EDIT
from listings.achievements.reach import achievement_for, working_revision
from listings.achievements.texts import tidy
from listings.classification import SECRECY_QUESTIONS, SecrecyQuestion
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record

UNASSESSED, CLEARED, SECURITY_REVIEW, BLOCKED = (
    "unassessed",
    "self_nonclassified",
    "security_review",
    "blocked",
)
DRAFTABLE = frozenset({CLEARED, SECURITY_REVIEW})

#: Outcomes that stop drafting unless the number of the document that lifts them is given.
_NEEDS_DOCUMENT = frozenset({"declassify", "approval_needed"})
_DOMESTIC = frozenset({"domestic_only", "export_screening"})
LONGEST_DOCUMENT = 80


@dataclass(frozen=True)
class Answers:
    """`answers`: question code → yes or no, every question; `documents`: question code → number of a document."""

    answers: Mapping[str, str]
    documents: Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """What the answers mean: the clearance, whether only domestic parties may deal, and which questions blocked."""

    clearance: str
    domestic_only: bool
    blocking: tuple[str, ...]


def judge(given: Answers) -> Finding:
    """Weigh the answers. Raises Invalid for missing or malformed ones."""
    errors = [
        FieldError(
            question.code,
            "required",
            _l("请对“%(question)s”回答“是”或“否”", question=LazyString(_words, question)),
        )
        for question in SECRECY_QUESTIONS
        if given.answers.get(question.code) not in {"yes", "no"}
    ]
    errors += [
        FieldError(code, "too_long", _l("只填写文号，不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT))
        for code, number in given.documents.items()
        if len(number) > LONGEST_DOCUMENT
    ]
    if errors:
        raise Invalid(errors)
    hit = [q for q in SECRECY_QUESTIONS if q.blocks(given.answers[q.code])]
    blocking, review, domestic = [], False, False
    for question in hit:
        if _stops(question, given):
            blocking.append(question.code)
        review = review or question.outcome == "security_review" or question.outcome in _NEEDS_DOCUMENT
        domestic = domestic or question.outcome in _DOMESTIC
    clearance = BLOCKED if blocking else SECURITY_REVIEW if review else CLEARED
    return Finding(clearance, domestic, tuple(blocking))


def _words(question: SecrecyQuestion) -> str:
    return question.label(current_language())


def _stops(question: SecrecyQuestion, given: Answers) -> bool:
    """Does an answer with this outcome stop the draft? Some outcomes are lifted by the number of a document."""
    documented = bool(tidy(given.documents.get(question.code, "")))
    return question.outcome == "block" or (question.outcome in _NEEDS_DOCUMENT and not documented)


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
    known = [question.code for question in SECRECY_QUESTIONS]
    assessment = Assessment(
        id=new_id("sca", ctx.now),
        achievement_id=achievement.id,
        answers={code: given.answers[code] for code in known},
        documents={
            code: tidy(number) for code, number in given.documents.items() if code in known and tidy(number)
        },
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


def answers_in(assessment: Assessment) -> Answers:
    """The answers as they were given. Questions asked since have none."""
    return Answers(
        {code: str(answer) for code, answer in assessment.answers.items()},
        {code: str(number) for code, number in assessment.documents.items()},
    )


def questions_hit(assessment: Assessment) -> list[SecrecyQuestion]:
    """The questions whose answers led to something: a stop, a review, a restriction."""
    answers = assessment.answers
    return [q for q in SECRECY_QUESTIONS if q.code in answers and q.blocks(str(answers[q.code]))]


def blocking_questions(assessment: Assessment) -> list[SecrecyQuestion]:
    """The questions that stop the draft."""
    given = answers_in(assessment)
    return [q for q in questions_hit(assessment) if _stops(q, given)]
