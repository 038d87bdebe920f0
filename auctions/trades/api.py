"""Trades for programs: what is public, and what a seller does. What the host does is people's affair, on pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from auctions.questions.models import Question
from auctions.questions.queries import questions_of
from auctions.questions.services import answer, ask
from auctions.trades.drafting import create_trade, save_trade
from auctions.trades.labels import state_words
from auctions.trades.lot import Lot, lot_from, lot_json
from auctions.trades.models import Trade
from auctions.trades.policy import ANSWER, ASK, CREATE, EDIT, READ, SUBMIT
from auctions.trades.queries import Asked, fresh, group_of, intents_in, public_trades, readable_trades
from auctions.trades.reach import trade_for
from auctions.trades.services import recall_trade, submit_trade, withdraw_trade
from auctions.trades.showing import shown
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.period_json import period_as_json
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("trades")


@dataclass(frozen=True)
class TradeItem:
    """A trade in a list. `intents` counts those who registered and are not out; `ends_at` is null while nothing runs."""

    id: str
    number: str
    kind: str
    state: str
    group: str
    suspended: bool
    title: str
    achievement_id: str
    holder_id: str
    holder: str
    zone_id: str
    mode: str
    price_fen: int | None
    announced_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    intents: int
    url: str


@dataclass(frozen=True)
class GateOut:
    """A gate with the assessment that stands; the documents stay with the host."""

    gate: str
    result: str | None
    assessed_at: datetime | None


@dataclass(frozen=True)
class StepOut:
    """A step of the timeline: `state` is done, current, todo, skipped, suspended or failed."""

    label: str
    state: str
    date: str
    note: str


@dataclass(frozen=True)
class QuestionOut:
    """A question; `answer` is empty while the seller has not answered. Who asked is not said."""

    id: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class SupplementOut:
    """What the host added to the announcement; the period began anew with it."""

    n: int
    text: str
    published_at: datetime


@dataclass(frozen=True)
class TradeOut(TradeItem):
    """A trade. `terms` are those of its kind; `period` explains the running one; `version` is what `If-Match` must name."""

    state_words: str
    version: int
    digest: str
    rules: str
    regime: str
    plan_id: str | None
    before_id: str | None
    after_id: str | None
    note: str
    suspended_at: datetime | None
    lot: Lot
    terms: Mapping[str, Any]
    period: Mapping[str, Any] | None
    gates: tuple[GateOut, ...]
    timeline: tuple[StepOut, ...]
    supplements: tuple[SupplementOut, ...]
    questions: tuple[QuestionOut, ...]


@dataclass(frozen=True)
class NewTrade:
    """`kind` of a procedure; `plan_id` a decided plan, which a unit needs; `before_id` an unsold trade to list anew."""

    kind: str
    achievement_id: str
    plan_id: str | None = None
    before_id: str | None = None


@dataclass(frozen=True)
class TradeText:
    """What a draft says: the lot, and the terms of its kind by their names. Terms that are left out stay as they are."""

    lot: Lot
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TradeQuery:
    """`mine` lists the acting organisation's in every state, else what is public: what runs, or one `group`."""

    mine: bool = False
    group: Literal["", "registering", "deciding", "ended"] = ""
    kind: str = ""
    mode: str = ""
    band: Literal["", "small", "middle", "large"] = ""
    holder: str = ""
    zone: str = ""
    q: str = ""


@dataclass(frozen=True)
class Reason:
    """Why; public."""

    note: str


@dataclass(frozen=True)
class QuestionIn:
    text: str


@dataclass(frozen=True)
class AnswerIn:
    answer: str


@api.add("GET", "/trades", READ, "List trades", query=TradeQuery, returns=TradeItem, many=True)
def list_trades(query: TradeQuery) -> Page[TradeItem]:
    ctx = current()
    said = (query.kind, query.group, query.mode, query.band, query.zone, query.holder, query.q.strip())
    asked = Asked(*(part.replace("\x00", "") for part in said))
    page = paged(ctx.session, readable_trades(ctx, asked) if query.mine else public_trades(asked))
    counted = intents_in(ctx, [trade.id for trade in page.rows])
    items = [TradeItem(**_item(trade, counted.get(trade.id, 0))) for trade in page.rows]
    return Page(items, page.number, page.per_page, page.total)


@api.add("GET", "/trades/<trade_id>", READ, "One trade", returns=TradeOut)
def get_trade(trade_id: str) -> TradeOut:
    ctx = current()
    return _out(ctx, fresh(ctx, trade_id))


@api.add("POST", "/trades", CREATE, "Start a trade", body=NewTrade, returns=TradeOut, status=201)
def post_trade(body: NewTrade) -> TradeOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx,
            request_key(),
            "trade.create",
            lambda: (
                create_trade(
                    ctx, body.kind, body.achievement_id, plan_id=body.plan_id, before_id=body.before_id
                ).id
            ),
        )
        return _out(ctx, trade_for(ctx, made, EDIT))


