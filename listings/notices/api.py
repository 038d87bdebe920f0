"""Notices and objections for programs: what is public, what a unit does, and filing an objection without an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from flask import request

from listings.notices import models as m
from listings.notices.certificates import certificate_by
from listings.notices.drafting import create_notice, said_by, save_notice, wording_of
from listings.notices.lifecycle import running_period
from listings.notices.objections.filing import FOLLOWING, NewObjection, count_filing, file_objection, key_of
from listings.notices.objections.models import Objection
from listings.notices.policy import CREATE, EDIT, OBJECT, OBSERVE, READ, RUN
from listings.notices.queries import (
    Asked,
    chain_head,
    fresh,
    objections_of,
    own,
    public_notices,
    shown_edition,
)
from listings.notices.reach import notice_for
from listings.notices.services import (
    Amendment,
    End,
    amend,
    page_address,
    recall_notice,
    submit_notice,
    withdraw_notice,
)
from listings.notices.sources import basis_from
from listings.notices.watching import LONGEST_NOTE, take_observation
from listings.notices.wording import Wording
from marketplace.accounts.addresses import path_to, public_address, remote_address
from marketplace.core.context import Context
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.policy import OPEN
from marketplace.core.throttle import throttle
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("notices")

OBSERVATIONS, HOUR = 600, 3_600  # of one network address: a watcher looks at many notices


@dataclass(frozen=True)
class NoticeItem:
    """A notice in a list. `ends_at` is null while the clock stands still or has not begun."""

    id: str
    number: str
    kind: str
    state: str
    title: str
    holder_id: str
    holder: str
    zone_id: str
    related: bool
    started_at: datetime | None
    ends_at: datetime | None
    expired_at: datetime | None
    url: str


@dataclass(frozen=True)
class ObjectionItem:
    """What everybody may know of an objection: nothing about who objected."""

    number: str
    state: str
    ground: str
    filed_at: datetime
    outcome: str
    effect: str
    summary: str


@dataclass(frozen=True)
class NoticeOut(NoticeItem):
    """`said` by field of the profile; `text` the digest of the text file; `chain_head` `[n, commitment]`."""

    edition: int
    said: Mapping[str, str]
    price_fen: int | None
    mode: str
    amount: int
    unit: str
    unit_place: str
    text: str
    profile: str
    objections: tuple[ObjectionItem, ...]
    chain_head: tuple[int, str]
    certificate: str | None


@dataclass(frozen=True)
class NoticeDraft:
    """The edition that may be edited. `version` is what `If-Match` must name."""

    id: str
    number: str
    state: str
    edition: int
    version: int
    said: Mapping[str, str]
    fixed: Mapping[str, str]
    amount: int
    unit: str
    unit_place: str


@dataclass(frozen=True)
class NewNotice:
    """`kind` of a profile; `subject` the public id of what it is about, such as a decided plan."""

    kind: str
    subject: str


@dataclass(frozen=True)
class NoticeQuery:
    """`mine` lists the acting organisation's in every state, else what is public."""

    mine: bool = False
    state: Literal["", "running", "over", "certified", "void", "correcting"] = ""
    kind: str = ""
    holder: str = ""
    zone: str = ""


@dataclass(frozen=True)
class ObjectionIn:
    """An objection under a real name; the address is confirmed by mail. Files are added on the page only."""

    name: str
    email: str
    ground: str
    facts: str
    remedy: str
    promised: bool
    organisation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ObjectionReceipt:
    """`receipt` is the signed note; `follow` the address under which the objector follows, known to nobody else."""

    number: str
    filed_at: datetime
    receipt: str
    follow: str


@dataclass(frozen=True)
class CertificateOut:
    number: str
    issued_at: datetime
    digest: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@api.add("GET", "/notices", READ, "List notices", query=NoticeQuery, returns=NoticeItem, many=True)
