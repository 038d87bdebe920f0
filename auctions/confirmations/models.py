"""The table of deal confirmations."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auctions.trades.models import Trade
from marketplace.core.db import Base, JSONObject


class Confirmation(Base):
    """The confirmation of a deal, for good: one for each trade.

    `protocol` is the whole file of the trade as it stood, `digest` that of its canonical JSON. `code` is what a reader
    types to see whether a paper is genuine. `buyer_id` is the buying organisation, or empty when a person bought by the
    right of first refusal (`priority_id`, and `buyer_user_id` if that person has an account). `holder_id` and `zone_id`
    copy the trade's.
    """

    __tablename__ = "trade_confirmation"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"), unique=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    protocol: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64))
    buyer_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    priority_id: Mapped[str | None] = mapped_column(ForeignKey("trade_priority_holder.id"))
    buyer_user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    buyer_name: Mapped[str] = mapped_column(String(200))
    price_fen: Mapped[int] = mapped_column(BigInteger)
    how: Mapped[str] = mapped_column(String(16))
    confirmed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime]
    trade: Mapped[Trade] = relationship(lazy="joined")
