"""A disclosure's content page by page in words: what completers confirm and officers read."""

from dataclasses import dataclass

from flask import url_for

from listings.disclosures.confirming import complaints_about
from listings.disclosures.content import SECTIONS, Content
from listings.disclosures.labels import FIELDS, in_words, section_label
from listings.disclosures.models import Disclosure
from marketplace.core.i18n import gettext as _


@dataclass(frozen=True)
class Answer:
    """A field, its value in words, what is wrong with it, and where it is changed (empty: not by this reader)."""

    field: str
    label: str
    value: str
    complaints: tuple[str, ...] = ()
    href: str = ""


Sections = list[tuple[str, str, list[Answer]]]


def answers(disclosure: Disclosure, content: Content, *, changing: bool = False) -> Sections:
    """(name, heading, answers) of every page. With `changing`, the complaints and links of whoever completes it."""
    complaints = _complaints(disclosure) if changing else {}
    return [
        (
            name,
            section_label(name),
            [
                Answer(
                    field,
                    str(FIELDS[field]),
                    in_words(content, field),
                    tuple(complaints.get(field, ())),
                    _address(disclosure, name, field) if changing else "",
                )
                for field in fields
            ],
        )
        for name, fields in SECTIONS.items()
    ]


def wrong_answers(disclosure: Disclosure, sections: Sections) -> list[Answer]:
    """Everything that is missing or contradictory, the confidential description included."""
    wrong = [answer for _name, _label, found in sections for answer in found if answer.complaints]
    missing = _complaints(disclosure).get("confidential")
    if missing:
        href = url_for("disclosure_description.question", disclosure_id=disclosure.id)
        wrong.append(Answer("confidential", section_label("confidential"), "", tuple(missing), href))
    return wrong


def _complaints(disclosure: Disclosure) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for complaint in complaints_about(disclosure):
        sentences = found.setdefault(complaint.field.partition(".")[0], [])
        words = str(complaint.message) or _("修改或清空这一项")
        if words not in sentences:
            sentences.append(words)
    return found


def _address(disclosure: Disclosure, name: str, field: str) -> str:
    page = url_for("disclosure_sections.section", disclosure_id=disclosure.id, name=name)
    return f"{page}#{field}"
