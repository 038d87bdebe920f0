"""An objector who is not content asks the zone to review the decision; its word is final."""

from listings.notices.clockwork import catch_up
from listings.notices.objections.effects import carry_out
from listings.notices.objections.filing import followed
from listings.notices.objections.handling import Ruling, checked_ruling, digest_of, has_part, objection_for
from listings.notices.objections.lifecycle import OBJECTION, halt
from listings.notices.objections.models import DECIDED, REFUSED, Objection
from listings.notices.policy import REVIEW
from marketplace.accounts.checks import Checks
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Forbidden
from marketplace.core.i18n import lazy_gettext as _l

SHORTEST_APPEAL, LONGEST_APPEAL = 20, 3_000


def appeal(ctx: Context, objection_id: str, key: str, text: str) -> Objection:
    """Ask for the review within five working days after the decision. The clock of the notice stops again."""
    objection = followed(ctx, objection_id, key)
    catch_up(ctx, objection.notice)
    if objection.state not in {REFUSED, DECIDED}:
        raise Conflict(_l("现在不能申请复核：还没有决定，或者申请期限已过"), code="wrong_state")
    checks = Checks()
    said = checks.text("appeal", text, LONGEST_APPEAL)
    if len(said) < SHORTEST_APPEAL and not checks.complained("appeal"):
        checks.complain("appeal", "length", _l("写明理由，至少 %(least)s 个字", least=SHORTEST_APPEAL))
    checks.settle()
    objection.appealed_at = ctx.now
    objection.statement.appeal = said
    OBJECTION.move(ctx, objection, "appeal")
    halt(ctx, objection, ctx.now, admitted=True)
    return objection


def review(ctx: Context, objection_id: str, given: Ruling) -> Objection:
    """The zone's decision on the appeal. Raises Forbidden for whoever has a part in the matter."""
    objection = objection_for(ctx, objection_id, REVIEW)
    catch_up(ctx, objection.notice)
    if has_part(ctx, objection):
        raise Forbidden(REVIEW.name, _l("你参与了该事项或公示的办理，应当回避"))
    reasons, summary = checked_ruling(given)
    OBJECTION.move(
        ctx,
        objection,
        "review",
        {"outcome": given.outcome, "effect": given.effect, "reasons": digest_of(reasons)},
    )
    objection.appeal_outcome, objection.appeal_effect = given.outcome, given.effect
    objection.appeal_reasons, objection.summary = reasons, summary
    objection.appeal_decided_at = objection.closed_at = ctx.now
    objection.appeal_decided_by = ctx.actor.user_id
    carry_out(ctx, objection, given.effect, summary)
    return objection
