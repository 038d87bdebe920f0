"""Commands that move a notice: hand in, recall, what follows from the zone's decision, start, amend, withdraw."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from listings.classification import codes
from listings.notices.clockwork import catch_up
from listings.notices.drafting import add_edition, refresh, said_by, wording_of
from listings.notices.lifecycle import NOTICE
from listings.notices.models import MARKET, PUBLIC, SAME, UNIT, Capture, Edition, Notice
from listings.notices.policy import EDIT, RUN
from listings.notices.profiles import Profile, profile_of
from listings.notices.reach import notice_for
from listings.notices.running import begin, stop
from listings.notices.sources import Basis, basis_from, same_matter, source_of
from listings.notices.text import lines_of, text_file
from listings.notices.wording import complaints
from listings.notices.zone_terms import least_for, rule_json
from marketplace.accounts.addresses import path_to, public_address
from marketplace.accounts.checks import Checks
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.period import Period
from marketplace.core.runtime import runtime
from marketplace.moderation.cases import NewCase, close_case, open_case
from marketplace.moderation.models import PUBLISH, Case

KIND = "notice"
LONGEST_WHY = 500
#: Reasons that follow from something else; nobody chooses them.
FOLLOWING = frozenset({"upheld", "plan_withdrawn", "plan_superseded", "grant_withdrawn"})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Amendment:
    """`why` is shown to the public. `subject`: what the notice is about from now on, empty for the same."""

    why: str
    subject: str = ""


@dataclass(frozen=True)
class End:
    """`reason` of `void_reasons`; `note` is shown to the public."""

    reason: str
    note: str = ""


def submit_notice(ctx: Context, notice_id: str, *, version: int | None = None) -> Notice:
    """Hand the edition in for verification: its text is fixed from here on. Raises Invalid, Conflict."""
    notice = notice_for(ctx, notice_id, EDIT)
    edition = notice.edition
    if version is not None and version != edition.version:
        raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
    basis = refresh(ctx, notice)
    profile = profile_of(notice.kind)
    least = least_for(ctx, notice.zone_id, notice.kind)
    missing = list(complaints(profile, basis, wording_of(edition), least))
    if missing:
        raise Invalid(missing)
    edition.zone_term = least.rule
    lines = lines_of(profile, notice.number, notice.n, said_by(edition), edition.amount)
    store = runtime().files
    edition.text = store.put(text_file(lines)).digest
    edition.profile = store.put(profile.file()).digest
    edition.submitted_at, edition.submitted_by = ctx.now, ctx.actor.user_id
    notice.updated_at = ctx.now
    NOTICE.move(ctx, notice, "submit", {"text": edition.text})
    open_case(
        ctx,
        NewCase(
            kind=KIND,
            subject=notice.id,
            zone_id=notice.zone_id,
            title=notice.title,
            revision=notice.n,
            submitted_by=ctx.actor.user_id or "",
            org_id=notice.holder_id,
        ),
    )
    return notice


def recall_notice(ctx: Context, notice_id: str) -> Notice:
    """Take the edition back before it is decided."""
    notice = notice_for(ctx, notice_id, EDIT)
    NOTICE.move(ctx, notice, "recall")
    notice.edition.reasons, notice.edition.note = [], ""
    notice.updated_at = ctx.now
    close_case(ctx, KIND, notice.id, asks=PUBLISH)
    return notice


def approve(ctx: Context, case: Case) -> None:
    """The zone has verified the edition: the unit may show it."""
    notice = ctx.session.get_one(Notice, case.subject)
    NOTICE.move(ctx, notice, "approve", {"text": notice.edition.text})
    notice.edition.approved_at = notice.updated_at = ctx.now


def return_notice(ctx: Context, case: Case, reasons: list[JSONObject], note: str) -> None:
    """The zone asks for changes."""
    notice = ctx.session.get_one(Notice, case.subject)
    codes_given = [reason["code"] for reason in reasons]
    NOTICE.move(ctx, notice, "return", {"reasons": codes_given})
    notice.edition.reasons, notice.edition.note = reasons, note
    notice.updated_at = ctx.now


def start(ctx: Context, notice: Notice, capture: Capture) -> Period:
    """Both channels show it from now on: the unit's by its capture, the market's by this very commit.

    The decision must have been taken on a day before (国发〔2016〕16号: the decision comes first), and what the notice says must
    still be what its source says.
    """
    edition = notice.edition
    basis = basis_from(edition.basis)
    if not same_matter(source_of(notice.kind).basis(ctx, notice.subject), basis):
        raise Conflict(_l("转化方案或决策在提交后有变化，请撤回公示并重新提交"), code="source_changed")
    wrong = _dates_wrong(ctx, basis)
    if wrong:
        raise Invalid(wrong)
    period = begin(ctx, notice, ctx.now)
    edition.started_at, edition.started_by = ctx.now, ctx.actor.user_id
    edition.middle_on = _drawn_day(period)
    notice.started_at = notice.updated_at = ctx.now
    notice.first_started_at = notice.first_started_at or ctx.now
    notice.visibility = PUBLIC
    NOTICE.move(ctx, notice, "start", _start_facts(notice, basis, capture, period))
    return period


def amend(ctx: Context, notice_id: str, given: Amendment) -> Notice:
    """Give the edition that is shown up, and begin the next one: its period will start from zero."""
    notice = notice_for(ctx, notice_id, RUN)
    catch_up(ctx, notice)
    checks = Checks()
    why = checks.text("why", given.why, LONGEST_WHY, _l("填写更正的原因，将向公众显示"))
    checks.settle()
    subject = given.subject or notice.subject
    basis = source_of(notice.kind).basis(ctx, subject)
    if basis.holder_id != notice.holder_id:
        raise NotFound
    NOTICE.move(ctx, notice, "amend", {"edition": notice.n + 1})
    begin_next(ctx, notice, basis, why, subject)
    return notice


def begin_next(ctx: Context, notice: Notice, basis: Basis, why: str, subject: str = "") -> None:
    """The next edition takes the place of the one that counted."""
    stop(notice, ctx.now)
    notice.subject = subject or notice.subject
    notice.started_at = notice.expired_at = None
    add_edition(ctx, notice, basis, why=why)
    notice.related, notice.title = basis.related, basis.title[:200]
    notice.updated_at = ctx.now


def withdraw_notice(ctx: Context, notice_id: str, given: End) -> Notice:
    """Give the notice up for good; its page stays and says why."""
    notice = notice_for(ctx, notice_id, RUN)
    catch_up(ctx, notice)
    checks = Checks()
    if given.reason not in codes("void_reasons") or given.reason in FOLLOWING:
        checks.complain("reason", "unknown_code", _l("选择撤回原因"))
    note = checks.text("note", given.note, LONGEST_WHY)
    checks.settle()
    NOTICE.move(ctx, notice, "withdraw", {"reason": given.reason})
    ended(ctx, notice, given.reason, note)
    close_case(ctx, KIND, notice.id, asks=PUBLISH)
    return notice


def ended(ctx: Context, notice: Notice, reason: str, note: str) -> None:
    """What is kept of a notice that is void."""
    stop(notice, ctx.now)
    notice.edition.ended_at = notice.updated_at = ctx.now
    notice.void_reason, notice.void_note = reason, note


def page_address(notice: Notice) -> str:
    """Where the public finds the notice."""
    return public_address(path_to("notices.page", notice_id=notice.id))


def term_facts(edition: Edition, profile: Profile) -> JSONObject:
    """How long the edition lasts, and the zone's rule it was handed in under, when there was one."""
    facts: JSONObject = {"name": profile.term.name, "amount": edition.amount, "unit": edition.unit}
    return facts if edition.zone_term is None else {**facts, "zone": rule_json(edition.zone_term)}


