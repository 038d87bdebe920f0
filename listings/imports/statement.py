"""The unit's statement for a whole file: reviewed for secrecy under this number, nothing in it is to be kept.

Every item that is to be published needs prior review (保守国家秘密法 art. 35). The statement answers the questions of the
self-assessment for each row at once; only the number of the review is kept, never the review.
"""

from dataclasses import dataclass

from listings.achievements.secrecy import LONGEST_DOCUMENT, Answers
from listings.classification import SECRECY_QUESTIONS
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l

#: The question whose document is the unit's own review opinion.
_REVIEW_QUESTION = "undetermined_secrecy"


@dataclass(frozen=True)
class Statement:
    """`review_document`: number of the unit's review of exactly this file; `confirmed`: that it is true."""

    review_document: str
    confirmed: bool

    def complaints(self) -> list[FieldError]:
        errors = []
        number = self.review_document.strip()
        if not number or len(number) > LONGEST_DOCUMENT:
            words = _l("填写本单位保密审查的文号，不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT)
            errors.append(FieldError("review_document", "required", words))
        if not self.confirmed:
            words = _l("确认文件内容已经本单位保密审查，不涉及国家秘密")
            errors.append(FieldError("confirmed", "required", words))
        return errors


def harmless(review_document: str) -> Answers:
    """The answers that the statement stands for: to every question the one that holds nothing back."""
    answers = {
        question.code: "no" if question.blocks_on == "yes" else "yes" for question in SECRECY_QUESTIONS
    }
    return Answers(answers, {_REVIEW_QUESTION: review_document})
