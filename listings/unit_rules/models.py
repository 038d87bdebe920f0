"""The table of unit rules: one row an edition."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.core.db import Base, JSONObject

DRAFT, IN_FORCE, SUPERSEDED = "draft", "in_force", "superseded"


class UnitRules(Base):
    """An edition of a unit's rules, in force from `published_at` until `superseded_at`.

    `version` counts saves of a draft: an editor must name the one it began from. `digest` is that of the canonical
    JSON of the content, which is among the kept files once the edition is published.
    """

    __tablename__ = "unit_rules"
    __table_args__ = (
        UniqueConstraint("org_id", "edition"),
        Index("ix_unit_rules_org_id_state", "org_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    content: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    superseded_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship(lazy="select")
