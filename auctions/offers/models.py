"""The table of offers."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auctions.intents.models import Intent
from marketplace.core.db import Base


class TradeOffer(Base):
    """A price handed in. Only a row is added, none is ever changed.

    `position` is its place in the trade's log, without gaps, given under the writers' lock: it decides between equals.
    `commitment` is SHA-256 over the canonical JSON of salt and offer; it is public at once, the amount only after the
    opening.
    """

    __tablename__ = "trade_offer"
    __table_args__ = (
        UniqueConstraint("trade_id", "position", name="uq_trade_offer_position"),
        UniqueConstraint("trade_id", "intent_id", "stage"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    intent_id: Mapped[str] = mapped_column(ForeignKey("trade_intent.id"), index=True)
    stage: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    commitment: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(32))
    made_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    intent: Mapped[Intent] = relationship(lazy="joined")
