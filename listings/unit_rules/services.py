"""Commands about a unit's rules: save the draft, publish it."""

from sqlalchemy import func, select

from listings.documents import keep_document
from listings.unit_rules.content import RulesContent, from_json, to_json
from listings.unit_rules.lifecycle import RULES
from listings.unit_rules.models import UnitRules
from listings.unit_rules.policy import EDIT
from listings.unit_rules.queries import draft_of, rules_in_force
from listings.unit_rules.rules import publication_complaints, shape_complaints
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.policy import require


def current_text(ctx: Context, org_id: str) -> tuple[RulesContent, int]:
    """What an editor begins from, and its version: the draft, else the text in force as version 0, else nothing."""
    draft = draft_of(ctx, org_id)
    if draft is not None:
        return from_json(draft.content), draft.version
    in_force = rules_in_force(ctx, org_id)
    return (from_json(in_force.content) if in_force else RulesContent()), 0


def save_rules(ctx: Context, changes: JSONObject, *, version: int | None = None) -> UnitRules:
    """Put `changes` (content fields in JSON shape) into the acting unit's draft, which is begun if there is none.

    `version` is the save the editor began from, 0 for none. Raises Invalid, and Conflict when another was faster.
    """
    require(ctx, EDIT, None)
    org_id, person = _unit_and_person(ctx)
    before, known = current_text(ctx, org_id)
    if version is not None and version != known:
        raise Conflict(_l("这份草稿在你编辑期间被保存过，请核对差异后再保存"), code="stale")
    content = from_json({**to_json(before), **changes})
    errors = list(shape_complaints(content))
    if errors:
        raise Invalid(errors)
    draft = draft_of(ctx, org_id) or _begin(ctx, org_id, person)
    draft.content = to_json(content)
    draft.version = known + 1
    draft.saved_at, draft.saved_by = ctx.now, person
    return draft


def publish_rules(ctx: Context, *, version: int | None = None) -> UnitRules:
    """Put the acting unit's draft into force, in place of the edition before. `version` is the save that was looked at.

    From now on it is public (国发〔2016〕16号: the objection procedure must be), and its text is kept by its digest.
    """
    require(ctx, EDIT, None)
    org_id, person = _unit_and_person(ctx)
    draft = draft_of(ctx, org_id)
    if draft is None:
        raise Conflict(_l("没有待发布的草稿"), code="nothing_to_publish")
    if version is not None and version != draft.version:
        raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
    content = from_json(draft.content)
    errors = list(publication_complaints(content, local_date(ctx.now)))
    if errors:
        raise Invalid(errors)
    before = rules_in_force(ctx, org_id)
    draft.digest = keep_document(to_json(content))
    draft.published_at, draft.published_by = ctx.now, person
    if before is not None:
        before.superseded_at = ctx.now
        RULES.move(ctx, before, "supersede", {"edition": before.edition, "by": draft.id})
    RULES.move(
        ctx, draft, "publish", {"organisation": org_id, "edition": draft.edition, "digest": draft.digest}
    )
    return draft


def _begin(ctx: Context, org_id: str, person: str) -> UnitRules:
    last = ctx.session.scalar(select(func.max(UnitRules.edition)).where(UnitRules.org_id == org_id))
    made = UnitRules(
        id=new_id("rul", ctx.now),
        org_id=org_id,
        edition=(last or 0) + 1,
        content=to_json(RulesContent()),
        saved_at=ctx.now,
        saved_by=person,
    )
    RULES.begin(ctx, made)
    ctx.session.add(made)
    return made


def _unit_and_person(ctx: Context) -> tuple[str, str]:
    if ctx.actor.org_id is None or ctx.actor.user_id is None:
        raise ValueError("rules are made by a person acting for a unit")
    return ctx.actor.org_id, ctx.actor.user_id
