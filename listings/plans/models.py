"""The table of plans."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listings.achievements.models import Achievement
from listings.decisions.models import Decision
from marketplace.core.db import Base, JSONObject

DRAFT, SUBMITTED, DECIDED, REJECTED, SUPERSEDED, WITHDRAWN, DISCARDED = (
    "draft",
    "submitted",
    "decided",
    "rejected",
    "superseded",
    "withdrawn",
    "discarded",
)


class Plan(Base):
    """A plan for one achievement of one holder.

    `version` counts saves: an editor must name the one it began from. `digest` is that of `document_of(plan)`: set
    when the plan is submitted, kept among the files when it is decided, after which nothing in it changes any more.
    `rules_id` is the edition of the unit's rules the decision was held to. `replaces_id` is the decided plan that
    this one takes the place of once it is decided itself. `note` is why it was returned or withdrawn.
    """

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_holder_id_state", "holder_id", "state"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    saved_at: Mapped[datetime]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("decision.id"))
    rules_id: Mapped[str | None] = mapped_column(ForeignKey("unit_rules.id"))
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"))
    achievement: Mapped[Achievement] = relationship(lazy="joined")
    decision: Mapped[Decision | None] = relationship(lazy="select")
