"""Reaching a disclosure by its id: what the actor may not see is not there."""

from listings.disclosures.models import EDITABLE, Disclosure
from listings.disclosures.policy import READ, REVIEW
from listings.involved import concerned
from listings.secrecy import DRAFTABLE
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def disclosure_for(ctx: Context, disclosure_id: str, permission: Permission = READ) -> Disclosure:
    """The disclosure, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Disclosure, disclosure_id, permission, READ)


def editable(disclosure: Disclosure) -> Disclosure:
    """The disclosure, if its text may be changed now. Raises Conflict."""
    if disclosure.state not in EDITABLE:
        raise Conflict(_l("披露已提交，退回后才能修改"), code="wrong_state")
    if disclosure.clearance not in DRAFTABLE:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    return disclosure


def recuse(ctx: Context, disclosure: Disclosure) -> None:
    """Nobody acts for the unit on a disclosure of their own. Raises Forbidden."""
    if concerned(disclosure, ctx.actor.user_id):
        message = _l("你是这项披露的完成人或提交人，须回避，请由其他经办人办理")
        raise Forbidden(REVIEW.name, message)
