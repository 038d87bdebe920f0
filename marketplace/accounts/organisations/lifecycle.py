"""Verification of an organisation: the zone looks at who it is before it may do what only verified ones may.

The platform must verify and register who its operators are (电子商务法 art. 27).
"""

from dataclasses import dataclass

from marketplace.accounts.models import RETURNED, SUBMITTED, UNVERIFIED, VERIFIED, Organisation
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext
from marketplace.core.journal import record

STATES = {
    UNVERIFIED: lazy_pgettext("机构状态", "未核验"),
    SUBMITTED: lazy_pgettext("机构状态", "待核验"),
    VERIFIED: lazy_pgettext("机构状态", "已核验"),
    RETURNED: lazy_pgettext("机构状态", "退回修改"),
}
#: States in which name and credit code, which the zone looks at, may be edited.
OPEN_STATES = frozenset({UNVERIFIED, RETURNED})


@dataclass(frozen=True)
class Step:
    """A move and the past tense under which it is journalled."""

    source: frozenset[str]
    target: str
    event: str


SUBMIT = Step(OPEN_STATES, SUBMITTED, "submitted")
VERIFY = Step(frozenset({SUBMITTED}), VERIFIED, "verified")
#: The operator of the platform answers for an organisation itself, such as a zone's own authority.
VOUCH = Step(frozenset({UNVERIFIED, SUBMITTED, RETURNED}), VERIFIED, "verified")
RETURN = Step(frozenset({SUBMITTED}), RETURNED, "returned")
REOPEN = Step(frozenset({SUBMITTED, VERIFIED}), UNVERIFIED, "reopened")


def move(ctx: Context, org: Organisation, step: Step, data: JSONObject | None = None) -> None:
    """Take a step. Raises Conflict in a state that does not allow it. Rights are the caller's matter."""
    if org.state not in step.source:
        raise Conflict(_l("机构当前的状态不允许这一操作，请刷新页面核对"), code="wrong_state")
    org.state = step.target
    record(ctx, f"organisation.{step.event}", org.id, data)
