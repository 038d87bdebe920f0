"""The list of disclosures, and the page of one: its state, its content, its history, who opened what."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.models import PUBLISHED, Achievement
from listings.achievements.policy import CREATE as CREATE_ACHIEVEMENT
from listings.disclosures.confirming import awaited
from listings.disclosures.content import from_json
from listings.disclosures.labels import DETAILS, event_label, name_to_show, state_label
from listings.disclosures.models import (
    CLOSED,
    DECISION,
    EDITABLE,
    EVALUATION,
    FORMAL_CHECK,
    GRANT_RIGHTS,
    OWNERSHIP_REVIEW,
    SECRECY_GATE,
    SUBMITTED,
    Disclosure,
)
from listings.disclosures.policy import (
    CONFIRM,
    CONVERT,
    CREATE,
    EDIT,
    OFFICERS,
    READ,
    READ_CONFIDENTIAL,
    REVIEW,
)
from listings.disclosures.queries import MINE, UNIT, entries, of_the_unit, own
from listings.disclosures.reach import disclosure_for
from listings.disclosures.steps import outcome_words, step_due, step_name
from listings.disclosures.terms import REPLY
from listings.disclosures.views.shown import answers
from listings.disclosures.views.warnings import warnings_about
from listings.involved import concerned
from listings.shares import percent
from listings.signatories import absent
from listings.timeline import CURRENT, DONE, SKIPPED, TODO, Node
from marketplace.accounts.people import name_of
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period_text import end_text
from marketplace.moderation.age import how_counted
from marketplace.web.context import current
from marketplace.web.filters import moment
from marketplace.web.guard import requires
from marketplace.web.paging import paged

pages = Blueprint("disclosures", __name__)

_WAY = (SUBMITTED, FORMAL_CHECK, OWNERSHIP_REVIEW, SECRECY_GATE, EVALUATION, DECISION, CLOSED)


@pages.get("/work/disclosures")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """One's own, and for officers those handed to the unit."""
    ctx = current()
    officer = bool(ctx.actor.roles & OFFICERS)
    of = UNIT if officer and request.args.get("of") == UNIT else MINE
    page = paged(ctx.session, of_the_unit(ctx) if of == UNIT else own(ctx))
    tabs = [(url_for(".own_list"), _("我参与的"), of == MINE, None)]
    if officer:
        tabs.append((url_for(".own_list", of=UNIT), _("提交本单位的"), of == UNIT, None))
    return render_template(
        "listings/disclosures/own.html",
        page=page,
        tabs=tabs,
        of=of,
        state_label=state_label,
        name_to_show=name_to_show,
        outcome_words=outcome_words,
        decision=DECISION,
    )


@pages.get("/disclosures/<disclosure_id>")
@requires(READ)
def page(disclosure_id: str) -> ResponseReturnValue:
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id)
    return render_template(
        "listings/disclosures/page.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        state=state_label(disclosure.state),
        sections=answers(disclosure, from_json(disclosure.content)),
        warnings=warnings_about(ctx, disclosure),
        nodes=_nodes(disclosure),
        decisions=_decisions(ctx, disclosure),
        details=DETAILS,
        history=_history(ctx, disclosure),
        reply=_reply(ctx, disclosure),
        may=_may(ctx, disclosure),
        percent=percent,
        absent=absent(ctx, disclosure.holder_id, disclosure.completers),
        outcome=outcome_words(DECISION, disclosure.outcome),
    )


def _may(ctx: Context, disclosure: Disclosure) -> dict[str, bool]:
    """What this reader can do from the page."""
    actor = ctx.actor
    due = step_due(ctx, disclosure) is not None and REVIEW.allows(actor, disclosure)
    stake = concerned(disclosure, actor.user_id)
    return {
        "edit": EDIT.allows(actor, disclosure) and disclosure.state in EDITABLE,
        "confirm": awaited(disclosure, actor) and CONFIRM.allows(actor, disclosure),
        "review": due and not stake,
        "recused": due and stake,
        "open": READ_CONFIDENTIAL.allows(actor, disclosure),
        "receipt": EDIT.allows(actor, disclosure) and disclosure.submitted_at is not None,
        "convert": CONVERT.allows(actor, disclosure)
        and CREATE_ACHIEVEMENT.possible(actor)
        and disclosure.achievement_id is None,
        "grant": disclosure.outcome == GRANT_RIGHTS and _published(ctx, disclosure),
    }


def _published(ctx: Context, disclosure: Disclosure) -> bool:
    """Is what was made of it public, so that rights in it can be granted?"""
    if disclosure.achievement_id is None:
        return False
    return ctx.session.get_one(Achievement, disclosure.achievement_id).state == PUBLISHED


def _nodes(disclosure: Disclosure) -> list[Node]:
    """The steps of the unit: done, current, to come, or skipped when it ended early."""
    when = {decision.step: decision for decision in disclosure.decisions}
    reached = disclosure.state if disclosure.state in _WAY else ""
    place = _WAY.index(reached) if reached else -1
    nodes = []
    for number, step in enumerate(_WAY):
        given = when.get(step)
        if step == CLOSED:
            closed = disclosure.closed_at
            nodes.append(Node(_("办结"), DONE if closed else TODO, moment(closed) if closed else ""))
            continue
        state = DONE if number < place else CURRENT if number == place else TODO
        if state == DONE and given is None:
            state = SKIPPED
        note = outcome_words(step, given.outcome) if given and place >= number else ""
        nodes.append(Node(step_name(step), state, moment(given.decided_at) if note and given else "", note))
    return nodes


def _decisions(ctx: Context, disclosure: Disclosure) -> list[tuple[object, str, str, str]]:
    """(row, step, outcome, who) of everything the unit's officers said, the latest first."""
    return [
        (row, step_name(row.step), outcome_words(row.step, row.outcome), name_of(ctx, row.decided_by))
        for row in reversed(disclosure.decisions)
    ]


def _history(ctx: Context, disclosure: Disclosure) -> list[tuple[str, str, str]]:
    """The journal in words, the latest first; who did it, in the unit's own page."""
    found = []
    for entry in reversed(entries(ctx, disclosure)):
        who = name_of(ctx, entry.actor) or _("系统")
        found.append((entry.at.isoformat(), moment(entry.at), f"{event_label(entry.kind)} · {who}"))
    return found


def _reply(ctx: Context, disclosure: Disclosure) -> dict[str, object] | None:
    """Until when the unit answers, while the clock runs or when it has run out."""
    if disclosure.submitted_at is None or disclosure.state in EDITABLE:
        return None
    period = REPLY.run(local_date(disclosure.submitted_at), ctx.calendar)
    return {
        "due": end_text(period, current_language()),
        "iso": period.end.isoformat(),
        "how": how_counted(period, current_language()),
        "closed": disclosure.replied_at is not None or disclosure.state == CLOSED,
        "overdue": disclosure.replied_at is None and disclosure.state != CLOSED and period.ended(ctx.now),
    }
