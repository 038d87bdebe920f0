"""JSON operations on achievements: the same commands, permissions and errors as the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flask import request, url_for

from listings.achievements.content import Attachment, Content, from_json, to_json
from listings.achievements.drafting import create_draft, discard_draft, save_draft
from listings.achievements.models import WITHDRAWN, Achievement
from listings.achievements.policy import CREATE, EDIT, READ, SUBMIT, WITHDRAW
from listings.achievements.queries import Shown, own, published, readable, shown
from listings.achievements.reach import achievement_for, working_revision
from listings.achievements.secrecy import Answers, assess
from listings.achievements.services import Submission, Withdrawal, recall, submit, withdraw
from marketplace.core.errors import Gone
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("achievements")


@dataclass(frozen=True)
class AchievementItem:
    """An achievement in a list."""

    id: str
    number: str
    state: str
    title: str
    field: str
    trl: int | None
    price_fen: int | None
    holder_id: str
    holder: str
    zone_id: str
    published_at: datetime | None
    updated_at: datetime
    url: str


@dataclass(frozen=True)
class AchievementOut:
    """An achievement with its public text; blocks above the reader's level are blank and named in `hidden`."""

    id: str
    number: str
    state: str
    holder_id: str
    holder: str
    zone_id: str
    domestic_only: bool
    published_at: datetime | None
    revision: int
    digest: str
    content: Content
    hidden: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class DraftOut:
    """The working revision. `version` is what `If-Match` must name; `reasons` say why it was returned."""

    id: str
    number: str
    state: str
    clearance: str
    revision: int
    version: int
    content: Content
    reasons: tuple[Mapping[str, Any], ...]
    note: str


@dataclass(frozen=True)
class NewAchievement:
    """Start of a draft. `external_id` is the holder's own key; it may be used once."""

    external_id: str | None = None


@dataclass(frozen=True)
class ListQuery:
    """`mine` lists the acting organisation's achievements in every state, else what is public."""

    mine: bool = False
    state: Literal["draft", "submitted", "returned", "published", "withdrawn"] | None = None


@api.add(
    "GET", "/achievements", READ, "List achievements", query=ListQuery, returns=AchievementItem, many=True
)
def list_achievements(query: ListQuery) -> Page[AchievementItem]:
    ctx = current()
    if query.mine:
        page = paged(ctx.session, own(ctx, query.state))
    elif query.state:
        page = paged(ctx.session, readable(ctx).where(Achievement.state == query.state))
    else:
        page = paged(ctx.session, published())
    return Page([item_of(row) for row in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/achievements/<achievement_id>", READ, "One achievement", returns=AchievementOut)
def get_achievement(achievement_id: str) -> AchievementOut:
    ctx = current()
    if achievement_for(ctx, achievement_id).state == WITHDRAWN:
        raise Gone
    return _out(shown(ctx, achievement_id))


@api.add("POST", "/achievements", CREATE, "Start a draft", body=NewAchievement, returns=DraftOut, status=201)
def create_achievement(body: NewAchievement) -> DraftOut:
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx,
            request_key(),
            "achievement.create",
            lambda: create_draft(ctx, source="api", external_id=body.external_id).id,
        )
        return _draft(ctx.session.get_one(Achievement, made))


@api.add(
    "POST",
    "/achievements/<achievement_id>/assessment",
    EDIT,
    "Answer the secrecy questions",
    body=Answers,
    returns=DraftOut,
)
def assess_achievement(achievement_id: str, body: Answers) -> DraftOut:
    with unit_of_work(current_actor()) as ctx:
        return _draft(assess(ctx, achievement_id, body))


@api.add("GET", "/achievements/<achievement_id>/draft", EDIT, "The working revision", returns=DraftOut)
def get_draft(achievement_id: str) -> DraftOut:
    return _draft(achievement_for(current(), achievement_id, EDIT))


@api.add(
    "PUT",
    "/achievements/<achievement_id>/draft",
    EDIT,
    "Replace the working revision's text",
    body=Content,
    returns=DraftOut,
)
def put_draft(achievement_id: str, body: Content) -> DraftOut:
    with unit_of_work(current_actor()) as ctx:
        changes = to_json(body)
        changes.pop("files")  # files are added by upload, so that each passes the guards
        save_draft(ctx, achievement_id, changes, version=expected_version())
        return _draft(achievement_for(ctx, achievement_id, EDIT))


@api.add("DELETE", "/achievements/<achievement_id>/draft", EDIT, "Discard the working revision")
def delete_draft(achievement_id: str) -> None:
    with unit_of_work(current_actor()) as ctx:
        discard_draft(ctx, achievement_id)


@api.add(
    "POST",
    "/achievements/<achievement_id>/submit",
    SUBMIT,
    "Submit for review",
    body=Submission,
    returns=DraftOut,
)
def submit_achievement(achievement_id: str, body: Submission) -> DraftOut:
    with unit_of_work(current_actor()) as ctx:
        submit(ctx, achievement_id, body, version=expected_version())
        return _draft(achievement_for(ctx, achievement_id, EDIT))


@api.add("POST", "/achievements/<achievement_id>/recall", SUBMIT, "Take a submission back", returns=DraftOut)
def recall_achievement(achievement_id: str) -> DraftOut:
    with unit_of_work(current_actor()) as ctx:
        recall(ctx, achievement_id)
        return _draft(achievement_for(ctx, achievement_id, EDIT))


@api.add(
    "POST",
    "/achievements/<achievement_id>/withdraw",
    WITHDRAW,
    "Withdraw a publication",
    body=Withdrawal,
    returns=AchievementItem,
)
def withdraw_achievement(achievement_id: str, body: Withdrawal) -> AchievementItem:
    with unit_of_work(current_actor()) as ctx:
        return item_of(withdraw(ctx, achievement_id, body))


def item_of(row: Achievement) -> AchievementItem:
    """A row as an entry of a list."""
    return AchievementItem(
        id=row.id,
        number=row.number,
        state=row.state,
        title=row.title,
        field=row.field,
        trl=row.trl,
        price_fen=row.price_fen,
        holder_id=row.holder_id,
        holder=row.holder.name,
        zone_id=row.zone_id,
        published_at=row.published_at,
        updated_at=row.updated_at,
        url=_page_url(row.id),
    )


def _out(seen: Shown) -> AchievementOut:
    row = seen.achievement
    return AchievementOut(
        id=row.id,
        number=row.number,
        state=row.state,
        holder_id=row.holder_id,
        holder=row.holder.name,
        zone_id=row.zone_id,
        domestic_only=row.domestic_only,
        published_at=row.published_at,
        revision=seen.revision.n,
        digest=seen.revision.digest,
        content=seen.content,
        hidden=seen.hidden,
        files=tuple(_file_url(row.id, file) for file in seen.content.files),
        url=_page_url(row.id),
    )


def _draft(row: Achievement) -> DraftOut:
    revision = working_revision(row) or row.revisions[-1]
    return DraftOut(
        id=row.id,
        number=row.number,
        state=revision.state,
        clearance=row.clearance,
        revision=revision.n,
        version=revision.version,
        content=from_json(revision.content),
        reasons=tuple(revision.reasons),
        note=revision.note,
    )


def _page_url(achievement_id: str) -> str:
    return request.host_url.rstrip("/") + url_for("achievements.page", achievement_id=achievement_id)


def _file_url(achievement_id: str, file: Attachment) -> str:
    path = url_for(
        "achievement_files.file", achievement_id=achievement_id, digest=file.digest, name=file.name
    )
    return request.host_url.rstrip("/") + path
