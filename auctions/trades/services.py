"""Commands that move a trade: submit, recall, return, announce, suspend, resume, withdraw, terminate."""

from dataclasses import dataclass

from auctions.priority.finding import find_holders
from auctions.trades.drafting import document_of, setting_of
from auctions.trades.engine import move, period_now
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.lot import lot_from, submission_complaints
from auctions.trades.models import Trade, TradeSupplement
from auctions.trades.policy import HOST, SUBMIT
from auctions.trades.reach import trade_for
from listings.documents import digest_of, keep_document
from listings.plans.content import from_json as plan_text
from listings.plans.models import DECIDED, Plan
from listings.remarks import checked_note
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id

#: The edition of the platform's trading rules; it is fixed for a trade at its announcement.
RULES_EDITION = "2026-11"


def complaints_about(ctx: Context, trade: Trade) -> list[FieldError]:
    """What stands between a draft and its submission."""
    procedure = procedure_of(trade.kind)
    terms = terms_from(procedure, trade.terms)
    lot = lot_from(trade.lot)
    errors = list(submission_complaints(lot, trade.holder.kind, local_date(ctx.now)))
    errors += procedure.check(terms, setting_of(ctx, trade))
    plan = ctx.session.get(Plan, trade.plan_id) if trade.plan_id else None
    if plan is not None:
        errors += _against_the_plan(trade, plan)
    return errors


def submit_trade(ctx: Context, trade_id: str, *, version: int | None = None) -> Trade:
    """Put a draft before the host. `version` is the save that was looked at. Raises Invalid or Conflict."""
    trade = trade_for(ctx, trade_id, SUBMIT)
    if version is not None and version != trade.version:
        raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
    errors = complaints_about(ctx, trade)
    if errors:
        raise Invalid(errors)
    move(ctx, trade, "submit", {"version": trade.version, "content": trade.digest})
    trade.note = ""
    trade.submitted_at, trade.submitted_by = ctx.now, ctx.actor.person
    find_holders(ctx, trade)
    return trade


def recall_trade(ctx: Context, trade_id: str) -> Trade:
    """Take a submission back before it is announced."""
    trade = trade_for(ctx, trade_id, SUBMIT)
    move(ctx, trade, "recall", {"version": trade.version})
    trade.submitted_at, trade.submitted_by = None, None
    return trade


def return_trade(ctx: Context, trade_id: str, note: str) -> Trade:
    """The host gives it back to be changed; the note is for the seller and stays out of the journal."""
    trade = trade_for(ctx, trade_id, HOST)
    remark = checked_note(note)
    move(ctx, trade, "return", {"version": trade.version})
    trade.note = remark
    trade.submitted_at, trade.submitted_by = None, None
    return trade


def announce_trade(ctx: Context, trade_id: str) -> Trade:
    """The host announces a submitted trade: from now on its text, terms and edition of the rules are fixed.

    Raises Conflict while a gate is closed, a holder of the right of first refusal was not told in time, or the terms no
    longer fit the law or the plan.
    """
    trade = trade_for(ctx, trade_id, HOST)
    if trade.state == "submitted" and complaints_about(ctx, trade):
        raise Conflict(_l("提交之后情况有变，请退回出让方修改"), code="no_longer_valid")
    trade.rules = RULES_EDITION
    move(
        ctx,
        trade,
        "announce",
        {"content": trade.digest, "rules": RULES_EDITION, "price_fen": trade.price_fen},
    )
    trade.announced_at, trade.announced_by = ctx.now, ctx.actor.person
    keep_document(document_of(trade))
    return trade


def supplement_trade(ctx: Context, trade_id: str, text: str) -> TradeSupplement:
    """The host publishes a supplement for a cause outside the seller's will: the running period begins anew.

    What was announced stays as it is; the text is public beside it. Raises Invalid, Conflict.
    """
    trade = trade_for(ctx, trade_id, HOST)
    said = checked_note(text)
    n = len(trade.supplements) + 1
    made = TradeSupplement(
        id=new_id("sup", ctx.now),
        trade_id=trade.id,
        n=n,
        text=said,
        digest=digest_of({"kind": "trade_supplement", "trade": trade.id, "n": n, "text": said}),
        published_by=ctx.actor.person,
        published_at=ctx.now,
    )
    move(ctx, trade, "supplement", {"n": n, "text": made.digest})
    ctx.session.add(made)
    return made


@dataclass(frozen=True)
class Suspension:
    """Why a trade is stopped: a document's number, and words that everybody may read."""

    reason: str = ""
    document: str = ""


def suspend_trade(ctx: Context, trade_id: str, given: Suspension) -> Trade:
    """Stop the clock of a trade, for a month at most."""
    trade = trade_for(ctx, trade_id, HOST)
    reason = checked_note(given.reason)
    move(ctx, trade, "suspend", {"document": given.document[:80]})
    trade.suspension = {"reason": reason, "document": given.document[:80], "by": ctx.actor.person}
    return trade


def resume_trade(ctx: Context, trade_id: str) -> Trade:
    """Let a suspended trade run on."""
    trade = trade_for(ctx, trade_id, HOST)
    move(ctx, trade, "resume")
    period = period_now(ctx, trade)
    if period is not None:
        trade.spells[-1].promised = period.end
    return trade


def withdraw_trade(ctx: Context, trade_id: str, note: str) -> Trade:
    """The seller takes a trade down that nobody has registered for."""
    trade = trade_for(ctx, trade_id, SUBMIT)
    remark = checked_note(note)
    move(ctx, trade, "withdraw")
    trade.note = remark
    return trade


def terminate_trade(ctx: Context, trade_id: str, note: str) -> Trade:
    """The host ends a trade before its time; the reason is public."""
    trade = trade_for(ctx, trade_id, HOST)
    remark = checked_note(note)
    move(ctx, trade, "terminate")
    trade.note = remark
    return trade


def _against_the_plan(trade: Trade, plan: Plan) -> list[FieldError]:
    """A trade carries out what was decided: the mode, and for the first time at least the price."""
    said, errors = plan_text(plan.content), []
    if plan.state != DECIDED:
        errors.append(FieldError("plan", "ended", _l("转化方案已被替代或撤销")))
    if lot_from(trade.lot).mode != said.mode:
        errors.append(FieldError("mode", "differs", _l("转化方式与集体决策的方案不一致")))
    below = trade.price_fen is not None and said.price_fen is not None and trade.price_fen < said.price_fen
    approved = getattr(terms_from(procedure_of(trade.kind), trade.terms), "approval", "")
    if below and not (trade.before_id and approved):
        errors.append(FieldError("price_fen", "below_decided", _l("价格低于集体决策的价格，须重新决策")))
    return errors
