"""Tables of grants: the grant, the completers who sign for it, and what zones ask for at least."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listings.achievements.models import Achievement
from listings.decisions.models import Decision
from listings.signatories import Signatory
from marketplace.core.db import Base, JSONObject

DRAFT, TEAM_AGREED, SUBMITTED, UNIT_REVIEW, REJECTED, DECIDED, WITHDRAWN, DISCARDED = (
    "draft",
    "team_agreed",
    "submitted",
    "unit_review",
    "rejected",
    "decided",
    "withdrawn",
    "discarded",
)
AGREEMENT_SIGNED, TITLE_CHANGE_FILED, EFFECTIVE, EXPIRED, REVOKED, TERMINATED = (
    "agreement_signed",
    "title_change_filed",
    "effective",
    "expired",
    "revoked",
    "terminated",
)
#: Ended, one way or another: another grant of the same achievement may begin.
ENDED = frozenset({REJECTED, WITHDRAWN, DISCARDED, EXPIRED, REVOKED, TERMINATED})


class RightsGrant(Base):
    """A grant of rights in one achievement of one holder to its completers.

    `version` counts saves. `digest` is of `document_of(grant)`: what the team is asked to sign (`asked_at`), what is
    submitted, decided and noticed is the same text. `review` is the opinion of the unit's officer. `agreement`,
    `filings` and `registrations` say what was signed, filed and registered. From `effective_on` the grant has effect,
    a right of use until `ends_at`. `note` is why it was returned, withdrawn or ended.
    """

    __tablename__ = "rights_grant"
    __table_args__ = (Index("ix_rights_grant_holder_id_state", "holder_id", "state"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    saved_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    review: Mapped[JSONObject] = mapped_column(default=dict)
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None]
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("decision.id"))
    rules_id: Mapped[str | None] = mapped_column(ForeignKey("unit_rules.id"))
    decided_at: Mapped[datetime | None]
    agreement: Mapped[JSONObject] = mapped_column(default=dict)
    certificate_id: Mapped[str | None] = mapped_column(ForeignKey("notice_certificate.id"))
    signed_on: Mapped[date | None] = mapped_column(Date)
    signed_at: Mapped[datetime | None]
    filings: Mapped[JSONObject] = mapped_column(default=dict)
    filed_at: Mapped[datetime | None]
    registrations: Mapped[JSONObject] = mapped_column(default=dict)
    effective_on: Mapped[date | None] = mapped_column(Date)
    effective_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(24), default="")
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    achievement: Mapped[Achievement] = relationship(lazy="joined")
    decision: Mapped[Decision | None] = relationship(lazy="select")
    completers: Mapped[list["GrantCompleter"]] = relationship(
        back_populates="grant",
        order_by="GrantCompleter.position",
        cascade="all, delete-orphan",
        lazy="selectin",  # who may read it depends on them, so whoever asks for it asks for them
    )


class ZoneMinimum(Base):
    """A zone's rule: in grants submitted from a Beijing date on completers get at least `share_bp` of the title.

    A rule is never changed; a later one takes its place.
    """

    __tablename__ = "grant_zone_minimum"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    share_bp: Mapped[int]
    effective_from: Mapped[date] = mapped_column(Date)
    set_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]


class GrantCompleter(Signatory, Base):
    """A completer of the content as a row: who signs what the team agreed."""

    __tablename__ = "grant_completer"
    __table_args__ = (UniqueConstraint("grant_id", "position"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("rights_grant.id"))
    position: Mapped[int]
    grant: Mapped[RightsGrant] = relationship(back_populates="completers")
