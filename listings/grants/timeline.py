"""The way a grant has come, as steps of a timeline."""

from datetime import datetime

from listings.grants import models as g
from listings.grants.carrying_out import registered_rights
from listings.grants.labels import state_label
from listings.grants.models import RightsGrant
from listings.notices.models import CERTIFIED, VOID, Notice
from listings.notices.words import STATES as NOTICE_STATES
from listings.timeline import CURRENT, DONE, FAILED, TODO, Node
from marketplace.core.i18n import gettext as _
from marketplace.web.filters import moment


def timeline_of(grant: RightsGrant, state: str, notice: Notice | None) -> list[Node]:
    """Signed by the team, reviewed and decided by the unit, noticed, agreed, in effect; and how it ended, when it did."""
    nodes = [
        _node(_("团队签署"), _team_signed(grant), state == g.DRAFT),
        _node(_("提交单位"), grant.submitted_at, state == g.TEAM_AGREED),
        _node(_("单位审查"), grant.reviewed_at, state == g.SUBMITTED),
        _decision(grant, state),
        _notice(notice, state),
        _node(_("签订协议"), grant.signed_at, notice is not None and notice.state == CERTIFIED),
    ]
    if registered_rights(grant):
        nodes.append(_node(_("申请权属变更"), grant.filed_at, state == g.AGREEMENT_SIGNED))
    nodes.append(_node(_("生效"), grant.effective_at, state == g.TITLE_CHANGE_FILED))
    if state in g.ENDED - {g.REJECTED}:
        nodes.append(Node(state_label(state)[0], FAILED, _date(grant.ended_at)))
    return nodes


def _team_signed(grant: RightsGrant) -> datetime | None:
    times = [row.confirmed_at for row in grant.completers]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) and grant.state != g.DRAFT else None


def _decision(grant: RightsGrant, state: str) -> Node:
    if state == g.REJECTED:
        return Node(_("集体决策"), FAILED, _date(grant.decided_at))
    return _node(_("集体决策"), grant.decided_at, state == g.UNIT_REVIEW)


def _notice(notice: Notice | None, state: str) -> Node:
    if notice is None or notice.state == VOID:
        return Node(_("公示"), CURRENT if state == g.DECIDED else TODO)
    certificate = notice.certificate
    if certificate is not None:
        return Node(_("公示"), DONE, _date(certificate.issued_at))
    return Node(_("公示"), CURRENT, "", str(NOTICE_STATES[notice.state][0]))


def _node(label: str, at: datetime | None, waits: bool) -> Node:
    return Node(label, DONE if at is not None else CURRENT if waits else TODO, _date(at))


def _date(at: datetime | None) -> str:
    return moment(at) if at is not None else ""
