"""The way a plan has come, as steps of a timeline."""

from datetime import datetime

from listings.plans.labels import state_label
from listings.plans.models import DRAFT, REJECTED, SUBMITTED, SUPERSEDED, WITHDRAWN, Plan
from listings.timeline import CURRENT, DONE, FAILED, TODO, Node
from marketplace.core.i18n import gettext as _
from marketplace.web.filters import moment


def timeline_of(plan: Plan) -> list[Node]:
    """Drafted, submitted, decided; and how it ended, when it did."""
    decided = plan.decided_at is not None
    nodes = [
        Node(_("起草"), CURRENT if plan.state == DRAFT else DONE, _date(plan.created_at)),
        Node(_("提交"), DONE if plan.submitted_at else TODO, _date(plan.submitted_at)),
        Node(
            _("集体决策"), _decision_state(plan), _date(plan.decided_at), plan_note(plan) if decided else ""
        ),
    ]
    if plan.state in {SUPERSEDED, WITHDRAWN}:
        nodes.append(Node(state_label(plan.state)[0], FAILED, _date(plan.ended_at)))
    return nodes


def plan_note(plan: Plan) -> str:
    """The number of the resolution."""
    return plan.decision.resolution if plan.decision is not None else ""


def _decision_state(plan: Plan) -> str:
    if plan.state == REJECTED:
        return FAILED
    if plan.decided_at is not None:
        return DONE
    return CURRENT if plan.state == SUBMITTED else TODO


def _date(at: datetime | None) -> str:
    return moment(at) if at is not None else ""
