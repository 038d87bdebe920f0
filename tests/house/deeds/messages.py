"""Deeds around the messages that the site has for a person."""

from marketplace.core.ids import new_id
from marketplace.notifications.models import Message
from tests.house.deeds.deed import Call, Deed, unsaid
from tests.house.deeds.market import Market

SEEN = unsaid("message", because="that a person has read a message is no fact of the market")


def read_one(market: Market) -> Call:
    return Call("inventor", {"message_id": a_message(market)})


def read_all(market: Market) -> Call:
    a_message(market)
    return Call("inventor")


def a_message(market: Market) -> str:
    """The id of a message that the inventor has not read."""
    words = dict.fromkeys(("title", "title_en", "body", "body_en"), "…")
    with market.as_system() as ctx:
        message = Message(
            id=new_id("msg", ctx.now),
            user_id=market.cast.inventor.user_id,
            position=0,
            kind="zone.created",
            url="",
            at=ctx.now,
            **words,
        )
        ctx.session.add(message)
        return message.id


DEEDS = (
    Deed("notifications.read", read_one, SEEN),
    Deed("notifications.read_all", read_all, SEEN, stranger=None),
)
