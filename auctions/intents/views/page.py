"""The own intents, the page of one for its party, seller and host, and the files that came with it."""

from typing import Any

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from auctions.deposits.following import deposit_of
from auctions.intents import models as m
from auctions.intents.labels import NEXT, rejection_words, state_label, statement_rows
from auctions.intents.lifecycle import INTENT, UNDECIDED
from auctions.intents.models import Intent
from auctions.intents.policy import EDIT, READ, REGISTER, REPLY, REVIEW
from auctions.intents.queries import flags_of, opinion_due, own_intents
from auctions.intents.reach import intent_for
from auctions.intents.supplements import rounds_of
from auctions.terms import law
from auctions.trades.addresses import trade_page
from auctions.trades.kinds import procedure_of
from listings.timeline import CURRENT, DONE, FAILED, TODO, Node
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uploads.downloads import download_headers
from marketplace.web.context import current
from marketplace.web.filters import moment
from marketplace.web.guard import requires
from marketplace.web.paging import paged

pages = Blueprint("intents", __name__, url_prefix="/work/intents")


@pages.get("")
@requires(REGISTER)
def own() -> ResponseReturnValue:
    """The acting organisation's intents, the newest first."""
    ctx = current()
    page = paged(ctx.session, own_intents(ctx))
    rows = [(intent, state_label(INTENT.state_now(ctx, intent))) for intent in page.rows]
    return render_template("auctions/intents/own.html", page=page, rows=rows)


@pages.get("/<intent_id>")
@requires(READ)
def page(intent_id: str) -> ResponseReturnValue:
    """What was declared, how far it has come, and what the reader can do about it."""
    ctx = current()
    intent = intent_for(ctx, intent_id)
    state = INTENT.state_now(ctx, intent)
    party = EDIT.allows(ctx.actor, intent)
    return render_template(
        "auctions/intents/page.html",
        intent=intent,
        trade_href=trade_page(intent.trade_id),
        state=state_label(state),
        next_step=NEXT[state] if party else "",
        nodes=_nodes(intent, state),
        rows=statement_rows(intent),
        rounds=rounds_of(intent),
        rejection=rejection_words(intent) if state == m.REJECTED else "",
        flags=None if party else flags_of(ctx, intent),
        deposit=deposit_of(ctx, intent) if party or ctx.actor.zone_id else None,
        deadline=_deadline(ctx, intent, state),
        may=_may(ctx, intent, state),
        party=party,
    )


@pages.get("/<intent_id>/paper")
@requires(READ)
def paper(intent_id: str) -> ResponseReturnValue:
    """The file that came with the statement, to be saved; it never opens in place."""
    return _file(intent_for(current(), intent_id).paper)


@pages.get("/<intent_id>/supplements/<int:n>/paper")
@requires(READ)
def supplement_paper(intent_id: str, n: int) -> ResponseReturnValue:
    """The file of a supplement."""
    rounds = rounds_of(intent_for(current(), intent_id))
    return _file(rounds[n - 1].paper if 0 < n <= len(rounds) else None)


def _file(kept: Any) -> ResponseReturnValue:
    if not kept:
        raise NotFound
    response = send_file(runtime().files.path(kept["digest"]), mimetype="application/octet-stream")
    response.headers.update(download_headers(kept["name"], kept["media"]))
    return response


def _deadline(ctx: Context, intent: Intent, state: str) -> tuple[str, Any, str] | None:
    """(label, instant, rule) of the present step."""
    language = current_language()
    if state == m.OPINED and intent.next_deadline:
        return _("出让方答复截止"), intent.next_deadline, law.SELLER_REPLY.basis.said(language)
    if state == m.QUALIFIED and intent.deposit_due:
        return _("保证金到账截止"), intent.deposit_due, law.DEPOSIT_PAYMENT.basis.said(language)
    due = opinion_due(ctx, intent) if state in {m.REGISTERED, m.DISPUTED, m.SUPPLEMENT} else None
    return (_("资格审查意见截止"), due, law.OPINION.basis.said(language)) if due else None


def _may(ctx: Context, intent: Intent, state: str) -> dict[str, bool]:
    """What the reader can do now."""
    actor = ctx.actor
    party, host, seller = (right.allows(actor, intent) for right in (EDIT, REVIEW, REPLY))
    registering = intent.trade.state in procedure_of(intent.trade.kind).registering
    open_states = UNDECIDED | {m.QUALIFIED} if registering else UNDECIDED
    return {
        "supplement": party and state == m.SUPPLEMENT,
        "withdraw": party and state in open_states,
        "ask": host and state == m.REGISTERED,
        "opine": host and state in {m.REGISTERED, m.SUPPLEMENT},
        "reject": host and state in {m.REGISTERED, m.SUPPLEMENT, m.DISPUTED},
        "overrule": host and state == m.DISPUTED,
        "agree": seller and state == m.OPINED,
        "object": seller and state == m.OPINED,
    }


def _nodes(intent: Intent, state: str) -> list[Node]:
    nodes = [
        Node(_("登记"), DONE, moment(intent.registered_at)),
        _node(_("资格审查"), intent.opined_at, state in {m.REGISTERED, m.SUPPLEMENT}, state == m.REJECTED),
        _node(_("出让方答复"), intent.replied_at or intent.qualified_at, state in {m.OPINED, m.DISPUTED}),
    ]
    eligible = intent.settled_at if state == m.ELIGIBLE else None
    nodes.append(_node(_("保证金"), eligible, state == m.QUALIFIED, state == m.UNPAID))
    if state in {m.WITHDRAWN, m.LAPSED}:
        nodes.append(Node(state_label(state)[0], FAILED, moment(intent.settled_at)))
    else:
        nodes.append(_node(_("取得资格"), eligible, waits=False))
    return nodes


def _node(label: str, at: Any, waits: bool, failed: bool = False) -> Node:
    if failed:
        return Node(label, FAILED, moment(at) if at else "")
    return Node(label, DONE if at else CURRENT if waits else TODO, moment(at) if at else "")