@api.add("PUT", "/trades/<trade_id>", EDIT, "Replace a draft's text", body=TradeText, returns=TradeOut)
def put_trade(trade_id: str, body: TradeText) -> TradeOut:
    changes = {**body.terms, **lot_json(body.lot)}
    with unit_of_work(current_actor()) as ctx:
        return _out(ctx, save_trade(ctx, trade_id, changes, version=expected_version()))


@api.add("POST", "/trades/<trade_id>/submit", SUBMIT, "Put before the host", returns=TradeOut)
def post_trade_submission(trade_id: str) -> TradeOut:
    version = expected_version()
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.submit", lambda: submit_trade(ctx, trade_id, version=version).id)
        return _out(ctx, trade_for(ctx, trade_id, SUBMIT))


@api.add("POST", "/trades/<trade_id>/recall", SUBMIT, "Take a submission back", returns=TradeOut)
def post_trade_recall(trade_id: str) -> TradeOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.recall", lambda: recall_trade(ctx, trade_id).id)
        return _out(ctx, trade_for(ctx, trade_id, SUBMIT))


@api.add(
    "POST", "/trades/<trade_id>/withdraw", SUBMIT, "Withdraw from the market", body=Reason, returns=TradeOut
)
def post_trade_withdrawal(trade_id: str, body: Reason) -> TradeOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.withdraw", lambda: withdraw_trade(ctx, trade_id, body.note).id)
        return _out(ctx, trade_for(ctx, trade_id, SUBMIT))


@api.add(
    "POST",
    "/trades/<trade_id>/questions",
    ASK,
    "Ask the seller",
    body=QuestionIn,
    returns=QuestionOut,
    status=201,
)
def post_trade_question(trade_id: str, body: QuestionIn) -> QuestionOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "trade.ask", lambda: ask(ctx, trade_id, body.text).id)
        return _question(ctx.session.get_one(Question, made))


@api.add(
    "POST",
    "/trades/<trade_id>/questions/<question_id>/answer",
    ANSWER,
    "Answer a question",
    body=AnswerIn,
    returns=QuestionOut,
)
def post_trade_answer(trade_id: str, question_id: str, body: AnswerIn) -> QuestionOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.answer", lambda: answer(ctx, trade_id, question_id, body.answer).id)
        return _question(ctx.session.get_one(Question, question_id))


def _item(trade: Trade, intents: int) -> dict[str, Any]:
    return {
        "id": trade.id,
        "number": trade.number,
        "kind": trade.kind,
        "state": trade.state,
        "group": group_of(trade),
        "suspended": trade.suspended_at is not None,
        "title": trade.title,
        "achievement_id": trade.achievement_id,
        "holder_id": trade.holder_id,
        "holder": trade.holder.name,
        "zone_id": trade.zone_id,
        "mode": lot_from(trade.lot).mode,
        "price_fen": trade.price_fen,
        "announced_at": trade.announced_at,
        "ends_at": None if trade.suspended_at is not None else trade.next_deadline,
        "ended_at": trade.ended_at,
        "intents": intents,
        "url": public_address(path_to("trades.page", trade_id=trade.id)),
    }


def _out(ctx: Context, trade: Trade) -> TradeOut:
    seen = shown(ctx, trade)
    told_why = trade.ended_at is not None or trade.holder_id == ctx.actor.org_id
    return TradeOut(
        **_item(trade, seen.intents),
        state_words=state_words(trade.kind, trade.state),
        version=trade.version,
        digest=trade.digest,
        rules=trade.rules,
        regime=trade.regime,
        plan_id=trade.plan_id,
        before_id=trade.before_id,
        after_id=seen.after.id if seen.after is not None else None,
        note=trade.note if told_why else "",
        suspended_at=trade.suspended_at,
        lot=lot_from(trade.lot),
        terms=trade.terms,
        period=period_as_json(seen.clock.period, current_language()) if seen.clock is not None else None,
        gates=tuple(
            GateOut(
                gate.code,
                gate.record.result if gate.record is not None else None,
                gate.record.assessed_at if gate.record is not None else None,
            )
            for gate in seen.gates
        ),
        timeline=tuple(StepOut(node.label, node.state, node.date, node.note) for node in seen.nodes),
        supplements=tuple(SupplementOut(one.n, one.text, one.published_at) for one in trade.supplements),
        questions=tuple(_question(one.question) for one in questions_of(ctx, trade)),
    )


def _question(question: Question) -> QuestionOut:
    return QuestionOut(question.id, question.text, question.asked_at, question.answer, question.answered_at)
