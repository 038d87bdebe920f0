"""Chinese words on English pages: right where somebody typed them or where they say that they are Chinese, else a fault."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from auctions.confirmations.models import Confirmation
from auctions.deposits.models import Deposit
from auctions.gates.models import GateRecord
from auctions.intents.models import Intent
from auctions.priority.models import PriorityHolder
from auctions.questions.models import Question
from auctions.trades.models import Trade, TradeSupplement
from listings.achievements.models import Achievement, Assessment, ConfidentialAccess, Revision
from listings.decisions.models import Decision
from listings.disclosures.models import (
    Disclosure,
    DisclosureAssessment,
    DisclosureCompleter,
    DisclosureDecision,
)
from listings.grants.models import GrantCompleter, RightsGrant
from listings.imports.models import ImportJob, ImportRow
from listings.notices.models import Capture, Certificate, Edition, Gap, Notice
from listings.notices.objections.models import Objection, Statement
from listings.plans.models import Plan
from listings.unit_rules.models import UnitRules
from marketplace.accounts.models import ApiToken, Organisation, User, Zone
from marketplace.core.db import db
from marketplace.moderation.models import AbuseReport, Case, Voice

#: Where the words of people are kept. What the program says is not among them: messages, complaints about rows.
TYPED: tuple[InstrumentedAttribute[Any], ...] = (
    User.name,
    Zone.name,
    Zone.about,
    Organisation.name,
    Organisation.about,
    Organisation.contact,
    Organisation.reason,
    ApiToken.label,
    Revision.content,
    Revision.typed,
    Revision.note,
    Assessment.documents,
    ConfidentialAccess.agreement,
    Achievement.withdrawal_note,
    Disclosure.content,
    Disclosure.confidential,
    DisclosureAssessment.documents,
    DisclosureCompleter.name,
    DisclosureCompleter.unit,
    DisclosureCompleter.paper_document,
    DisclosureCompleter.decline_reason,
    DisclosureDecision.reason,
    DisclosureDecision.details,
    DisclosureDecision.document,
    Case.note,
    Voice.note,
    AbuseReport.statement,
    AbuseReport.contact,
    AbuseReport.answer,
    Notice.title,
    Notice.void_note,
    Edition.content,
    Edition.basis,
    Edition.unit_url,
    Edition.why,
    Capture.taken_by,
    Capture.name,
    Gap.note,
    Certificate.facts,
    Objection.summary,
    Objection.reasons,
    Objection.appeal_reasons,
    Statement.name,
    Statement.facts,
    Statement.remedy,
    Statement.files,
    Statement.appeal,
    UnitRules.content,
    Plan.content,
    Plan.note,
    Decision.record,
    RightsGrant.content,
    RightsGrant.note,
    RightsGrant.review,
    RightsGrant.agreement,
    RightsGrant.filings,
    RightsGrant.registrations,
    GrantCompleter.paper_document,
    GrantCompleter.decline_reason,
    ImportJob.name,
    ImportJob.header,
    ImportJob.sample,
    ImportJob.defaults,
    ImportJob.review_document,
    Trade.title,
    Trade.lot,
    Trade.terms,
    Trade.note,
    Trade.suspension,
    TradeSupplement.text,
    GateRecord.document,
    GateRecord.note,
    PriorityHolder.name,
    PriorityHolder.notice,
    PriorityHolder.answer_document,
    Question.text,
    Question.answer,
    Intent.statement,
    Intent.paper,
    Intent.supplements,
    Intent.opinion,
    Intent.reply,
    Intent.note,
    Deposit.declared,
    Deposit.receipt,
    Deposit.refund,
    Deposit.forfeiture,
    Deposit.note,
    Confirmation.buyer_name,
)
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

#: Texts and attributes of the document outside elements in Chinese; a marked hit of a search is part of its text.
_COLLECT = r"""() => {
  const root = document.documentElement.cloneNode(true);
  for (const aside of root.querySelectorAll("[lang|=zh], script, style")) aside.remove();
  for (const mark of root.querySelectorAll("mark")) mark.replaceWith(mark.textContent);
  root.normalize();
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode.data);
  for (const element of root.querySelectorAll("*")) for (const { name, value } of element.attributes) found.push(value);
  return found.filter((text) => /\p{Script=Han}/u.test(text));
}"""


def typed(app: Flask) -> list[str]:
    """Every line that people typed into this market, the longest first."""
    with app.app_context():
        lines = {
            line for column in TYPED for value in db.session.scalars(select(column)) for line in _lines(value)
        }
        noted = db.session.scalars(select(ImportRow.notes))
        lines |= {line for notes in noted for note in notes for key in ("column", "value") for line in _lines(note[key])}  # fmt: skip
    return sorted((line for line in lines if HAN.search(line)), key=len, reverse=True)


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, (line.strip() for line in value.splitlines()))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _lines(part)
    elif isinstance(value, list):
        for part in value:
            yield from _lines(part)


def assert_english(page: Page, lines: list[str], query: Iterable[str] = ()) -> None:
    """Fail with every Chinese text that is neither marked as Chinese nor one of the typed `lines`, or what was asked."""
    known = [*query, *lines]
    left = [text.strip() for text in page.evaluate(_COLLECT) if not _explained(text, known)]
    assert not left, "Chinese on an English page: " + " | ".join(dict.fromkeys(left))


def _explained(text: str, known: list[str]) -> bool:
    """Piece by piece: a line may be cut short, or stand behind a label."""
    return all(_typed_by_somebody(part.strip(), known) for part in re.split(r"…|: | \| ", text))


def _typed_by_somebody(part: str, known: list[str]) -> bool:
    """Is it a piece of a typed line, or made of typed lines and of words that are not Chinese?"""
    if any(part in line for line in known):
        return True
    for line in known:
        part = part.replace(line, "")
    return not HAN.search(part)