def list_notices(query: NoticeQuery) -> Page[NoticeItem]:
    ctx = current()
    asked = Asked(query.state, query.kind, query.holder, query.zone)
    page = paged(ctx.session, own(ctx) if query.mine else public_notices(asked))
    return Page([_item(ctx, row) for row in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/notices/<notice_id>", READ, "One notice", returns=NoticeOut)
def get_notice(notice_id: str) -> NoticeOut:
    ctx = current()
    return _out(ctx, fresh(ctx, notice_id))


@api.add("POST", "/notices", CREATE, "Begin a notice", body=NewNotice, returns=NoticeDraft, status=201)
def begin_notice(body: NewNotice) -> NoticeDraft:
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx, request_key(), "notice.create", lambda: create_notice(ctx, body.kind, body.subject).id
        )
        return _draft(notice_for(ctx, made, EDIT))


@api.add("GET", "/notices/<notice_id>/draft", EDIT, "The edition being worded", returns=NoticeDraft)
def get_notice_draft(notice_id: str) -> NoticeDraft:
    return _draft(notice_for(current(), notice_id, EDIT))


@api.add("PUT", "/notices/<notice_id>/draft", EDIT, "Word the edition", body=Wording, returns=NoticeDraft)
def put_notice_draft(notice_id: str, body: Wording) -> NoticeDraft:
    with unit_of_work(current_actor()) as ctx:
        return _draft(save_notice(ctx, notice_id, body, version=expected_version()))


@api.add(
    "POST", "/notices/<notice_id>/submit", EDIT, "Hand the edition in for verification", returns=NoticeDraft
)
def hand_in_notice(notice_id: str) -> NoticeDraft:
    with unit_of_work(current_actor()) as ctx:
        return _draft(submit_notice(ctx, notice_id, version=expected_version()))


@api.add("POST", "/notices/<notice_id>/recall", EDIT, "Take a submission back", returns=NoticeDraft)
def take_back_notice(notice_id: str) -> NoticeDraft:
    with unit_of_work(current_actor()) as ctx:
        return _draft(recall_notice(ctx, notice_id))


@api.add(
    "POST",
    "/notices/<notice_id>/amend",
    RUN,
    "Give the edition up and begin the next one",
    body=Amendment,
    returns=NoticeDraft,
)
def amend_notice(notice_id: str, body: Amendment) -> NoticeDraft:
    with unit_of_work(current_actor()) as ctx:
        return _draft(amend(ctx, notice_id, body))


@api.add(
    "POST", "/notices/<notice_id>/withdraw", RUN, "Give the notice up for good", body=End, returns=NoticeItem
)
def end_notice(notice_id: str, body: End) -> NoticeItem:
    with unit_of_work(current_actor()) as ctx:
        return _item(ctx, withdraw_notice(ctx, notice_id, body))


@api.add(
    "POST",
    "/notices/<notice_id>/objections",
    OBJECT,
    "Object to a notice that runs; no account is needed",
    body=ObjectionIn,
    returns=ObjectionReceipt,
    status=201,
)
def object_to_notice(notice_id: str, body: ObjectionIn) -> ObjectionReceipt:
    count_filing(current(), remote_address())
    given = NewObjection(
        body.name,
        body.email,
        body.ground,
        body.facts,
        body.remedy,
        body.organisation,
        body.phone,
        body.promised,
    )
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx, request_key(), "objection.file", lambda: file_objection(ctx, notice_id, given, ()).id
        )
        objection = get(ctx.session, Objection, made)
        follow = path_to("objecting.receipt", objection_id=objection.id, key=key_of(objection.id, FOLLOWING))
        return ObjectionReceipt(
            objection.number, objection.filed_at, objection.receipt, public_address(follow)
        )


@api.add(
    "POST",
    "/notices/<notice_id>/observations",
    OBSERVE,
    "Hand in a watcher's signed note (text/plain)",
    status=201,
)
def observe_notice(notice_id: str) -> None:
    throttle(current().now, "observation", remote_address(), OBSERVATIONS, HOUR)
    note = request.get_data(cache=False)[: LONGEST_NOTE + 1]
    if len(note) > LONGEST_NOTE:
        raise Invalid([FieldError("", "too_long", _("观察记录过长"))])
    with unit_of_work(current_actor()) as ctx:
        take_observation(ctx, notice_id, note.decode(errors="replace"))


@api.add(
    "GET", "/certificates/<code>", OPEN, "A certificate by its verification code", returns=CertificateOut
)
def get_certificate(code: str) -> CertificateOut:
    found = certificate_by(current(), code)
    return CertificateOut(found.number, found.issued_at, found.digest, found.facts)


def _item(ctx: Context, row: m.Notice) -> NoticeItem:
    return NoticeItem(**_common(ctx, row))


def _common(ctx: Context, row: m.Notice) -> dict[str, Any]:
    running = running_period(row, ctx.calendar) if row.state == m.RUNNING else None
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "title": row.title,
        "holder_id": row.holder_id,
        "holder": row.holder.name,
        "zone_id": row.zone_id,
        "related": row.related,
        "started_at": row.started_at,
        "ends_at": running.end if running else None,
        "expired_at": row.expired_at,
        "url": page_address(row),
    }


def _out(ctx: Context, row: m.Notice) -> NoticeOut:
    edition = shown_edition(row)
    basis = basis_from(edition.basis)
    head = chain_head(ctx, row.id)
    return NoticeOut(
        **_common(ctx, row),
        edition=edition.n,
        said=said_by(edition),
        price_fen=basis.price_fen,
        mode=basis.mode,
        amount=edition.amount,
        unit=edition.unit,
        unit_place=edition.unit_url,
        text=edition.text,
        profile=edition.profile,
        objections=tuple(
            ObjectionItem(
                o.number,
                o.state,
                o.ground,
                o.filed_at,
                o.appeal_outcome or o.outcome,
                o.appeal_effect or o.effect,
                o.summary,
            )
            for o in objections_of(ctx, row)
        ),
        chain_head=(head[0], head[1]),
        certificate=row.certificate.number if row.certificate else None,
    )


def _draft(row: m.Notice) -> NoticeDraft:
    edition = row.edition
    wording = wording_of(edition)
    return NoticeDraft(
        id=row.id,
        number=row.number,
        state=row.state,
        edition=edition.n,
        version=edition.version,
        said=wording.said,
        fixed=basis_from(edition.basis).fixed,
        amount=edition.amount,
        unit=edition.unit,
        unit_place=edition.unit_url,
    )
