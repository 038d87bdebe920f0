"""The page of a grant: for its people in every state, for the unit once it is handed in, for the zone once decided."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from listings.achievements.labels import code_label
from listings.decisions.card import card_of
from listings.grants import models as g
from listings.grants.carrying_out import can_take_effect, registered_rights
from listings.grants.content import from_json
from listings.grants.labels import AGREEMENT, REVIEW, sections_of, state_label
from listings.grants.lifecycle import GRANT
from listings.grants.models import RightsGrant
from listings.grants.policy import CARRY_OUT, DECIDE, EDIT, END, READ, WITHDRAW
from listings.grants.policy import REVIEW as MAY_REVIEW
from listings.grants.queries import certificate_of, notice_of
from listings.grants.reach import grant_for
from listings.grants.team import awaited
from listings.grants.timeline import timeline_of
from listings.involved import concerned
from listings.notices.models import CERTIFIED, VOID, Notice
from listings.notices.policy import CREATE as CREATE_NOTICE
from listings.notices.terms import GRANT as GRANT_NOTICE
from listings.shares import percent
from listings.signatories import absent
from listings.unit_rules.models import UnitRules
from marketplace.accounts.people import name_of
from marketplace.core.context import Context
from marketplace.web.context import current
from marketplace.web.guard import requires

pages = Blueprint("grants", __name__, url_prefix="/work/grants")


@pages.get("/<grant_id>")
@requires(READ)
def page(grant_id: str) -> ResponseReturnValue:
    """The text, who has signed it, how far it has come, and what was decided, noticed and agreed."""
    ctx = current()
    grant = grant_for(ctx, grant_id)
    state, notice = GRANT.state_now(ctx, grant), notice_of(ctx, grant.id)
    may = _may(ctx, grant, state, notice)
    return render_template(
        "listings/grants/page.html",
        grant=grant,
        state=state_label(state),
        ended=state in g.ENDED,
        nodes=timeline_of(grant, state, notice),
        sections=sections_of(from_json(grant.content)),
        decided=card_of(ctx, grant.decision),
        reviewed=_reviewed(ctx, grant),
        agreed=_agreed(grant),
        steps=_steps(grant),
        notice=notice if notice is not None and (may["member"] or notice.public) else None,
        certificate=certificate_of(ctx, grant),
        rules=ctx.session.get(UnitRules, grant.rules_id) if grant.rules_id else None,
        saved_by=name_of(ctx, grant.saved_by),
        end_reason=code_label("grant_end_reasons", grant.end_reason) if grant.end_reason else "",
        may=may,
        notice_about=f"{GRANT_NOTICE}:{grant.id}",
        percent=percent,
        absent=absent(ctx, grant.holder_id, grant.completers),
    )


def _reviewed(ctx: Context, grant: RightsGrant) -> list[tuple[str, str]]:
    if not grant.review:
        return []
    said = [(str(words), str(grant.review.get(name) or "")) for name, words in REVIEW.items()]
    return [*said, ("", name_of(ctx, grant.reviewed_by or ""))]


def _agreed(grant: RightsGrant) -> list[tuple[str, str]]:
    if not grant.agreement:
        return []
    said = {name: str(grant.agreement.get(name) or "") for name in AGREEMENT}
    said["deal_mandate"] = code_label("deal_mandates", said["deal_mandate"])
    return [(str(words), said[name]) for name, words in AGREEMENT.items()]


def _steps(grant: RightsGrant) -> list[tuple[str, str, str, str, str]]:
    """(right, filed on, receipt, registered on, notification) of each right whose title changes."""
    filed, registered = _by_right(grant.filings), _by_right(grant.registrations)
    return [
        (right.number, *filed.get(right.number, ("", "")), *registered.get(right.number, ("", "")))
        for right in registered_rights(grant)
    ]


def _by_right(kept: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {row["right"]: (row["on"], row["document"]) for row in kept.get("rights", ())}


def _may(ctx: Context, grant: RightsGrant, state: str, notice: Notice | None) -> dict[str, bool]:
    """What the reader can do now."""
    actor, stake = ctx.actor, concerned(grant, ctx.actor.user_id)
    edit, carry = EDIT.allows(actor, grant), CARRY_OUT.allows(actor, grant)
    review = MAY_REVIEW.allows(actor, grant) and not stake
    alive = notice is not None and notice.state != VOID
    certified = notice is not None and notice.state == CERTIFIED
    registered = bool(registered_rights(grant))
    return {
        "member": edit or actor.org_id == grant.holder_id,
        "edit": edit and state == g.DRAFT,
        "ask": edit and state == g.DRAFT and grant.asked_at is None,
        "papers": edit and state == g.DRAFT and grant.asked_at is not None,
        "sign": awaited(grant, actor),
        "reopen": edit and state == g.TEAM_AGREED,
        "submit": edit and state == g.TEAM_AGREED,
        "recall": edit and state == g.SUBMITTED,
        "review": review and state == g.SUBMITTED,
        "return": review and state in {g.SUBMITTED, g.UNIT_REVIEW},
        "decide": DECIDE.allows(actor, grant) and not stake and state == g.UNIT_REVIEW,
        "recused": stake and MAY_REVIEW.allows(actor, grant) and state in {g.SUBMITTED, g.UNIT_REVIEW},
        "withdraw": WITHDRAW.allows(actor, grant) and state == g.DECIDED,
        "notice": CREATE_NOTICE.possible(actor) and carry and state == g.DECIDED and not alive,
        "agree": carry and state == g.DECIDED and certified,
        "file": carry and state == g.AGREEMENT_SIGNED and registered,
        "take_effect": carry and can_take_effect(grant),
        "end": END.allows(actor, grant) and state in {g.AGREEMENT_SIGNED, g.TITLE_CHANGE_FILED, g.EFFECTIVE},
        "open_papers": edit or MAY_REVIEW.allows(actor, grant),
    }
