"""The table of holders of the right of first refusal."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auctions.trades.models import Trade
from marketplace.core.db import Base, JSONObject

COMPLETER, CO_OWNER, COMMISSIONER = "completer", "co_owner", "commissioner"


class PriorityHolder(Base):
    """Somebody who may take what is sold on equal terms: a completer (民法典 art. 847), a co-owner (art. 860), whoever
    commissioned it (art. 859).

    `rank` decides between several. `user_id` is the account by which the holder answers in person; without one the
    seller registers a paper. `notice` says how the holder was told, `answer` is waived, exercised or empty.
    """

    __tablename__ = "trade_priority_holder"
    __table_args__ = (UniqueConstraint("trade_id", "code"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    code: Mapped[str] = mapped_column(String(4))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    rank: Mapped[int]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    notice: Mapped[JSONObject] = mapped_column(default=dict)
    notified_at: Mapped[datetime | None]
    notified_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str] = mapped_column(String(12), default="")
    answer_document: Mapped[str] = mapped_column(String(120), default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]
    trade: Mapped[Trade] = relationship(lazy="joined")
