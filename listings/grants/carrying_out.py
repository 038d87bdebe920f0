"""What follows a decided and noticed grant: the agreement, the change of title, its registration, the end."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from listings.achievements.texts import storable, tidy
from listings.classification import codes
from listings.decisions.record import Minutes
from listings.documents import digest_of
from listings.grants.content import OWNERSHIP, USE_RIGHT, GrantContent, from_json
from listings.grants.lifecycle import GRANT
from listings.grants.models import AGREEMENT_SIGNED, EFFECTIVE, TITLE_CHANGE_FILED, RightsGrant
from listings.grants.notice_source import deal_of
from listings.grants.policy import CARRY_OUT, END
from listings.grants.queries import certified_notice
from listings.grants.reach import grant_for
from listings.grants.terms import REGISTERED_KINDS
from listings.grants.terms import USE_RIGHT as USE_TERM
from listings.notices.certificates import require_certificate
from listings.notices.models import Certificate
from listings.remarks import checked_note
from listings.rights import ListedRight
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l

LONGEST = {"number": 80, "decision_mechanism": 2_000, "cost_sharing": 2_000, "ip_fees": 2_000}
LONGEST_DOCUMENT = 80
_WORDS = {
    "number": _l("填写协议编号"),
    "decision_mechanism": _l("写明转化决策机制"),
    "cost_sharing": _l("写明费用分担"),
    "ip_fees": _l("写明知识产权维护费用由谁承担"),
}


@dataclass(frozen=True)
class Agreement:
    """The written agreement between unit and completers (国科发区〔2020〕128号). `deal_mandate`: who signs deals for all.

    Option, shares, term and part of the income are those decided and noticed; they are not typed again.
    """

    number: str = ""
    signed_on: date | None = None
    decision_mechanism: str = ""
    cost_sharing: str = ""
    ip_fees: str = ""
    deal_mandate: str = ""
    paper: Minutes | None = None


@dataclass(frozen=True)
class Step:
    """A filing or registration of one right: its number, the day, the number of the receipt or notification."""

    right: str = ""
    day: date | None = None
    document: str = ""


@dataclass(frozen=True)
class End:
    """`reason` of `grant_end_reasons`; `note` for those concerned."""

    reason: str = ""
    note: str = ""


def sign_agreement(ctx: Context, grant_id: str, given: Agreement) -> RightsGrant:
    """Take the signed agreement down. Raises Conflict without a completed notice of exactly this grant, Invalid."""
    grant = grant_for(ctx, grant_id, CARRY_OUT)
    GRANT.catch_up(ctx, grant)
    certificate = required_certificate(ctx, grant)
    errors = list(_agreement_complaints(given, local_date(certificate.issued_at), local_date(ctx.now)))
    if errors or given.signed_on is None or given.paper is None:
        raise Invalid(errors)
    kept = asdict(given)
    document: JSONObject = {
        **{name: tidy(kept[name]) for name in LONGEST},
        "signed_on": given.signed_on.isoformat(),
        "deal_mandate": given.deal_mandate,
        "paper": kept["paper"],
    }
    data: JSONObject = {
        "content": grant.digest,
        "certificate": certificate.number,
        "agreement": digest_of(document),
        "paper": given.paper.digest,
        "signed_on": given.signed_on.isoformat(),
        "deal_mandate": given.deal_mandate,
    }
    GRANT.move(ctx, grant, "sign", data)
    grant.agreement, grant.certificate_id = document, certificate.id
    grant.signed_on, grant.signed_at = given.signed_on, ctx.now
    return grant


def required_certificate(ctx: Context, grant: RightsGrant) -> Certificate:
    """The certificate of the completed notice about this grant. Raises Conflict without one."""
    notice = certified_notice(ctx, grant.id)
    if notice is None:
        raise Conflict(_l("赋权公示还没有完成，不能签订协议"), code="not_certified")
    return require_certificate(ctx, notice.id, deal_of(grant))


def file_title_change(ctx: Context, grant_id: str, given: Sequence[Step]) -> RightsGrant:
    """The change of title of every registered right was filed. Raises Conflict where no title changes, Invalid."""
    grant = grant_for(ctx, grant_id, CARRY_OUT)
    if not registered_rights(grant):
        raise Conflict(_l("这项赋权不需要办理权属变更登记"), code="no_title_change")
    steps = _settled(grant, given, "filings", grant.signed_on, local_date(ctx.now))
    GRANT.move(ctx, grant, "file", {"filings": steps["rights"]})
    grant.filings, grant.filed_at = steps, ctx.now
    return grant


def take_effect(ctx: Context, grant_id: str, given: Sequence[Step] = ()) -> RightsGrant:
    """The grant has effect: with the last registration (专利法 art. 10), or with the agreement where none is needed."""
    grant = grant_for(ctx, grant_id, CARRY_OUT)
    GRANT.catch_up(ctx, grant)
    if registered_rights(grant):
        if grant.state == AGREEMENT_SIGNED:
            raise Conflict(_l("先登记权属变更的申请"), code="not_filed")
        steps = _settled(grant, given, "registrations", grant.signed_on, local_date(ctx.now))
        on = max(step.day for step in given if step.day is not None)
    else:
        steps, on = {"rights": []}, grant.signed_on or local_date(ctx.now)
    content = from_json(grant.content)
    data: JSONObject = {"on": on.isoformat(), "content": grant.digest, "registrations": steps["rights"]}
    GRANT.move(ctx, grant, "take_effect", data)
    grant.registrations, grant.effective_on, grant.effective_at = steps, on, ctx.now
    if content.option == USE_RIGHT:
        grant.ends_at = USE_TERM.tightened(content.use_years or USE_TERM.amount).run(on, ctx.calendar).end
    GRANT.arm(ctx, grant)
    return grant


def end_grant(ctx: Context, grant_id: str, given: End) -> RightsGrant:
    """End it before its time: by agreement it terminates, otherwise the unit revokes what has effect."""
    grant = grant_for(ctx, grant_id, END)
    if given.reason not in codes("grant_end_reasons"):
        raise Invalid([FieldError("reason", "unknown_code", _l("选择终止原因"))])
    words = checked_note(given.note)
    GRANT.catch_up(ctx, grant)
    move = "revoke" if given.reason != "agreed" and grant.state == EFFECTIVE else "terminate"
    GRANT.move(ctx, grant, move, {"reason": given.reason})
    grant.end_reason, grant.note, grant.ended_at = given.reason, words, ctx.now
    return grant


def registered_rights(grant: RightsGrant) -> list[ListedRight]:
    """The rights whose title changes on registration: none unless a share of the title is granted."""
    content: GrantContent = from_json(grant.content)
    if content.option != OWNERSHIP:
        return []
    return [right for right in content.rights if right.kind in REGISTERED_KINDS]


def can_take_effect(grant: RightsGrant) -> bool:
    return grant.state == (TITLE_CHANGE_FILED if registered_rights(grant) else AGREEMENT_SIGNED)


def _agreement_complaints(given: Agreement, certified: date, today: date) -> Iterator[FieldError]:
    for name, words in _WORDS.items():
        value = getattr(given, name)
        if not tidy(value) or not storable(value):
            yield FieldError(name, "required", words)
        elif len(value) > LONGEST[name]:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST[name]))
    if given.deal_mandate not in codes("deal_mandates"):
        yield FieldError("deal_mandate", "required", _l("选择由谁签订转化合同"))
    if given.paper is None:
        yield FieldError("paper", "required", _l("上传签订的协议"))
    if given.signed_on is None:
        yield FieldError("signed_on", "required", _l("填写签订日期"))
    elif given.signed_on > today:
        yield FieldError("signed_on", "future", _l("日期不能晚于今天"))
    elif given.signed_on < certified:
        message = _l("协议应在公示完成（%(day)s）之后签订", day=certified.isoformat())
        yield FieldError("signed_on", "before_certificate", message)


def _settled(
    grant: RightsGrant, given: Sequence[Step], name: str, earliest: date | None, today: date
) -> JSONObject:
    """Every registered right with its day and document, as kept. Raises Invalid with what is missing."""
    wanted = [right.number for right in registered_rights(grant)]
    said = {step.right: (place, step) for place, step in enumerate(given)}
    errors: list[FieldError] = []
    kept: list[JSONObject] = []
    for number in wanted:
        place, step = said.get(number, (len(kept), Step(number)))
        errors += _step_complaints(f"{name}.{place}", step, earliest, today)
        if step.day is not None:
            kept.append({"right": number, "on": step.day.isoformat(), "document": tidy(step.document)})
    if errors:
        raise Invalid(errors)
    return {"rights": [*kept]}


def _step_complaints(where: str, step: Step, earliest: date | None, today: date) -> Iterator[FieldError]:
    if step.day is None:
        yield FieldError(f"{where}.day", "required", _l("填写日期"))
    elif step.day > today:
        yield FieldError(f"{where}.day", "future", _l("日期不能晚于今天"))
    elif earliest is not None and step.day < earliest:
        yield FieldError(f"{where}.day", "before_agreement", _l("不早于协议签订之日"))
    if not tidy(step.document) or len(step.document) > LONGEST_DOCUMENT or not storable(step.document):
        yield FieldError(f"{where}.document", "required", _l("填写回执或通知书编号"))
