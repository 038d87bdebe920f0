"""Commands that move an achievement: submit, recall, withdraw, and what follows from a moderator's decision."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from listings.achievements.content import content_digest, from_json
from listings.achievements.drafting import copy_for_lists
from listings.achievements.lifecycle import PUBLICATION, REVIEW
from listings.achievements.models import (
    PUBLISHED,
    SUBMITTED,
    SUPERSEDED,
    WITHDRAWN,
    Achievement,
    ConfidentialAccess,
    Revision,
)
from listings.achievements.policy import GRANT_ACCESS, READ_CONFIDENTIAL, SUBMIT, WITHDRAW
from listings.achievements.queries import has_access
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.rules import submission_complaints
from listings.achievements.secrecy import DRAFTABLE, SECURITY_REVIEW
from listings.achievements.texts import storable
from listings.classification import codes
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.moderation.cases import NewCase, close_case, open_case
from marketplace.moderation.models import PUBLISH, Case

KIND = "achievement"
LONGEST_NUMBER = 80
LONGEST_NOTE = 500


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


def submit(ctx: Context, achievement_id: str, given: Submission, *, version: int | None = None) -> Revision:
    """Hand the working revision to the zone for review. `version` is the save that was looked at, if any was named."""
    achievement = achievement_for(ctx, achievement_id, SUBMIT)
    revision = working_revision(achievement)
    if revision is None:
        raise Conflict(_l("没有待提交的修改"), code="nothing_to_submit")
    if achievement.clearance not in DRAFTABLE:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    if version is not None and version != revision.version and revision.state != SUBMITTED:
        raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
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
    close_case(ctx, KIND, achievement.id, asks=PUBLISH)
    return revision


def withdraw(ctx: Context, achievement_id: str, given: Withdrawal) -> Achievement:
    """Take a publication down for good; the page stays and says when and why."""
    achievement = achievement_for(ctx, achievement_id, WITHDRAW)
    errors = list(_withdrawal_complaints(given))
    if errors:
        raise Invalid(errors)
    _end(ctx, achievement, "withdraw", given)
    return achievement


def grant_access(ctx: Context, achievement_id: str, credit_code: str, agreement: str) -> None:
    """Record that an organisation signed a confidentiality agreement, so it may read what is kept under it.

    `credit_code` names the organisation, `agreement` is the number of the agreement. Recording it twice is harmless.
    """
    achievement = achievement_for(ctx, achievement_id, GRANT_ACCESS)
    org = _organisation_with(ctx, credit_code)
    errors = []
    if org is None:
        errors.append(FieldError("credit_code", "unknown", _l("平台上没有这个统一社会信用代码的单位")))
    if not _is_number(agreement):
        message = _l("填写保密协议编号，不超过 %(limit)s 个字", limit=LONGEST_NUMBER)
        errors.append(FieldError("agreement", "required", message))
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


def view_confidential(ctx: Context, achievement_id: str, file: str | None = None) -> Achievement:
    """Open what is kept under a confidentiality agreement, or one `file` of it by its digest; every view is journalled."""
    achievement = achievement_for(ctx, achievement_id, READ_CONFIDENTIAL)
    if not has_access(ctx, achievement):
        raise Forbidden(READ_CONFIDENTIAL.name, _l("查看保密内容须先与持有单位签署保密协议"))
    data: JSONObject = {"organisation": ctx.actor.org_id}
    if file is not None:
        data["file"] = file
    record(ctx, "achievement.confidential_viewed", achievement.id, data)
    return achievement


def publish(ctx: Context, case: Case) -> None:
    """The zone publishes the reviewed revision in place of the public one."""
    achievement, revision = _decided(ctx, case)
    if achievement.clearance not in DRAFTABLE:
        raise Conflict(_l("持有单位重新自查后认为不能公开，请退回"), code="not_cleared")
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
    achievement.working_n = None
    close_case(ctx, KIND, achievement.id)


def _statement_complaints(given: Submission) -> list[FieldError]:
    errors = []
    if not _is_number(given.review_document):
        message = _l("填写本单位保密审查的文号，不超过 %(limit)s 个字", limit=LONGEST_NUMBER)
        errors.append(FieldError("review_document", "required", message))
    if not given.confirmed:
        errors.append(FieldError("confirmed", "required", _l("确认内容真实、已经本单位保密审查")))
    return errors


def _withdrawal_complaints(given: Withdrawal) -> Iterator[FieldError]:
    if given.reason not in codes("withdrawal_reasons"):
        yield FieldError("reason", "unknown_code", _l("选择下架原因"))
    if len(given.note) > LONGEST_NOTE:
        yield FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NOTE))
    if not storable(given.note):
        yield FieldError("note", "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))


def _is_number(text: str) -> bool:
    """Can this be the number of a document or an agreement?"""
    return bool(text.strip()) and len(text) <= LONGEST_NUMBER and storable(text)


def _organisation_with(ctx: Context, credit_code: str) -> Organisation | None:
    if not storable(credit_code):
        return None
    code = "".join(halfwidth(credit_code).split()).upper()
    found: Organisation | None = ctx.session.scalar(
        select(Organisation).where(Organisation.credit_code == code)
    )
    return found


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
