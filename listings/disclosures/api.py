"""JSON operations on disclosures: the same commands, permissions and errors as the pages. Nothing confidential goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import request, url_for

from listings.disclosures.confirming import Confirmation, ask_to_confirm, confirm
from listings.disclosures.content import Content, from_json, to_json
from listings.disclosures.drafting import create_disclosure, save_disclosure
from listings.disclosures.models import Disclosure
from listings.disclosures.policy import CONFIRM, CREATE, EDIT, READ, REVIEW
from listings.disclosures.queries import own
from listings.disclosures.reach import disclosure_for
from listings.disclosures.reviewing import Opinion, give_opinion
from listings.disclosures.secrecy import assess
from listings.disclosures.services import Statements, submit
from listings.secrecy import Answers
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("disclosures")


@dataclass(frozen=True)
class DisclosureItem:
    """A disclosure in a list."""

    id: str
    number: str
    state: str
    title: str
    outcome: str
    updated_at: datetime
    url: str


@dataclass(frozen=True)
class CompleterOut:
    """A completer and whether they have confirmed the text as it is now."""

    id: str
    position: int
    name: str
    share_bp: int | None
    confirmed_at: datetime | None


@dataclass(frozen=True)
class DisclosureOut:
    """A disclosure. `version` is what `If-Match` must name, `digest` what completers confirm.

    `described` says whether there is a confidential description; it is read on the site only.
    """

    id: str
    number: str
    state: str
    clearance: str
    version: int
    digest: str
    asked_at: datetime | None
    described: bool
    content: Content
    completers: tuple[CompleterOut, ...]
    submitted_at: datetime | None
    finding: str
    outcome: str
    review_on: date | None
    overdue_at: datetime | None
    achievement_id: str | None
    url: str


@dataclass(frozen=True)
class ReviewInput:
    """What an officer says at a step, which is the state they saw. `details` are `patentability` and `market`."""

    step: str
    outcome: str
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    review_on: date | None = None


@api.add("GET", "/disclosures", CREATE, "List one's own disclosures", returns=DisclosureItem, many=True)
def list_disclosures() -> Page[DisclosureItem]:
    ctx = current()
    page = paged(ctx.session, own(ctx))
    return Page([_item(row) for row in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/disclosures/<disclosure_id>", READ, "One disclosure", returns=DisclosureOut)
def get_disclosure(disclosure_id: str) -> DisclosureOut:
    return _out(disclosure_for(current(), disclosure_id))


@api.add("POST", "/disclosures", CREATE, "Start a disclosure", returns=DisclosureOut, status=201)
def start_disclosure() -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "disclosure.create", lambda: create_disclosure(ctx).id)
        return _out(ctx.session.get_one(Disclosure, made))


@api.add(
    "POST",
    "/disclosures/<disclosure_id>/assessment",
    EDIT,
    "Answer the secrecy questions",
    body=Answers,
    returns=DisclosureOut,
)
def assess_disclosure(disclosure_id: str, body: Answers) -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(assess(ctx, disclosure_id, body))


@api.add(
    "PUT",
    "/disclosures/<disclosure_id>/draft",
    EDIT,
    "Replace the text, without the confidential description",
    body=Content,
    returns=DisclosureOut,
)
def put_disclosure(disclosure_id: str, body: Content) -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(save_disclosure(ctx, disclosure_id, to_json(body), version=expected_version()))


@api.add(
    "POST",
    "/disclosures/<disclosure_id>/ask",
    EDIT,
    "Ask the completers to confirm",
    returns=DisclosureOut,
)
def ask_completers(disclosure_id: str) -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(ask_to_confirm(ctx, disclosure_id))


@api.add(
    "POST",
    "/disclosures/<disclosure_id>/confirm",
    CONFIRM,
    "Confirm as a completer",
    body=Confirmation,
    returns=DisclosureOut,
)
def confirm_disclosure(disclosure_id: str, body: Confirmation) -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(confirm(ctx, disclosure_id, body))


@api.add(
    "POST",
    "/disclosures/<disclosure_id>/submit",
    EDIT,
    "Submit to the unit",
    body=Statements,
    returns=DisclosureOut,
)
def submit_disclosure(disclosure_id: str, body: Statements) -> DisclosureOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(submit(ctx, disclosure_id, body, version=expected_version()))


@api.add(
    "POST",
    "/disclosures/<disclosure_id>/review",
    REVIEW,
    "Take the step that is due",
    body=ReviewInput,
    returns=DisclosureOut,
)
def review_disclosure(disclosure_id: str, body: ReviewInput) -> DisclosureOut:
    given = Opinion(**body.__dict__)
    with unit_of_work(current_actor()) as ctx:
        done = once(
            ctx, request_key(), "disclosure.review", lambda: give_opinion(ctx, disclosure_id, given).id
        )
        return _out(ctx.session.get_one(Disclosure, done))


def _item(row: Disclosure) -> DisclosureItem:
    return DisclosureItem(
        row.id, row.number, row.state, row.title, row.outcome, row.updated_at, _address(row)
    )


def _out(row: Disclosure) -> DisclosureOut:
    return DisclosureOut(
        id=row.id,
        number=row.number,
        state=row.state,
        clearance=row.clearance,
        version=row.version,
        digest=row.digest,
        asked_at=row.asked_at,
        described=row.described,
        content=from_json(row.content),
        completers=tuple(
            CompleterOut(one.id, one.position, one.name, one.share_bp, one.confirmed_at)
            for one in row.completers
        ),
        submitted_at=row.submitted_at,
        finding=row.finding,
        outcome=row.outcome,
        review_on=row.review_on,
        overdue_at=row.overdue_at,
        achievement_id=row.achievement_id,
        url=_address(row),
    )


def _address(row: Disclosure) -> str:
    return request.host_url.rstrip("/") + url_for("disclosures.page", disclosure_id=row.id)
