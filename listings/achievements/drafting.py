"""Drafting: create, save piece by piece, discard. A draft may be incomplete, never lost, never overwritten silently."""

from dataclasses import fields

from sqlalchemy import select

from listings.achievements.content import Content, from_json, to_json
from listings.achievements.lifecycle import REVIEW
from listings.achievements.models import (
    DISCARDED,
    DRAFT,
    PUBLISHED,
    RETURNED,
    SUBMITTED,
    Achievement,
    Revision,
)
from listings.achievements.policy import CREATE, EDIT
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.returned import answered
from listings.achievements.rules import shape_complaints
from listings.achievements.secrecy import DRAFTABLE
from listings.achievements.texts import storable
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.policy import require

LONGEST_KEY = 80
FIELDS = frozenset(field.name for field in fields(Content))


def create_draft(ctx: Context, *, source: str = "form", external_id: str | None = None) -> Achievement:
    """An empty draft of the acting organisation: the secrecy questions come first.

    `external_id` is the holder's own key. Raises Invalid when it is unfit or taken.
    """
    require(ctx, CREATE, None)
    if external_id is not None:
        _check_key(ctx, external_id)
    holder = ctx.session.get_one(Organisation, ctx.actor.org_id)
    achievement = Achievement(
        id=new_id("ach", ctx.now),
        number=next_number(ctx, "CG"),
        holder_id=holder.id,
        zone_id=holder.zone_id,
        state=DRAFT,
        source=source,
        external_id=external_id,
        created_by=ctx.actor.user_id,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    ctx.session.add(achievement)
    _start_revision(ctx, achievement, to_json(Content()))
    record(
        ctx,
        "achievement.drafted",
        achievement.id,
        {"number": achievement.number, "holder": holder.id, "source": source},
    )
    return achievement


def save_draft(
    ctx: Context,
    achievement_id: str,
    changes: JSONObject,
    *,
    version: int | None = None,
    typed: JSONObject | None = None,
) -> Revision:
    """Put `changes` (content fields in JSON shape) into the working revision.

    `version` is the save the editor began from; another save since is a Conflict. `typed` is raw text that could not
    be understood, kept for its field until the field is saved properly. Raises Invalid for what may not be kept.
    """
    achievement = achievement_for(ctx, achievement_id, EDIT)
    if achievement.clearance not in DRAFTABLE:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    revision = open_revision(ctx, achievement)
    if version is not None and version != revision.version:
        raise Conflict(_l("这份草稿在你编辑期间被保存过，请核对差异后再保存"), code="stale")
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"no content fields: {sorted(unknown)}")
    before = from_json(revision.content)
    content = from_json({**revision.content, **changes})
    complaints = [c for c in shape_complaints(content) if c.field.split(".")[0] in changes]
    if complaints:
        raise Invalid(complaints)
    if revision.state == RETURNED:
        changed = {name for name in changes if getattr(content, name) != getattr(before, name)}
        revision.reasons = answered(revision.reasons, changed)
    revision.content = to_json(content)
    revision.typed = {k: v for k, v in {**revision.typed, **(typed or {})}.items() if k not in changes}
    revision.version += 1
    revision.saved_at, revision.saved_by = ctx.now, _person(ctx)
    achievement.updated_at = ctx.now
    if achievement.published_n is None:
        copy_for_lists(achievement, content)
    return revision


def open_revision(ctx: Context, achievement: Achievement) -> Revision:
    """The revision that may be edited now; for a published achievement, a new one begun from the public text."""
    revision = working_revision(achievement)
    if revision is None:
        public = public_revision(achievement)
        if achievement.state != PUBLISHED or public is None:
            raise Conflict(_l("该成果已下架，不能修改"), code="wrong_state")
        # Saves are counted on from the public text, so an editor who began there names a version that is known here.
        return _start_revision(ctx, achievement, public.content, public.version)
    if revision.state == SUBMITTED:
        raise Conflict(_l("已提交审核，撤回后才能修改"), code="in_review")
    return revision


def discard_draft(ctx: Context, achievement_id: str) -> None:
    """Throw the working revision away; an achievement that was never public goes with it."""
    achievement = achievement_for(ctx, achievement_id, EDIT)
    revision = working_revision(achievement)
    if revision is None:
        raise Conflict(_l("没有可删除的草稿"), code="wrong_state")
    REVIEW.move(ctx, revision, "discard", {"revision": revision.n}, subject=achievement)
    achievement.working_n = None
    achievement.updated_at = ctx.now
    if achievement.published_n is None:
        achievement.state = DISCARDED
        achievement.external_id = None


def copy_for_lists(achievement: Achievement, content: Content) -> None:
    """Keep the columns that lists show in step with the text."""
    achievement.title = content.title
    achievement.title_key = title_key(content.title)
    achievement.field = content.field
    achievement.trl = content.trl
    achievement.price_fen = content.price_fen


def title_key(title: str) -> str:
    """A title without width, case and spacing, to recognise the same achievement typed twice."""
    return "".join(halfwidth(title).casefold().split())[:200]


def _check_key(ctx: Context, key: str) -> None:
    if not key.strip() or len(key) > LONGEST_KEY or not storable(key):
        message = _l("本单位编号为 1 至 %(limit)s 个字", limit=LONGEST_KEY)
        raise Invalid([FieldError("external_id", "unfit", message)])
    taken = select(Achievement.id).where(
        Achievement.holder_id == ctx.actor.org_id, Achievement.external_id == key
    )
    if ctx.session.scalar(taken) is not None:
        raise Invalid([FieldError("external_id", "taken", _l("本单位已有使用该编号的成果"))])


def _start_revision(
    ctx: Context, achievement: Achievement, content: JSONObject, version: int = 1
) -> Revision:
    n = max((revision.n for revision in achievement.revisions), default=0) + 1
    revision = Revision(
        id=new_id("rev", ctx.now),
        n=n,
        content=content,
        typed={},
        saved_at=ctx.now,
        saved_by=_person(ctx),
        reasons=[],
        version=version,
    )
    REVIEW.begin(ctx, revision)
    achievement.revisions.append(revision)
    achievement.working_n = n
    return revision


def _person(ctx: Context) -> str:
    if ctx.actor.user_id is None:
        raise ValueError("a draft is saved by a person")
    return ctx.actor.user_id
