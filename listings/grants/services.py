"""Commands that bring a grant before the unit: submit, recall, review, return, decide, withdraw."""

from dataclasses import asdict, dataclass
from datetime import date

from listings.achievements.models import PUBLISHED
from listings.achievements.texts import storable, tidy
from listings.decisions.record import APPROVED, DecisionRecord
from listings.decisions.services import record_decision
from listings.documents import keep_document
from listings.grants.content import from_json
from listings.grants.drafting import KIND, document_of, void_signatures
from listings.grants.facts import facts_about, least_share
from listings.grants.lifecycle import GRANT
from listings.grants.models import DECIDED, TEAM_AGREED, UNIT_REVIEW, RightsGrant
from listings.grants.policy import DECIDE, EDIT, REVIEW, WITHDRAW
from listings.grants.reach import grant_for
from listings.grants.rules import share_complaints, submission_complaints
from listings.notices.endings import end_notices
from listings.notices.terms import GRANT as GRANT_NOTICE
from listings.remarks import checked_note
from listings.unit_rules.content import RulesContent
from listings.unit_rules.content import from_json as rules_from_json
from listings.unit_rules.queries import rules_to_decide_by
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l

LONGEST_OPINION = 2_000
LONGEST_DOCUMENT = 80


@dataclass(frozen=True)
class Opinion:
    """The officer's opinion. `checked_on`: the day the legal status was looked up; `document`: of the secrecy review."""

    checked_on: date | None = None
    title: str = ""
    document: str = ""


def submit_grant(ctx: Context, grant_id: str, *, version: int | None = None) -> RightsGrant:
    """Put what the whole team has signed before the unit. `version` is the save that was looked at."""
    grant = grant_for(ctx, grant_id, EDIT)
    if grant.state == TEAM_AGREED:
        if version is not None and version != grant.version:
            raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
        _check_still_public(grant)
        errors = list(submission_complaints(from_json(grant.content), facts_about(ctx, grant.achievement)))
        if errors:
            raise Invalid(errors)
    GRANT.move(ctx, grant, "submit", {"version": grant.version, "content": grant.digest})
    grant.note = ""
    grant.submitted_at, grant.submitted_by = ctx.now, ctx.actor.person
    return grant


def recall_grant(ctx: Context, grant_id: str) -> RightsGrant:
    """Take a submission back before it is reviewed."""
    grant = grant_for(ctx, grant_id, EDIT)
    GRANT.move(ctx, grant, "recall", {"version": grant.version})
    grant.submitted_at, grant.submitted_by = None, None
    return grant


def review_grant(ctx: Context, grant_id: str, given: Opinion) -> RightsGrant:
    """The unit's officer has looked at title and secrecy: it may be decided about. Raises Invalid, Conflict."""
    grant = grant_for(ctx, grant_id, REVIEW)
    errors = list(_opinion_complaints(given, local_date(ctx.now)))
    if errors:
        raise Invalid(errors)
    _check_still_public(grant)
    GRANT.move(ctx, grant, "review", {"content": grant.digest, "document": tidy(given.document)})
    kept = asdict(given)
    kept["checked_on"] = given.checked_on.isoformat() if given.checked_on else None
    grant.review = {**kept, "title": tidy(given.title), "document": tidy(given.document)}
    grant.reviewed_at, grant.reviewed_by = ctx.now, ctx.actor.person
    return grant


def return_grant(ctx: Context, grant_id: str, note: str) -> RightsGrant:
    """The unit gives it back to be changed; the team will have to sign anew."""
    grant = grant_for(ctx, grant_id, REVIEW)
    words = checked_note(note)
    GRANT.move(ctx, grant, "return", {"version": grant.version})
    void_signatures(ctx, grant)
    grant.note = words
    grant.submitted_at, grant.submitted_by = None, None
    grant.review, grant.reviewed_at, grant.reviewed_by = {}, None, None
    return grant


