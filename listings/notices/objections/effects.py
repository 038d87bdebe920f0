"""What a decision about an objection does to the notice: it runs on, is corrected and shown anew, or is void."""

from collections.abc import Iterator

from listings.notices.lifecycle import AMENDABLE, NOTICE
from listings.notices.models import CORRECTING, RETURNED, SUBMITTED
from listings.notices.objections.lifecycle import release
from listings.notices.objections.models import (
    CONTINUE,
    DISMISSED,
    EFFECTS,
    END,
    OUTCOMES,
    PARTLY,
    RESTART,
    Objection,
)
from listings.notices.services import KIND, begin_next, ended
from listings.notices.sources import basis_from
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.moderation.cases import close_case
from marketplace.moderation.models import PUBLISH

UPHELD_REASON = "upheld"


def fitting(outcome: str, effect: str) -> Iterator[tuple[str, str, Words]]:
    """What is wrong with a pair of outcome and effect, as (field, code, words)."""
    if outcome not in OUTCOMES:
        yield "outcome", "unknown_code", _l("选择处理结果")
        return
    if effect not in EFFECTS:
        yield "effect", "unknown_code", _l("选择对公示的影响")
    elif outcome == DISMISSED and effect != CONTINUE:
        yield "effect", "contradiction", _l("异议不成立的，公示继续")
    elif outcome == PARTLY and effect != RESTART:
        yield "effect", "contradiction", _l("异议部分成立的，更正后重新公示")
    elif outcome not in {DISMISSED, PARTLY} and effect == CONTINUE:
        yield "effect", "contradiction", _l("异议成立的，终止公示或者更正后重新公示")


def carry_out(ctx: Context, objection: Objection, effect: str, summary: str) -> None:
    """Let the notice follow. A notice that shows another edition by now is void only if it is to be void."""
    notice = objection.notice
    if effect == END and notice.state in AMENDABLE | {CORRECTING, SUBMITTED, RETURNED}:
        NOTICE.follow(ctx, notice, "annul", {"reason": UPHELD_REASON, "objection": objection.number})
        ended(ctx, notice, UPHELD_REASON, summary)
        close_case(ctx, KIND, notice.id, asks=PUBLISH)
    elif effect == RESTART and objection.n == notice.n and notice.state in AMENDABLE:
        basis = basis_from(notice.edition.basis)
        NOTICE.follow(ctx, notice, "correct", {"edition": notice.n + 1, "objection": objection.number})
        begin_next(ctx, notice, basis, summary)
    else:
        release(ctx, objection, ctx.now)
