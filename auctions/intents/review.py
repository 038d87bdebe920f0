"""Commands of the host: ask for a supplement, find a party qualified, reject it, overrule the seller."""

from dataclasses import dataclass
from typing import Any

from auctions.deposits.apart import settled_here
from auctions.intents.grounds import CONDITION, GROUNDS
from auctions.intents.lifecycle import INTENT, leave, qualify
from auctions.intents.models import Intent
from auctions.intents.policy import REVIEW
from auctions.intents.reach import intent_for
from auctions.intents.supplements import asked
from auctions.trades.engine import catch_up
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from listings.achievements.texts import storable, tidy
from listings.remarks import LONGEST_NOTE, checked_note
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Rejection:
    """Why a party is rejected: `ground` is `condition` with the number of a published condition, from 1, or a code of
    `GROUNDS`; `note` explains it to the party."""

    ground: str = ""
    condition: int | None = None
    note: str = ""


def ask_supplement(ctx: Context, intent_id: str, what: str) -> Intent:
    """Ask the party to add something."""
    intent = _under_review(ctx, intent_id)
    said = checked_note(what)
    INTENT.move(ctx, intent, "ask")
    intent.supplements = asked(intent, said, ctx.now)
    return _done(ctx, intent)


def opine_qualified(ctx: Context, intent_id: str, note: str = "") -> Intent:
    """Find the party qualified; from now on the seller has its time to answer."""
    intent = _under_review(ctx, intent_id)
    said = _optional_note(note)
    INTENT.move(ctx, intent, "opine")
    intent.opinion = {"result": "qualified", "note": said}
    _opined(ctx, intent)
    intent.clock_from = ctx.now
    INTENT.arm(ctx, intent)
    return _done(ctx, intent)


def reject_intent(ctx: Context, intent_id: str, given: Rejection) -> Intent:
    """Reject the party, on a published condition or a statutory ground. Raises Invalid for any other reason."""
    intent = _under_review(ctx, intent_id)
    errors = rejection_complaints(intent.trade, given)
    if errors:
        raise Invalid(errors)
    told: JSONObject = {"ground": given.ground}
    if given.ground == CONDITION:
        told["condition"] = given.condition
    INTENT.move(ctx, intent, "reject", told)
    intent.opinion = {"result": "rejected", **told, "note": tidy(given.note)}
    _opined(ctx, intent)
    leave(ctx, intent, ctx.now)
    return _done(ctx, intent)


def overrule_objection(ctx: Context, intent_id: str, note: str) -> Intent:
    """Let the party qualify against the seller's objection; the reason goes to both."""
    intent = _under_review(ctx, intent_id)
    said = checked_note(note)
    INTENT.move(ctx, intent, "overrule")
    intent.opinion = {**intent.opinion, "overruled": said, "overruled_by": ctx.actor.person}
    qualify(ctx, intent, ctx.now)
    return _done(ctx, intent)


def conditions_of(trade: Trade) -> tuple[str, ...]:
    """The conditions that were published with the trade: all that a party may be measured by."""
    terms: Any = terms_from(procedure_of(trade.kind), trade.terms)
    return tuple(getattr(terms, "conditions", ()))


def rejection_complaints(trade: Trade, given: Rejection) -> list[FieldError]:
    errors = []
    if not given.ground:
        errors.append(FieldError("ground", "required", _l("选择驳回的理由")))
    elif given.ground == CONDITION:
        if given.condition is None or not 1 <= given.condition <= len(conditions_of(trade)):
            words = _l("只能以公告载明的条件驳回，没有公布的条件不能作为理由")
            errors.append(FieldError("condition", "unpublished_condition", words))
    elif given.ground not in GROUNDS:
        words = _l("只能以公告载明的条件或法定事由驳回")
        errors.append(FieldError("ground", "unpublished_condition", words))
    if not tidy(given.note):
        errors.append(FieldError("note", "required", _l("说明事实和依据，意向方会看到")))
    if len(given.note) > LONGEST_NOTE or not storable(given.note):
        errors.append(FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NOTE)))
    return errors


def may_decide(ctx: Context, intent: Intent) -> None:
    """Raise Conflict for somebody who registered the party or who settles money in this trade."""
    if intent.registered_by == ctx.actor.user_id:
        raise Conflict(_l("登记人不能审查自己的登记"), code="own_registration")
    if settled_here(ctx, intent.trade_id, ctx.actor.user_id):
        raise Conflict(_l("经办或复核过这项交易保证金的人不能审查资格"), code="settlement_officer")


def _under_review(ctx: Context, intent_id: str) -> Intent:
    intent = intent_for(ctx, intent_id, REVIEW)
    may_decide(ctx, intent)
    catch_up(ctx, intent.trade)
    return intent


def _opined(ctx: Context, intent: Intent) -> None:
    intent.opined_by, intent.opined_at = ctx.actor.person, ctx.now


def _done(ctx: Context, intent: Intent) -> Intent:
    catch_up(ctx, intent.trade)
    return intent


def _optional_note(note: str) -> str:
    return checked_note(note) if note.strip() else ""
