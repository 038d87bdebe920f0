"""Commands of the seller: agree to the host's opinion, or object with a reason. Silence is consent."""

from auctions.intents.lifecycle import INTENT, qualify
from auctions.intents.models import Intent
from auctions.intents.policy import REPLY
from auctions.intents.reach import intent_for
from auctions.trades.engine import catch_up
from listings.remarks import checked_note
from marketplace.core.context import Context


def agree_to(ctx: Context, intent_id: str) -> Intent:
    """The seller accepts the party."""
    intent = _opined(ctx, intent_id)
    INTENT.move(ctx, intent, "agree")
    intent.reply, intent.replied_at = {"answer": "agree", "by": ctx.actor.person}, ctx.now
    qualify(ctx, intent, ctx.now)
    catch_up(ctx, intent.trade)
    return intent


def object_to(ctx: Context, intent_id: str, reason: str) -> Intent:
    """The seller objects; the host decides by what was published."""
    intent = _opined(ctx, intent_id)
    said = checked_note(reason)
    INTENT.move(ctx, intent, "object")
    intent.reply = {"answer": "object", "reason": said, "by": ctx.actor.person}
    intent.replied_at = ctx.now
    catch_up(ctx, intent.trade)
    return intent


def _opined(ctx: Context, intent_id: str) -> Intent:
    intent = intent_for(ctx, intent_id, REPLY)
    catch_up(ctx, intent.trade)
    return intent
