"""What everybody sees: the trading hall, and each trade's page."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auctions.priority.views import holders_card
from auctions.questions.queries import may_ask, questions_of
from auctions.trades import labels
from auctions.trades.drafting import EDITABLE, foreseen
from auctions.trades.kinds import procedure_of, procedures, terms_from
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from auctions.trades.obstacles import obstacles
from auctions.trades.policy import ANSWER, CREATE, EDIT, HOST, READ, SUBMIT
from auctions.trades.queries import BANDS, ENDED, GROUPS, Asked, fresh, group_of, intents_in, public_trades
from auctions.trades.showing import insider, shown
from listings.achievements.forms.fields import code_choices
from listings.achievements.labels import price_parts
from marketplace.accounts.models import Zone
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.context import current
from marketplace.web.forms import Form
from marketplace.web.guard import requires
from marketplace.web.paging import paged
from marketplace.web.panels import panels_of

hall = Blueprint("trades", __name__)

GROUP_WORDS = {"registering": _l("征集受让方"), "deciding": _l("确定受让方"), "ended": _l("已结束")}
BAND_WORDS = {
    "small": _l("100 万元以下"),
    "middle": _l("100 万元至 1000 万元"),
    "large": _l("1000 万元以上"),
}


@hall.get("/trades")
@requires(READ)
def listed() -> ResponseReturnValue:
    """Everything that runs, by its closing time; or what was asked for."""
    ctx, asked = current(), asked_for()
    page = paged(ctx.session, public_trades(asked))
    return render_template(
        "auctions/trades/hall.html",
        page=page,
        asked=asked,
        narrowed=asked != Asked(),
        selects=_selects(ctx, asked),
        intents=intents_in(ctx, [trade.id for trade in page.rows]),
        labels=labels,
    )


def asked_for() -> Asked:
    """What the address asks for."""
    names = ("kind", "group", "mode", "band", "zone", "holder")
    said = {name: request.args.get(name, "")[:40] for name in names}
    return Asked(**said, q=" ".join(request.args.get("q", "")[:100].replace("\x00", "").split()))


def _selects(ctx: Context, asked: Asked) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """(name, label, chosen, choices) of each select of the filter."""
    language = current_language()
    kinds = [(kind, procedure.words.text(language)) for kind, procedure in procedures().items()]
    zones = [(zone.id, zone.name) for zone in ctx.session.scalars(select(Zone).order_by(Zone.name))]
    return [
        ("group", str(_l("进程")), asked.group, [(code, str(GROUP_WORDS[code])) for code in GROUPS]),
        ("kind", str(_l("交易方式")), asked.kind, kinds),
        ("mode", str(_l("转化方式")), asked.mode, code_choices("transfer_modes")),
        ("band", str(_l("价格")), asked.band, [(code, str(BAND_WORDS[code])) for code in BANDS]),
        ("zone", str(_l("示范区")), asked.zone, zones),
    ]


@hall.get("/trades/<trade_id>")
@requires(READ)
def page(trade_id: str) -> ResponseReturnValue:
    """One page for everybody: the public reads it, the seller and the host also act on it."""
    ctx = current()
    trade = fresh(ctx, trade_id)
    seen = shown(ctx, trade)
    inside = insider(ctx, trade)
    procedure = procedure_of(trade.kind)
    sections = labels.sections_of(trade, whole=trade.announced_at is None)
    return render_template(
        "auctions/trades/page.html",
        trade=trade,
        form=Form(),
        seen=seen,
        lot=lot_from(trade.lot),
        labels=labels,
        procedure=procedure.words.text(current_language()),
        about=procedure.about.text(current_language()),
        sections=[section for section in sections if section[0] != "price"],
        priced=[
            row
            for name, _heading, rows in sections
            if name == "price"
            for row in rows
            if row[0] != "price_fen"
        ],
        regime=labels.regime_words(trade.regime),
        price=price_parts(trade.price_fen) if trade.price_fen else None,
        milestones=_milestones(ctx, trade),
        questions=questions_of(ctx, trade),
        holders=holders_card(ctx, trade) if inside else "",
        inside=inside,
        may=_may(ctx, trade),
        obstacles=obstacles(ctx, trade) if inside and trade.state == "submitted" else [],
        panels=panels_of(ctx, "trade", trade.id),
        ended=group_of(trade) == ENDED,
    )


def _milestones(ctx: Context, trade: Trade) -> list[Any]:
    """The earliest days, before there is an announcement that says so."""
    if trade.announced_at is not None:
        return []
    procedure = procedure_of(trade.kind)
    terms = terms_from(procedure, trade.terms)
    return list(foreseen(procedure, terms, local_date(ctx.now), ctx.calendar))


def _may(ctx: Context, trade: Trade) -> dict[str, bool]:
    """What the reader can do now: the moves of the procedure that are theirs and start here."""
    starts = {move.name for move in procedure_of(trade.kind).moves if trade.state in move.source}
    submit, host = SUBMIT.allows(ctx.actor, trade), HOST.allows(ctx.actor, trade)
    stopped = trade.suspended_at is not None
    unsold = trade.ended_at is not None and trade.state not in procedure_of(trade.kind).succeeded
    return {
        "edit": EDIT.allows(ctx.actor, trade) and trade.state in EDITABLE,
        "submit": submit and "submit" in starts,
        "recall": submit and "recall" in starts,
        "discard": EDIT.allows(ctx.actor, trade) and "discard" in starts,
        "withdraw": submit and "withdraw" in starts,
        "relist": submit and unsold and trade.announced_at is not None and CREATE.possible(ctx.actor),
        "holders": submit and trade.ended_at is None,
        "assess": host and trade.ended_at is None and trade.submitted_by != ctx.actor.user_id,
        "return": host and "return" in starts,
        "announce": host and "announce" in starts,
        "supplement": host and "supplement" in starts and not stopped,
        "suspend": host and "suspend" in starts and not stopped,
        "resume": host and "resume" in starts and stopped,
        "terminate": host and "terminate" in starts,
        "ask": may_ask(ctx, trade),
        "answer": ANSWER.allows(ctx.actor, trade) and trade.ended_at is None,
    }
