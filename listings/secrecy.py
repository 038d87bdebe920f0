"""The secrecy gate (保密自查): questions before any free text about the technology may be typed.

No state secret may be put on the internet or on a system that is not cleared for it (保守国家秘密法 arts. 29, 31), and
every item to be published needs prior review (art. 35). Only numbers of documents are kept, never their contents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from listings.achievements.texts import tidy
from listings.classification import SECRECY_QUESTIONS, SecrecyQuestion
from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l

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


class Given(Protocol):
    """A kept self-assessment: the columns of its table that say what was answered."""

    @property
    def answers(self) -> JSONObject: ...

    @property
    def documents(self) -> JSONObject: ...


def kept_answers(given: Answers) -> tuple[JSONObject, JSONObject]:
    """What is kept of checked answers: an answer to every question, and the numbers that were given."""
    known = [question.code for question in SECRECY_QUESTIONS]
    documents = {code: tidy(number) for code, number in given.documents.items() if code in known}
    return {code: given.answers[code] for code in known}, {c: n for c, n in documents.items() if n}


def answers_in(assessment: Given) -> Answers:
    """The answers as they were given. Questions asked since have none."""
    return Answers(
        {code: str(answer) for code, answer in assessment.answers.items()},
        {code: str(number) for code, number in assessment.documents.items()},
    )


def questions_hit(assessment: Given) -> list[SecrecyQuestion]:
    """The questions whose answers led to something: a stop, a review, a restriction."""
    answers = assessment.answers
    return [q for q in SECRECY_QUESTIONS if q.code in answers and q.blocks(str(answers[q.code]))]


def blocking_questions(assessment: Given) -> list[SecrecyQuestion]:
    """The questions that stop the draft."""
    given = answers_in(assessment)
    return [q for q in questions_hit(assessment) if _stops(q, given)]
