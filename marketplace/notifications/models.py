"""Messages kept for people to read on the site, and the record of mail handed over."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.db import Base


class Message(Base):
    """A letter as its reader finds it on the site, in both languages. At most one about an entry and a person."""

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_position_user_id", "position", "user_id", unique=True),
        Index("ix_message_unread", "user_id", "read_at"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    position: Mapped[int] = mapped_column(BigInteger)  # of the journal entry it is about
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class MailRecord(Base):
    """A mail that was handed over, or that its receiver's server refused for good; it is not sent again.

    `recipient` is the user's id, or a digest of the address of somebody who has none.
    """

    __tablename__ = "mail_record"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    recipient: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))  # sent, refused
    at: Mapped[datetime]
