"""Commands that move an achievement: submit, recall, withdraw, and what follows from a moderator's decision."""

from dataclasses import dataclass

from listings.achievements.content import content_digest, from_json
from listings.achievements.drafting import copy_for_lists
from listings.achievements.lifecycle import PUBLICATION, REVIEW
from listings.achievements.models import (
    PUBLISHED,
    SUPERSEDED,
    WITHDRAWN,
    Achievement,
    ConfidentialAccess,
    Revision,
)
from listings.achievements.policy import GRANT_ACCESS, READ_CONFIDENTIAL, SUBMIT, WITHDRAW
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.rules import submission_complaints
from listings.achievements.secrecy import DRAFTABLE, SECURITY_REVIEW
from listings.classification import codes
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.moderation.cases import NewCase, close_case, open_case
from marketplace.moderation.models import Case

KIND = "achievement"


@dataclass(frozen=True)
class Submission:
    """What the submitter states: the number of the unit's secrecy review of exactly this text, and that it is true."""

    review_document: str
    confirmed: bool


@dataclass(frozen=True)
class Withdrawal:
    """`reason` of `withdrawal_reasons`; `note` is shown on the tombstone."""

    reason: str
    note: str = ""


def submit(ctx: Context, achievement_id: str, given: Submission) -> Revision:
    """Hand the working revision to the zone for review."""
    achievement = achievement_for(ctx, achievement_id, SUBMIT)
    revision = working_revision(achievement)
    if revision is None:
        raise Conflict(_l("没有待提交的修改"), code="nothing_to_submit")
    if achievement.clearance not in DRAFTABLE:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    content = from_json(revision.content)
    errors = [*submission_complaints(content), *_statement_complaints(given)]
    errors += [FieldError(name, "not_understood", _l("修改或清空这一项")) for name in revision.typed]
    if errors:
        raise Invalid(errors)
    digest = content_digest(content)
    data: JSONObject = {
        "revision": revision.n,
        "content": digest,
        "review_document": given.review_document.strip(),
    }
    REVIEW.move(ctx, revision, "submit", data, subject=achievement)
    revision.digest = digest
    revision.submitted_at, revision.submitted_by = ctx.now, ctx.actor.user_id
    _settle(ctx, achievement, revision)
    open_case(
        ctx,
        NewCase(
            kind=KIND,
            subject=achievement.id,
            zone_id=achievement.zone_id,
            title=content.title,
            revision=revision.n,
            submitted_by=revision.submitted_by or "",
            org_id=achievement.holder_id,
            needs=_approvals(achievement),
        ),
    )
    return revision


def recall(ctx: Context, achievement_id: str) -> Revision:
    """Take a submission back before it is decided."""
    achievement = achievement_for(ctx, achievement_id, SUBMIT)
    revision = _in_review(achievement)
    REVIEW.move(ctx, revision, "recall", {"revision": revision.n}, subject=achievement)
    _settle(ctx, achievement, revision)
    close_case(ctx, KIND, achievement.id)
    return revision


def withdraw(ctx: Context, achievement_id: str, given: Withdrawal) -> Achievement:
    """Take a publication down for good; the page stays and says when and why."""
    achievement = achievement_for(ctx, achievement_id, WITHDRAW)
    if given.reason not in codes("withdrawal_reasons"):
        raise Invalid([FieldError("reason", "unknown_code", _l("选择下架原因"))])
    if len(given.note) > 500:
        raise Invalid([FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=500))])
    _end(ctx, achievement, "withdraw", given)
    return achievement


def grant_access(ctx: Context, achievement_id: str, credit_code_holder: str, agreement: str) -> None:
    """Record that an organisation signed a confidentiality agreement, so it may read what is kept under it."""
    achievement = achievement_for(ctx, achievement_id, GRANT_ACCESS)
    org = (
        ctx.session.query(Organisation)
        .filter_by(credit_code=credit_code_holder.strip().upper())
        .one_or_none()
    )
    errors = []
    if org is None:
        errors.append(FieldError("credit_code", "unknown", _l("平台上没有这个统一社会信用代码的单位")))
    if not agreement.strip() or len(agreement) > 80:
        errors.append(FieldError("agreement", "required", _l("填写保密协议编号，不超过 80 个字")))
    if errors or org is None:
        raise Invalid(errors)
    if ctx.session.get(ConfidentialAccess, (achievement.id, org.id)):
        return
    ctx.session.add(
        ConfidentialAccess(
            achievement_id=achievement.id,
            org_id=org.id,
            agreement=agreement.strip(),
            granted_by=ctx.actor.user_id,
            granted_at=ctx.now,
        )
    )
    record(
        ctx,
        "achievement.access_granted",
        achievement.id,
        {"organisation": org.id, "agreement": agreement.strip()},
    )


