"""JSON operations on intents: what a party's program may do. Opinions and answers are given on pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from auctions.intents.labels import receipt_number
from auctions.intents.lifecycle import INTENT
from auctions.intents.models import Intent
from auctions.intents.policy import EDIT, READ, REGISTER
from auctions.intents.queries import readable_intents
from auctions.intents.reach import intent_for
from auctions.intents.services import register_intent, supplement_intent, withdraw_intent
from auctions.intents.statement import Statement, statement_from
from marketplace.core.context import Context
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, paged

api = Operations("intents")


@dataclass(frozen=True)
class IntentItem:
    """An intent in a list. `code` stands for the party in public, `number` is that of its receipt."""

    id: str
    number: str
    trade_id: str
    bidder_id: str
    code: str
    position: int
    state: str
    registered_at: datetime


@dataclass(frozen=True)
class IntentOut:
    """An intent. `digest` is that of what was registered; `deposit_due` the cut-off for the deposit."""

    id: str
    number: str
    trade_id: str
    bidder_id: str
    code: str
    position: int
    state: str
    digest: str
    registered_at: datetime
    opined_at: datetime | None
    qualified_at: datetime | None
    deposit_due: datetime | None
    settled_at: datetime | None
    statement: Statement


@dataclass(frozen=True)
class Answer:
    """What is supplemented, in words; files are sent on the page."""

    answer: str


@dataclass(frozen=True)
class IntentQuery:
    """What may be read, in every state or in one."""

    state: (
        Literal[
            "registered",
            "supplement",
            "opined",
            "disputed",
            "qualified",
            "eligible",
            "rejected",
            "withdrawn",
            "unpaid",
            "lapsed",
        ]
        | None
    ) = None


@api.add("GET", "/intents", READ, "List intents", query=IntentQuery, returns=IntentItem, many=True)
def list_intents(query: IntentQuery) -> Page[IntentItem]:
    ctx = current()
    page = paged(ctx.session, readable_intents(ctx, query.state or ""))
    return Page([_item(ctx, intent) for intent in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/intents/<intent_id>", READ, "One intent", returns=IntentOut)
def get_intent(intent_id: str) -> IntentOut:
    ctx = current()
    return _out(ctx, intent_for(ctx, intent_id))


@api.add(
    "POST",
    "/trades/<trade_id>/intents",
    REGISTER,
    "Register for a trade",
    body=Statement,
    returns=IntentOut,
    status=201,
)
def post_intent(trade_id: str, body: Statement) -> IntentOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "intent.register", lambda: register_intent(ctx, trade_id, body).id)
        return _out(ctx, intent_for(ctx, made, EDIT))


@api.add(
    "POST", "/intents/<intent_id>/supplement", EDIT, "Supplement an intent", body=Answer, returns=IntentOut
)
def post_supplement(intent_id: str, body: Answer) -> IntentOut:
    with unit_of_work(current_actor()) as ctx:
        once(
            ctx,
            request_key(),
            "intent.supplement",
            lambda: supplement_intent(ctx, intent_id, body.answer).id,
        )
        return _out(ctx, intent_for(ctx, intent_id, EDIT))


@api.add("POST", "/intents/<intent_id>/withdraw", EDIT, "Withdraw an intent", returns=IntentOut)
def post_withdrawal(intent_id: str) -> IntentOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "intent.withdraw", lambda: withdraw_intent(ctx, intent_id).id)
        return _out(ctx, intent_for(ctx, intent_id, EDIT))


def _item(ctx: Context, intent: Intent) -> IntentItem:
    return IntentItem(
        id=intent.id,
        number=receipt_number(intent),
        trade_id=intent.trade_id,
        bidder_id=intent.bidder_id,
        code=intent.code,
        position=intent.position,
        state=INTENT.state_now(ctx, intent),
        registered_at=intent.registered_at,
    )


def _out(ctx: Context, intent: Intent) -> IntentOut:
    return IntentOut(
        id=intent.id,
        number=receipt_number(intent),
        trade_id=intent.trade_id,
        bidder_id=intent.bidder_id,
        code=intent.code,
        position=intent.position,
        state=INTENT.state_now(ctx, intent),
        digest=intent.digest,
        registered_at=intent.registered_at,
        opined_at=intent.opined_at,
        qualified_at=intent.qualified_at,
        deposit_due=intent.deposit_due,
        settled_at=intent.settled_at,
        statement=statement_from(intent.statement),
    )
