"""Tables of objections: the proceeding, and apart from it who objected and what they wrote."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listings.notices.models import Notice
from marketplace.core.db import Base, JSONObject

FILED, INVESTIGATING, OVERDUE, REFUSED, DECIDED, APPEALED, CLOSED, LAPSED = (
    "filed",
    "investigating",
    "overdue",
    "refused",
    "decided",
    "appealed",
    "closed",
    "lapsed",
)
#: While one of these lies, the clock of its notice stands still.
STOPPING = frozenset({FILED, INVESTIGATING, OVERDUE, APPEALED})
FINAL = frozenset({CLOSED, LAPSED})
UPHELD, PARTLY, DISMISSED = OUTCOMES = ("upheld", "partly", "dismissed")
CONTINUE, RESTART, END = EFFECTS = ("continue", "restart", "void")


class Objection(Base):
    """The proceeding about one objection; nothing here tells who objected.

    `digest` binds what was filed, with the salt of the statement, so that nobody can guess it. `receipt` is the signed
    note the objector holds. `reasons` of the decision are for the objector; `summary` is for everybody.
    """

    __tablename__ = "objection"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    n: Mapped[int]  # the edition objected to
    state: Mapped[str] = mapped_column(String(14), default=FILED)
    ground: Mapped[str] = mapped_column(String(30))
    digest: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(Text, default="")
    filed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    handler_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    admitted_at: Mapped[datetime | None]
    extended: Mapped[bool] = mapped_column(default=False)
    extension_note: Mapped[str] = mapped_column(Text, default="")
    refusal: Mapped[str] = mapped_column(String(30), default="")
    outcome: Mapped[str] = mapped_column(String(10), default="")
    effect: Mapped[str] = mapped_column(String(10), default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    appealed_at: Mapped[datetime | None]
    appeal_outcome: Mapped[str] = mapped_column(String(10), default="")
    appeal_effect: Mapped[str] = mapped_column(String(10), default="")
    appeal_reasons: Mapped[str] = mapped_column(Text, default="")
    appeal_decided_at: Mapped[datetime | None]
    appeal_decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # since when nobody can know any more who objected
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    notice: Mapped[Notice] = relationship(lazy="joined")
    statement: Mapped["Statement"] = relationship(back_populates="objection", uselist=False, lazy="select")
    supplements: Mapped[list["Supplement"]] = relationship(order_by="Supplement.n", lazy="select")

    @property
    def evidence(self) -> list[JSONObject]:
        """The files that the objector handed in, at once and later."""
        return [*self.statement.files, *(file for one in self.supplements for file in one.files)]


class Statement(Base):
    """Who objects and what they wrote. Seen by the handler and the zone's supervisor only; may be erased for good."""

    __tablename__ = "objection_statement"

    objection_id: Mapped[str] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    organisation: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(2), default="zh")
    facts: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text)
    files: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)  # digest, name, media, size
    salt: Mapped[str] = mapped_column(String(32))
    appeal: Mapped[str] = mapped_column(Text, default="")
    objection: Mapped[Objection] = relationship(back_populates="statement")


class Supplement(Base):
    """Evidence that the objector added later: `digest` binds the files with the statement's salt, `receipt` is signed."""

    __tablename__ = "objection_supplement"

    objection_id: Mapped[str] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)  # digest, name, media, size
