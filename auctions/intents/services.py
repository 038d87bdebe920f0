"""Commands of the party: register an intent, supplement it, withdraw it."""

import secrets
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from auctions.intents import models as m
from auctions.intents.hindrances import hinder_party
from auctions.intents.lifecycle import INTENT, UNDECIDED, leave
from auctions.intents.models import Intent
from auctions.intents.policy import EDIT, REGISTER
from auctions.intents.reach import intent_for
from auctions.intents.statement import (
    LONGEST,
    Statement,
    complaints,
    readable_code,
    statement_json,
)
from auctions.intents.supplements import answered, checked_answer
from auctions.trades.engine import catch_up
from auctions.trades.facts import intents_of
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from auctions.trades.reach import trade_for
from listings.achievements.texts import tidy
from listings.decisions.record import Minutes
from listings.documents import digest_of
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.policy import require


def register_intent(ctx: Context, trade_id: str, given: Statement, paper: Minutes | None = None) -> Intent:
    """Register the acting organisation for a trade; a repeat returns the first.

    The place in the order of registration is given under the writers' lock. Raises Invalid, and Conflict when the time is
    wrong or the party may not take part.
    """
    require(ctx, REGISTER, None)
    trade = trade_for(ctx, trade_id)
    catch_up(ctx, trade)
    bidder = ctx.session.get_one(Organisation, ctx.actor.org_id)
    before = own_intent(ctx, trade.id)
    if before is not None:
        return _again(before)
    check_open(trade)
    errors = list(complaints(given, terms_from(procedure_of(trade.kind), trade.terms), bidder.kind))
    hinder_party(ctx, trade, bidder, given)
    if errors:
        raise Invalid(errors)
    made = _made(ctx, trade, bidder, _tidied(given), paper)
    told: JSONObject = {"code": made.code, "position": made.position, "content": made.digest}
    record(ctx, "trade.intent_registered", trade.id, told)
    catch_up(ctx, trade)
    return made


def supplement_intent(ctx: Context, intent_id: str, text: str, paper: Minutes | None = None) -> Intent:
    """Send what the host asked for. Raises Invalid or Conflict."""
    intent = intent_for(ctx, intent_id, EDIT)
    catch_up(ctx, intent.trade)
    said = checked_answer(text)
    INTENT.move(ctx, intent, "supplement")
    intent.supplements = answered(intent, said, paper, ctx.now)
    intent.clock_from = ctx.now
    catch_up(ctx, intent.trade)
    return intent


def withdraw_intent(ctx: Context, intent_id: str) -> Intent:
    """The party goes back: freely while intents are taken, afterwards only before it has qualified."""
    intent = intent_for(ctx, intent_id, EDIT)
    catch_up(ctx, intent.trade)
    registering = intent.trade.state in procedure_of(intent.trade.kind).registering
    if not registering and intent.state not in UNDECIDED:
        raise Conflict(_l("登记期已过并且已经取得资格，不能撤回"), code="after_the_start")
    INTENT.move(ctx, intent, "withdraw")
    leave(ctx, intent, ctx.now)
    catch_up(ctx, intent.trade)
    return intent


def own_intent(ctx: Context, trade_id: str) -> Intent | None:
    """The acting organisation's intent in a trade."""
    query = select(Intent).where(Intent.trade_id == trade_id, Intent.bidder_id == ctx.actor.org_id)
    return ctx.session.scalars(query).unique().one_or_none()


def check_open(trade: Trade) -> None:
    """Raise Conflict when a trade does not take intents (any more). It has caught up with the clock."""
    if trade.suspended_at is not None:
        raise Conflict(_l("交易已中止，恢复后才能登记"), code="suspended")
    if trade.state not in procedure_of(trade.kind).registering:
        raise Conflict(_l("现在不是登记期，登记以期满时刻为界"), code="not_registering")


def document_of(intent: Intent) -> JSONObject:
    """What is hashed of a registration. The salt keeps others from finding the party by trying."""
    return {
        "kind": "intent",
        "trade": intent.trade_id,
        "bidder": intent.bidder_id,
        "code": intent.code,
        "position": intent.position,
        "at": intent.registered_at.isoformat(),
        "statement": intent.statement,
        "paper": intent.paper.get("digest"),
        "salt": intent.salt,
    }


def _again(before: Intent) -> Intent:
    if before.state in m.OUT_OF_IT:
        raise Conflict(_l("你方在这项交易中的登记已经撤回或终止，不能再次登记"), code="registered_before")
    return before


def _made(
    ctx: Context, trade: Trade, bidder: Organisation, given: Statement, paper: Minutes | None
) -> Intent:
    position = max((other.position for other in intents_of(ctx, trade)), default=0) + 1
    made = Intent(
        id=new_id("int", ctx.now),
        trade_id=trade.id,
        trade=trade,
        bidder_id=bidder.id,
        bidder=bidder,
        holder_id=trade.holder_id,
        zone_id=trade.zone_id,
        code=f"{position:02d}",
        position=position,
        statement=statement_json(given),
        paper=asdict(paper) if paper is not None else {},
        salt=secrets.token_hex(16),
        registered_by=ctx.actor.person,
        registered_at=ctx.now,
        clock_from=ctx.now,
    )
    made.digest = digest_of(document_of(made))
    INTENT.begin(ctx, made)
    ctx.session.add(made)
    ctx.session.flush()
    return made


def _tidied(given: Statement) -> Statement:
    texts: dict[str, Any] = {name: tidy(getattr(given, name)) for name in LONGEST}
    members = tuple(
        replace(one, name=tidy(one.name), credit_code=readable_code(one.credit_code)) for one in given.members
    )
    return replace(given, **texts, members=members, principal_code=readable_code(given.principal_code))