def decide_grant(ctx: Context, grant_id: str, given: DecisionRecord) -> RightsGrant:
    """Record the collective decision about a reviewed grant, by somebody without a part in it.

    A title is given away without a price, so the highest body of the unit's rules in force decides. Approved, the
    grant is frozen: its document is kept by its digest. Raises Invalid with complaints named after the record's
    fields, and Conflict without rules, for those concerned, or when the grant does not wait for a decision.
    """
    grant = grant_for(ctx, grant_id, DECIDE)
    if grant.state != UNIT_REVIEW:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    move = GRANT.transition("decide" if given.result == APPROVED else "reject")
    move.guard(ctx, grant)  # before the decision is written down, so that nobody records their own
    _check_still_public(grant)
    rules = rules_to_decide_by(ctx, grant.holder_id)
    errors = list(_decision_complaints(ctx, grant, given, rules_from_json(rules.content)))
    if errors:
        raise Invalid(errors)
    decision = record_decision(ctx, KIND, grant.id, grant.holder_id, grant.zone_id, given)
    data: JSONObject = {
        "decision": decision.id,
        "content": grant.digest,
        "rules": rules.id,
        "resolution": decision.resolution,
    }
    GRANT.move(ctx, grant, move.name, data)
    grant.decision_id, grant.rules_id, grant.decided_at = decision.id, rules.id, ctx.now
    if grant.state == DECIDED:
        keep_document(document_of(grant))
    else:
        grant.ended_at = ctx.now
    return grant


def withdraw_grant(ctx: Context, grant_id: str, note: str) -> RightsGrant:
    """The unit gives a decided grant up before the agreement is signed, and with it its notice; the note stays out of the journal."""
    grant = grant_for(ctx, grant_id, WITHDRAW)
    words = checked_note(note)
    GRANT.move(ctx, grant, "withdraw", {"content": grant.digest, "decision": grant.decision_id})
    grant.note, grant.ended_at = words, ctx.now
    end_notices(ctx, GRANT_NOTICE, grant.id, "grant_withdrawn")
    return grant


def bodies_for(rules: RulesContent) -> tuple[str, ...]:
    """Who may decide about a grant: the body of the highest tier."""
    return tuple(tier.body for tier in rules.tiers[-1:])


def _decision_complaints(
    ctx: Context, grant: RightsGrant, given: DecisionRecord, rules: RulesContent
) -> list[FieldError]:
    bodies, errors = bodies_for(rules), []
    if given.body and given.body not in bodies:
        message = _l("赋权由%(body)s决定", body="、".join(bodies))
        errors.append(FieldError("body", "lower_tier", message))
    if given.held_on is not None and rules.adopted_on is not None and given.held_on < rules.adopted_on:
        errors.append(FieldError("held_on", "before_rules", _l("会议日期早于现行制度的通过日期")))
    if given.result == APPROVED:
        submitted = local_date(grant.submitted_at or ctx.now)
        least = least_share(ctx, grant.holder_id, grant.zone_id, submitted)
        errors += [
            FieldError("result", wrong.code, wrong.message)
            for wrong in share_complaints(from_json(grant.content), least)
        ]
    return errors


def _opinion_complaints(given: Opinion, today: date) -> list[FieldError]:
    errors = []
    if given.checked_on is None:
        errors.append(FieldError("checked_on", "required", _l("填写查询权利法律状态的日期")))
    elif given.checked_on > today:
        errors.append(FieldError("checked_on", "future", _l("日期不能晚于今天")))
    for name, limit, words in (
        ("title", LONGEST_OPINION, _l("写明权属和法律状态的核查结果")),
        ("document", LONGEST_DOCUMENT, _l("填写保密审查意见文号")),
    ):
        value = getattr(given, name)
        if not tidy(value) or not storable(value):
            errors.append(FieldError(name, "required", words))
        elif len(value) > limit:
            errors.append(FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit)))
    return errors


def _check_still_public(grant: RightsGrant) -> None:
    if grant.achievement.state != PUBLISHED:
        raise Conflict(_l("成果已下架，赋权不能继续"), code="not_published")
