"""JSON operations on grants: the same commands, permissions and errors as the pages. What the unit does is pages' affair."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from listings.grants.content import GrantContent, from_json, to_json, without_addresses
from listings.grants.drafting import create_grant, save_grant
from listings.grants.lifecycle import GRANT
from listings.grants.models import RightsGrant
from listings.grants.policy import CONFIRM, CREATE, EDIT, READ
from listings.grants.queries import readable_grants
from listings.grants.reach import grant_for
from listings.grants.services import submit_grant
from listings.grants.team import Signature, ask_team, sign
from marketplace.core.context import Context
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("grants")


@dataclass(frozen=True)
class GrantItem:
    """A grant in a list."""

    id: str
    number: str
    state: str
    achievement_id: str
    title: str
    holder_id: str
    zone_id: str
    option: str
    decided_at: datetime | None
    effective_on: date | None


@dataclass(frozen=True)
class SignatureOut:
    """A completer of the grant, and whether they have signed it as it is."""

    name: str
    unit: str
    share_bp: int | None
    signed_at: datetime | None
    on_paper: bool


@dataclass(frozen=True)
class GrantOut:
    """A grant. `version` is what `If-Match` must name; `digest` is that of what the team signs and the unit decides."""

    id: str
    number: str
    state: str
    achievement_id: str
    holder_id: str
    zone_id: str
    version: int
    digest: str
    note: str
    asked_at: datetime | None
    submitted_at: datetime | None
    decided_at: datetime | None
    decision_id: str | None
    signed_on: date | None
    effective_on: date | None
    ends_at: datetime | None
    signatures: tuple[SignatureOut, ...]
    content: GrantContent


@dataclass(frozen=True)
class NewGrant:
    """What it is about: an achievement of the acting unit."""

    achievement_id: str


@dataclass(frozen=True)
class GrantQuery:
    """What may be read, in every state or in one."""

    state: (
        Literal[
            "draft",
            "team_agreed",
            "submitted",
            "unit_review",
            "rejected",
            "decided",
            "withdrawn",
            "agreement_signed",
            "title_change_filed",
            "effective",
            "expired",
            "revoked",
            "terminated",
        ]
        | None
    ) = None


@api.add("GET", "/grants", READ, "List grants of rights", query=GrantQuery, returns=GrantItem, many=True)
def list_grants(query: GrantQuery) -> Page[GrantItem]:
    ctx = current()
    page = paged(ctx.session, readable_grants(ctx, query.state or ""))
    return Page([_item(ctx, grant) for grant in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/grants/<grant_id>", READ, "One grant of rights", returns=GrantOut)
def get_grant(grant_id: str) -> GrantOut:
    ctx = current()
    return _out(ctx, grant_for(ctx, grant_id))


@api.add("POST", "/grants", CREATE, "Start a grant", body=NewGrant, returns=GrantOut, status=201)
def post_grant(body: NewGrant) -> GrantOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "grant.create", lambda: create_grant(ctx, body.achievement_id).id)
        return _out(ctx, grant_for(ctx, made, EDIT))


@api.add("PUT", "/grants/<grant_id>", EDIT, "Replace a draft's text", body=GrantContent, returns=GrantOut)
def put_grant(grant_id: str, body: GrantContent) -> GrantOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(ctx, save_grant(ctx, grant_id, to_json(body), version=expected_version()))


@api.add("POST", "/grants/<grant_id>/ask", EDIT, "Ask the completers to sign", returns=GrantOut)
def ask_for_signatures(grant_id: str) -> GrantOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(ctx, ask_team(ctx, grant_id))


@api.add("POST", "/grants/<grant_id>/sign", CONFIRM, "Sign as a completer", body=Signature, returns=GrantOut)
def sign_grant(grant_id: str, body: Signature) -> GrantOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(ctx, sign(ctx, grant_id, body))


@api.add("POST", "/grants/<grant_id>/submit", EDIT, "Put before the unit", returns=GrantOut)
def post_grant_submission(grant_id: str) -> GrantOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(ctx, submit_grant(ctx, grant_id, version=expected_version()))


def _item(ctx: Context, grant: RightsGrant) -> GrantItem:
    return GrantItem(
        id=grant.id,
        number=grant.number,
        state=GRANT.state_now(ctx, grant),
        achievement_id=grant.achievement_id,
        title=grant.achievement.title,
        holder_id=grant.holder_id,
        zone_id=grant.zone_id,
        option=from_json(grant.content).option,
        decided_at=grant.decided_at,
        effective_on=grant.effective_on,
    )


def _out(ctx: Context, grant: RightsGrant) -> GrantOut:
    content = from_json(grant.content)
    return GrantOut(
        id=grant.id,
        number=grant.number,
        state=GRANT.state_now(ctx, grant),
        achievement_id=grant.achievement_id,
        holder_id=grant.holder_id,
        zone_id=grant.zone_id,
        version=grant.version,
        digest=grant.digest,
        note=grant.note,
        asked_at=grant.asked_at,
        submitted_at=grant.submitted_at,
        decided_at=grant.decided_at,
        decision_id=grant.decision_id,
        signed_on=grant.signed_on,
        effective_on=grant.effective_on,
        ends_at=grant.ends_at,
        signatures=tuple(
            SignatureOut(row.name, row.unit, row.share_bp, row.confirmed_at, bool(row.paper_document))
            for row in grant.completers
        ),
        content=content if ctx.actor.org_id == grant.holder_id else without_addresses(content),
    )
