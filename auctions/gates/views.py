"""The host's page of a gate: what the platform knows, what was assessed before, and the assessment."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auctions.gates.models import EXPORT, GATES, RELATIONS, SECRECY, TITLE
from auctions.gates.services import assess
from auctions.gates.standing import records_of
from auctions.trades import labels
from auctions.trades.forms.acts import GateForm
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from auctions.trades.policy import HOST
from auctions.trades.reach import trade_for
from listings.achievements.content import from_json as achievement_text
from listings.achievements.labels import CLEARANCES
from listings.achievements.reach import public_revision
from listings.plans.content import from_json as plan_text
from listings.plans.models import Plan
from marketplace.accounts.people import name_of
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

gates = Blueprint("trade_gates", __name__, url_prefix="/work/trade-desk/<trade_id>/gates")


@gates.route("/<gate>", methods=["GET", "POST"])
@requires(HOST)
def assessment(trade_id: str, gate: str) -> ResponseReturnValue:
    if gate not in GATES:
        raise NotFound
    form = GateForm().about(gate)
    if form.submitted():
        given = form.to_input(gate)
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "trade.assess", lambda: assess(ctx, trade_id, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("核查结果已记录"), "success")
            return redirect(url_for("trades.page", trade_id=trade_id), 303)
    return _page(trade_id, gate, form), 422 if form.errors else 200


def _page(trade_id: str, gate: str, form: GateForm) -> str:
    ctx = current()
    trade = trade_for(ctx, trade_id, HOST)
    made = [record for record in records_of(ctx, trade) if record.gate == gate]
    return render_template(
        "auctions/gates/assessment.html",
        trade=trade,
        gate=gate,
        name=str(labels.GATES[gate]),
        form=form,
        known=_known(ctx, trade, gate),
        earlier=[
            (record, labels.RESULTS[record.result], name_of(ctx, record.assessed_by)) for record in made
        ],
        places=[(code, str(labels.GATES[code])) for code in GATES],
        closed=trade.submitted_by == ctx.actor.user_id,
    )


def _known(ctx: Context, trade: Trade, gate: str) -> list[tuple[str, str]]:
    """What the platform knows that bears on a gate."""
    return {SECRECY: _secrecy, TITLE: _title, EXPORT: _export, RELATIONS: _relations}[gate](ctx, trade)


def _secrecy(_ctx: Context, trade: Trade) -> list[tuple[str, str]]:
    clearance = CLEARANCES.get(trade.achievement.clearance)
    return [(_("成果的保密自查"), str(clearance[0]) if clearance else trade.achievement.clearance)]


def _title(_ctx: Context, trade: Trade) -> list[tuple[str, str]]:
    revision = public_revision(trade.achievement)
    checked = achievement_text(revision.content).rights_checked_on if revision is not None else None
    lot = lot_from(trade.lot)
    return [
        (_("权利清单"), labels.in_words(lot, lot, "rights")),
        (_("出让方查询法律状态的日期"), checked.isoformat() if checked else _("未注明")),
    ]


def _export(_ctx: Context, trade: Trade) -> list[tuple[str, str]]:
    domestic = _("是，不能选“不涉及”") if trade.achievement.domestic_only else _("否")
    return [(_("仅限境内转化"), domestic), (_("许可范围"), lot_from(trade.lot).scope or _("未填写"))]


def _relations(ctx: Context, trade: Trade) -> list[tuple[str, str]]:
    lot = lot_from(trade.lot)
    known = [
        (labels.field_label("insiders"), labels.in_words(lot, lot, "insiders")),
        (labels.field_label("related"), lot.related or _("未填写")),
    ]
    plan = ctx.session.get(Plan, trade.plan_id) if trade.plan_id else None
    if plan is not None:
        related = plan_text(plan.content).related
        said = {"yes": _("有"), "no": _("没有")}.get(related.related, _("未申报"))
        known.append((_("转化方案申报的关联关系"), said))
        if related.who:
            known.append((_("关联方"), related.who))
    return known