def view_confidential(ctx: Context, achievement_id: str) -> Achievement:
    """Open what is kept under a confidentiality agreement; every view is journalled."""
    achievement = achievement_for(ctx, achievement_id, READ_CONFIDENTIAL)
    own = ctx.actor.org_id == achievement.holder_id
    if not own and ctx.session.get(ConfidentialAccess, (achievement.id, ctx.actor.org_id)) is None:
        raise Forbidden(READ_CONFIDENTIAL.name, _l("查看保密内容须先与持有单位签署保密协议"))
    record(ctx, "achievement.confidential_viewed", achievement.id, {"organisation": ctx.actor.org_id})
    return achievement


def publish(ctx: Context, case: Case) -> None:
    """The zone publishes the reviewed revision in place of the public one."""
    achievement, revision = _decided(ctx, case)
    before = public_revision(achievement)
    if before is not None:
        before.state = SUPERSEDED
    content = from_json(revision.content)
    data: JSONObject = {"revision": revision.n, "content": revision.digest, "case": case.id}
    data["files"] = [file.digest for file in content.files]
    REVIEW.move(ctx, revision, "publish", data, subject=achievement)
    revision.decided_at = ctx.now
    achievement.published_n, achievement.working_n = revision.n, None
    achievement.published_at = achievement.published_at or ctx.now
    copy_for_lists(achievement, content)
    _settle(ctx, achievement, revision)


def return_(ctx: Context, case: Case, reasons: list[JSONObject], note: str) -> None:
    """The zone returns the revision with reasons: pairs of `code` (of `return_reasons`) and `field`, and a note."""
    achievement, revision = _decided(ctx, case)
    data: JSONObject = {"revision": revision.n, "case": case.id, "reasons": [r["code"] for r in reasons]}
    REVIEW.move(ctx, revision, "return", data, subject=achievement)
    revision.decided_at, revision.reasons, revision.note = ctx.now, reasons, note
    _settle(ctx, achievement, revision)


def take_down(ctx: Context, achievement_id: str, given: Withdrawal) -> None:
    """Two officers of the zone take a publication down; moderation has checked that they are two."""
    achievement = ctx.session.get(Achievement, achievement_id)
    if achievement is None:
        raise NotFound
    _end(ctx, achievement, "take_down", given)


def _end(ctx: Context, achievement: Achievement, move: str, given: Withdrawal) -> None:
    data: JSONObject = {"reason": given.reason, "revision": achievement.published_n}
    PUBLICATION.move(ctx, achievement, move, data)
    achievement.withdrawn_at = achievement.updated_at = ctx.now
    achievement.withdrawal_reason, achievement.withdrawal_note = given.reason, given.note.strip()
    if achievement.working_n is not None:
        close_case(ctx, KIND, achievement.id)
        achievement.working_n = None


def _statement_complaints(given: Submission) -> list[FieldError]:
    errors = []
    if not given.review_document.strip() or len(given.review_document) > 80:
        errors.append(
            FieldError("review_document", "required", _l("填写本单位保密审查的文号，不超过 80 个字"))
        )
    if not given.confirmed:
        errors.append(FieldError("confirmed", "required", _l("确认内容真实、已经本单位保密审查")))
    return errors


def _approvals(achievement: Achievement) -> tuple[str, ...]:
    """Whose agreement publication takes: a moderator, a second where the zone asks, the security officer where due."""
    needs = ["moderator", "moderator"] if achievement.zone.second_reviewer else ["moderator"]
    if achievement.clearance == SECURITY_REVIEW:
        needs.append("security_officer")
    return tuple(needs)


def _in_review(achievement: Achievement) -> Revision:
    revision = working_revision(achievement)
    if revision is None:
        raise Conflict(_l("没有在审核中的修改"), code="wrong_state")
    return revision


def _decided(ctx: Context, case: Case) -> tuple[Achievement, Revision]:
    achievement = ctx.session.get_one(Achievement, case.subject)
    revision = _in_review(achievement)
    if revision.n != case.revision:
        raise Conflict(_l("审核期间内容有变化，请重新打开"), code="stale")
    return achievement, revision


def _settle(ctx: Context, achievement: Achievement, revision: Revision) -> None:
    """What the world sees after a move of a revision."""
    achievement.updated_at = ctx.now
    if achievement.state != WITHDRAWN:
        achievement.state = PUBLISHED if achievement.published_n is not None else revision.state
