"""Tables of public notices: the notice, its editions, the spells in which it ran, what was captured, its certificate."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Zone
from marketplace.core.db import Base, JSONObject

DRAFT, SUBMITTED, RETURNED, SCHEDULED, RUNNING, OBJECTED, SUSPENDED = (
    "draft",
    "submitted",
    "returned",
    "scheduled",
    "running",
    "objected",
    "suspended",
)
CORRECTING, EXPIRED, CERTIFIED, VOID, DISCARDED = "correcting", "expired", "certified", "void", "discarded"
MARKET, UNIT = CHANNELS = ("market", "unit")
START, MIDDLE, END, OTHER = POINTS = ("start", "middle", "end", "other")
CLOSED, PUBLIC = "closed", "public"
SAME, DIFFERENT, ABSENT = SEEN = ("same", "different", "absent")


class Notice(Base):
    """A public notice. `kind` names its content profile, `subject` the public id of what it is about.

    `title` and `related` copy the edition that counts for lists. `first_started_at` is when the public first saw it,
    and `visibility` says that it may: what was public once stays so, whatever becomes of it.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state_started_at", "state", "started_at"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(30), index=True)
    achievement_id: Mapped[str | None] = mapped_column(ForeignKey("achievement.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    related: Mapped[bool] = mapped_column(default=False)
    n: Mapped[int] = mapped_column(default=1)  # the edition that counts
    visibility: Mapped[str] = mapped_column(String(8), default=CLOSED, index=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_started_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]  # the end of the period, not the moment somebody noticed
    void_reason: Mapped[str] = mapped_column(String(40), default="")
    void_note: Mapped[str] = mapped_column(Text, default="")
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    holder: Mapped[Organisation] = relationship(lazy="joined")
    zone: Mapped[Zone] = relationship(lazy="select")
    editions: Mapped[list["Edition"]] = relationship(back_populates="notice", order_by="Edition.n")
    captures: Mapped[list["Capture"]] = relationship(order_by="Capture.recorded_at, Capture.id")
    gaps: Mapped[list["Gap"]] = relationship(order_by="Gap.recorded_at, Gap.id")
    certificate: Mapped["Certificate | None"] = relationship(back_populates="notice", uselist=False)

    @property
    def public(self) -> bool:
        return self.visibility == PUBLIC

    @property
    def edition(self) -> "Edition":
        """The edition that counts."""
        return next(edition for edition in self.editions if edition.n == self.n)


class Edition(Base):
    """A version of the text with what it rests on. `content` is what people may type, `basis` what its source fixed.

    `version` counts saves. `text` and `profile` are digests of kept files, set when it is handed in. `amount` and
    `unit` are the length of the period, `zone_term_id` the zone's rule for it when there was one. `middle_on`: the Beijing date drawn for the capture in between.
    """

    __tablename__ = "notice_edition"
    __table_args__ = (UniqueConstraint("notice_id", "n"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"))
    n: Mapped[int]
    content: Mapped[JSONObject]
    basis: Mapped[JSONObject]
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10))
    zone_term_id: Mapped[str | None] = mapped_column(ForeignKey("notice_zone_term.id"))
    unit_url: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(String(64), default="")
    profile: Mapped[str] = mapped_column(String(64), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    started_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]  # when the next edition or the end of everything took its place
    middle_on: Mapped[date | None]
    reasons: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")  # why the edition before was given up; public
    notice: Mapped[Notice] = relationship(back_populates="editions")
    zone_term: Mapped["ZoneTerm | None"] = relationship(lazy="select")
    spells: Mapped[list["SpellRow"]] = relationship(order_by="SpellRow.n")


class ZoneTerm(Base):
    """A zone's rule: notices of a kind that are handed in from a Beijing date on last at least `amount` of the term's unit.

    A rule is never changed; a later one takes its place. Every edition keeps the one it was handed in under.
    """

    __tablename__ = "notice_zone_term"
    __table_args__ = (Index("ix_notice_zone_term_zone_id_kind", "zone_id", "kind"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    effective_from: Mapped[date]
    set_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]
    zone: Mapped[Zone] = relationship(lazy="select")


class SpellRow(Base):
    """A stretch of time in which an edition ran; see `period.Spell`."""

    __tablename__ = "notice_spell"

    edition_id: Mapped[str] = mapped_column(ForeignKey("notice_edition.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    extended: Mapped[int] = mapped_column(default=0)
    promised: Mapped[datetime | None]


class Capture(Base):
    """What somebody saw on a channel and kept: the page or the board, when, by whom."""

    __tablename__ = "notice_capture"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), index=True)
    n: Mapped[int]  # the edition
    channel: Mapped[str] = mapped_column(String(10))
    point: Mapped[str] = mapped_column(String(10))
    seen: Mapped[str] = mapped_column(String(10))
    url: Mapped[str] = mapped_column(String(500))
    taken_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class Gap(Base):
    """A time in which a channel did not show the notice, and how many of the term's unit it cost (顺延)."""

    __tablename__ = "notice_gap"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), index=True)
    n: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]
    until: Mapped[datetime]
    days: Mapped[int]
    cause: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class Certificate(Base):
    """A certificate of completed notice (公示完成证明). `facts` is what it says, `digest` of their canonical JSON.

    `code` is what a reader types or scans to verify it.
    """

    __tablename__ = "notice_certificate"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), unique=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    facts: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64))
    issued_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[datetime]
    notice: Mapped[Notice] = relationship(back_populates="certificate")


class Observation(Base):
    """What an independent watcher saw, signed by it. `key` is the watcher's verifier key name."""

    __tablename__ = "notice_observation"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"), index=True)
    watcher: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    seen: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the note: the same one is taken once
    received_at: Mapped[datetime]
