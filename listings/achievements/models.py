"""Tables of achievements: the thing with its public state, and the revisions of its text."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Zone
from marketplace.core.db import Base, JSONObject

DRAFT, SUBMITTED, RETURNED, PUBLISHED, WITHDRAWN, SUPERSEDED, DISCARDED = (
    "draft",
    "submitted",
    "returned",
    "published",
    "withdrawn",
    "superseded",
    "discarded",
)


class Achievement(Base):
    """An achievement. `state` is what the world sees: published while any revision is public.

    `title`, `field`, `trl`, `price_fen` copy the public revision (the working one before publication) for lists.
    """

    __tablename__ = "achievement"
    __table_args__ = (
        UniqueConstraint("holder_id", "external_id"),
        Index("ix_achievement_state_published_at", "state", "published_at"),
        Index("ix_achievement_state_field", "state", "field"),
        Index("ix_achievement_holder_id_title_key", "holder_id", "title_key"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    clearance: Mapped[str] = mapped_column(String(24), default="unassessed")
    domestic_only: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(200), default="")
    title_key: Mapped[str] = mapped_column(String(200), default="")  # normalised, to recognise duplicates
    field: Mapped[str] = mapped_column(String(8), default="")
    trl: Mapped[int | None]
    price_fen: Mapped[int | None] = mapped_column(BigInteger)  # 32 bits end at 21 million yuan
    external_id: Mapped[str | None] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(12), default="form")  # form, import, api
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(String(40), default="")
    withdrawal_note: Mapped[str] = mapped_column(Text, default="")
    published_n: Mapped[int | None]
    working_n: Mapped[int | None]
    holder: Mapped[Organisation] = relationship(lazy="joined")
    zone: Mapped[Zone] = relationship(lazy="select")
    revisions: Mapped[list["Revision"]] = relationship(back_populates="achievement", order_by="Revision.n")
    # For queries that read many with one text each; nothing else reads a text through these.
    public_text: Mapped["Revision | None"] = relationship(
        primaryjoin="and_(Achievement.id == foreign(Revision.achievement_id),"
        " Achievement.published_n == foreign(Revision.n))",
        viewonly=True,
        lazy="raise",
    )
    working_text: Mapped["Revision | None"] = relationship(
        primaryjoin="and_(Achievement.id == foreign(Revision.achievement_id),"
        " Achievement.working_n == foreign(Revision.n))",
        viewonly=True,
        lazy="raise",
    )


class Revision(Base):
    """A version of the text. `typed` keeps what could not be understood yet, so that nothing typed is lost.

    `version` counts saves: an editor must name the one it began from.
    """

    __tablename__ = "achievement_revision"
    __table_args__ = (UniqueConstraint("achievement_id", "n"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"))
    n: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    content: Mapped[JSONObject]
    typed: Mapped[JSONObject] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    reasons: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    achievement: Mapped[Achievement] = relationship(back_populates="revisions")


class Assessment(Base):
    """A self-assessment of secrecy (保密自查), kept for good: who answered what, when, on which documents."""

    __tablename__ = "achievement_assessment"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"), index=True)
    answers: Mapped[JSONObject]  # question code -> yes/no
    documents: Mapped[JSONObject]  # question code -> number of the document relied on, never its content
    edition: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(24))
    assessed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    assessed_at: Mapped[datetime]


class ConfidentialAccess(Base):
    """A holder's record that an organisation has signed a confidentiality agreement for an achievement."""

    __tablename__ = "achievement_confidential_access"

    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    agreement: Mapped[str] = mapped_column(String(80))
    granted_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    granted_at: Mapped[datetime]