def _dates_wrong(ctx: Context, basis: Basis) -> list[FieldError]:
    """Decision and objection procedure come first: on a day before the notice starts (国发〔2016〕16号)."""
    today, wrong = local_date(ctx.now), []
    if basis.decision is not None and basis.decision.held_on >= today:
        words = _l("集体决策应当在公示开始之前作出，最早次日开始公示")
        wrong.append(FieldError("decision", "not_before", words))
    if basis.rules is not None and basis.rules.published_on > today:
        wrong.append(FieldError("objection", "not_before", _l("异议处理办法应当在公示之前公布")))
    return wrong


def _drawn_day(period: Period) -> date:
    """A day between the first and the last, which nobody can know before: the unit's channel is looked at then."""
    between = max(1, (period.last_date - period.start).days - 1)
    return period.start + (1 + secrets.randbelow(between)) * _DAY


def _start_facts(notice: Notice, basis: Basis, capture: Capture, period: Period) -> JSONObject:
    edition, profile = notice.edition, profile_of(notice.kind)
    decision, rules = basis.decision, basis.rules
    if decision is None or rules is None:
        raise Conflict(_l("还没有集体决策记录或异议处理办法"), code="incomplete")
    facts: JSONObject = {
        "number": notice.number,
        "kind": notice.kind,
        "text": edition.text,
        "profile": {"name": profile.kind, "edition": profile.edition, "digest": edition.profile},
        "fields": [name for name, text in said_by(edition).items() if text],
        "buyer": basis.buyer,
        "mode": basis.mode,
        "channels": {MARKET: page_address(notice), UNIT: edition.unit_url},
        "term": term_facts(edition, profile),
        "decision": {
            "id": decision.id,
            "resolution": decision.resolution,
            "held_on": decision.held_on.isoformat(),
            "minutes": decision.minutes,
        },
        "objection_procedure": {
            "id": rules.id,
            "published_on": rules.published_on.isoformat(),
            "digest": rules.digest,
        },
        "related": basis.related,
        "capture": capture.digest,
        "captured_at": capture.taken_at.isoformat(),
        "seen": SAME,
        "end": period.end.isoformat(),
    }
    return facts if basis.price_fen is None else {**facts, "price_fen": basis.price_fen}
