"""Tables of disclosures: the disclosure, its completers, the answers to the secrecy questions, what the unit decided."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listings.signatories import Signatory
from marketplace.accounts.models import Organisation
from marketplace.core.db import Base, JSONObject

DRAFT, SUBMITTED, FORMAL_CHECK, RETURNED, OWNERSHIP_REVIEW, SECRECY_GATE, EVALUATION, DECISION, CLOSED = (
    "draft",
    "submitted",
    "formal_check",
    "returned",
    "ownership_review",
    "secrecy_gate",
    "evaluation",
    "classified_decision",
    "closed",
)
#: Still in the completers' hands.
EDITABLE = frozenset({DRAFT, RETURNED})
#: Handed to the unit, which owes an answer.
WAITING = frozenset({SUBMITTED, FORMAL_CHECK, OWNERSHIP_REVIEW, SECRECY_GATE, EVALUATION, DECISION})
DEFER, GRANT_RIGHTS = "defer", "grant_rights"


class Disclosure(Base):
    """What completers tell their unit. `digest` is of content and confidential description as they are now.

    `asked_at` is set while the completers are asked to confirm exactly this digest. `typed` keeps what could not be
    understood yet, `version` counts saves. `outcome` and `review_on` are of the last classified decision, and
    `replied_at` is when the unit first gave one; `overdue_at` is when the time for it had passed.
    """

    __tablename__ = "disclosure"
    __table_args__ = (Index("ix_disclosure_holder_id_state", "holder_id", "state"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    clearance: Mapped[str] = mapped_column(String(24), default="unassessed")
    domestic_only: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[JSONObject]
    confidential: Mapped[JSONObject] = mapped_column(deferred=True, default=dict)
    described: Mapped[bool] = mapped_column(default=False)  # is there a confidential description?
    typed: Mapped[JSONObject] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    finding: Mapped[str] = mapped_column(String(24), default="")  # of ownership_findings
    outcome: Mapped[str] = mapped_column(String(32), default="")  # of disclosure_outcomes
    review_on: Mapped[date | None] = mapped_column(Date)
    replied_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    achievement_id: Mapped[str | None] = mapped_column(ForeignKey("achievement.id"))
    holder: Mapped[Organisation] = relationship(lazy="joined")
    completers: Mapped[list["DisclosureCompleter"]] = relationship(
        back_populates="disclosure",
        order_by="DisclosureCompleter.position",
        cascade="all, delete-orphan",
        lazy="selectin",  # who may read it depends on them, so whoever asks for it asks for them
    )
    decisions: Mapped[list["DisclosureDecision"]] = relationship(
        back_populates="disclosure", order_by="DisclosureDecision.n"
    )


class DisclosureCompleter(Signatory, Base):
    """A completer of the content as a row: who confirms what."""

    __tablename__ = "disclosure_completer"
    __table_args__ = (UniqueConstraint("disclosure_id", "position"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"))
    position: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default="")
    left_on: Mapped[date | None] = mapped_column(Date)
    contribution: Mapped[str] = mapped_column(Text, default="")
    disclosure: Mapped[Disclosure] = relationship(back_populates="completers")


class DisclosureDecision(Base):
    """An opinion or decision of an officer of the unit, the `n`-th. `step` is the state in which it was given.

    `details` are the further texts of a step, `document` the number of the document relied on.
    """

    __tablename__ = "disclosure_decision"
    __table_args__ = (UniqueConstraint("disclosure_id", "n"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"))
    n: Mapped[int]
    step: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[JSONObject] = mapped_column(default=dict)
    document: Mapped[str] = mapped_column(String(80), default="")
    review_on: Mapped[date | None] = mapped_column(Date)
    decided_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    disclosure: Mapped[Disclosure] = relationship(back_populates="decisions")


class DisclosureAssessment(Base):
    """The answers to the secrecy questions, kept for good: who answered what, when, on which documents."""

    __tablename__ = "disclosure_assessment"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    disclosure_id: Mapped[str] = mapped_column(ForeignKey("disclosure.id"), index=True)
    answers: Mapped[JSONObject]
    documents: Mapped[JSONObject]
    edition: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(24))
    assessed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    assessed_at: Mapped[datetime]
