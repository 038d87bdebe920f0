"""Cases that wait for a zone's officers, what each officer said, and reports of abuse."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, User
from marketplace.core.db import Base, JSONObject

OPEN, OVERDUE, DECIDED, CLOSED = "open", "overdue", "decided", "closed"
WAITING = frozenset({OPEN, OVERDUE})
PUBLISH, RETURN, TAKE_DOWN, KEEP = "publish", "return", "take_down", "keep"
UPHELD, DISMISSED = "upheld", "dismissed"


class Case(Base):
    """Something submitted for a decision. `kind` names the review subject, `subject` its public id.

    `asks` is what is asked for: publish or take_down. `needs` lists the roles whose agreement that takes, one person
    each. `outcome` is empty until decided, then publish or return, take_down or keep. `submitted_by` is the person who
    asked; none for what the system handed in.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (Index("ix_moderation_case_zone_id_state", "zone_id", "state"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(30), index=True)
    asks: Mapped[str] = mapped_column(String(12), default=PUBLISH)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(200))  # kept, because the subject may vanish
    revision: Mapped[int | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default=OPEN)
    needs: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    reasons: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    voices: Mapped[list["Voice"]] = relationship(back_populates="case", order_by="Voice.at")


class Voice(Base):
    """One officer's word on a case: the outcome they ask for, in which role."""

    __tablename__ = "moderation_voice"
    __table_args__ = (UniqueConstraint("case_id", "user_id"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(String(12))
    reasons: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="voices")
    user: Mapped[User] = relationship(lazy="joined")


class AbuseReport(Base):
    """Somebody says that a publication breaks the rules. The reporter's contact is seen by those who answer only.

    `number` is the receipt: `JB2026000001`. `org_id` is the organisation behind the publication.
    """

    __tablename__ = "abuse_report"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(30), index=True)
    subject_title: Mapped[str] = mapped_column(String(200))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(String(40))
    statement: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200), default="")
    reported_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    reported_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default=OPEN, index=True)
    outcome: Mapped[str] = mapped_column(String(12), default="")  # upheld, dismissed
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined")
