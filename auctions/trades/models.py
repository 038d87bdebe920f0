"""Tables of trades: the trade, the spells in which its periods ran, and supplements to what was announced."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from listings.achievements.models import Achievement
from marketplace.accounts.models import Organisation
from marketplace.core.db import Base, JSONObject


class Trade(Base):
    """A trade of one indivisible lot: an achievement with its list of rights, by the procedure `kind`.

    `lot` is what is sold, `terms` the procedure's own terms; both are frozen with `digest` at the announcement, with
    `rules` naming the edition of the platform's rules that stays in force for it. `version` counts saves, `seen` says who sees it. `price_fen`
    and `title` copy what lists show. `plan_id` is the decided plan it carries out, `before_id` the trade without a buyer
    that it lists anew. `next_deadline` is the clock's next move; while `suspended_at` is set the clock stands still.
    """

    __tablename__ = "trade"
    __table_args__ = (
        Index("ix_trade_state_announced_at", "state", "announced_at"),
        Index("ix_trade_holder_id_state", "holder_id", "state"),
        Index("ix_trade_zone_id_state", "zone_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    achievement_id: Mapped[str] = mapped_column(ForeignKey("achievement.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"), index=True)
    before_id: Mapped[str | None] = mapped_column(ForeignKey("trade.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    seen: Mapped[str] = mapped_column(String(8), index=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200), default="")
    regime: Mapped[str] = mapped_column(String(12), default="")
    lot: Mapped[JSONObject]
    terms: Mapped[JSONObject]
    price_fen: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64), default="")
    rules: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    saved_at: Mapped[datetime]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    announced_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    announced_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    suspension: Mapped[JSONObject] = mapped_column(default=dict)
    ended_at: Mapped[datetime | None]
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    achievement: Mapped[Achievement] = relationship(lazy="joined")
    holder: Mapped[Organisation] = relationship(lazy="joined")
    supplements: Mapped[list["TradeSupplement"]] = relationship(order_by="TradeSupplement.n", lazy="select")
    spells: Mapped[list["TradeSpell"]] = relationship(
        order_by="TradeSpell.run, TradeSpell.n", cascade="all, delete-orphan", lazy="selectin"
    )


class TradeSpell(Base):
    """A stretch of time in which a period of a trade ran. `run` counts the periods of the trade, `n` the spells of a run.

    `promised` is the end that was published for it: a newer calendar may not bring it forward.
    """

    __tablename__ = "trade_spell"
    __table_args__ = (UniqueConstraint("trade_id", "run", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    run: Mapped[int]
    n: Mapped[int]
    period: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    extended: Mapped[int] = mapped_column(default=0)
    promised: Mapped[datetime | None]


class TradeSupplement(Base):
    """A supplement to what was announced (补充公告): its text is public, and the period begins anew with it.

    `digest` is that of the text as it is in the journal.
    """

    __tablename__ = "trade_supplement"
    __table_args__ = (UniqueConstraint("trade_id", "n"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    n: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime]
