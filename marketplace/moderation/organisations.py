"""Verification of an organisation is a case like any other: its zone looks at who it is before it may act."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from marketplace.accounts import vocabularies
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.organisations.services import return_organisation, verify_organisation
from marketplace.accounts.roles import KINDS
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Words
from marketplace.core.i18n import Language, lazy_pgettext, speaking
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Consumer
from marketplace.moderation.cases import NewCase, close_case, open_case, waiting_case
from marketplace.moderation.models import PUBLISH, Case
from marketplace.moderation.subjects import OTHER, Change, Published, Reason, ReviewSubject

KIND = "organisation"
SUBMITTED = "organisation.submitted"
#: After these nothing is left to decide, whoever did it.
SETTLED = ("organisation.reopened", "organisation.verified", "organisation.returned")

RETURN_REASONS: dict[str, Words] = {
    "name_mismatch": _l("名称与登记证照不一致"),
    "code_mismatch": _l("统一社会信用代码与名称不对应"),
    "wrong_kind": _l("机构类型选择有误"),
    "outside_zone": _l("不在本示范区范围内"),
    "no_authority": _l("申请人未取得本单位授权"),
    "contact_missing": _l("联系方式缺失或无法联系"),
    "about_unfit": _l("简介含宣传用语或与主体不符"),
    OTHER: _l("其他原因，见意见"),
}
ABUSE_REASONS: dict[str, Words] = {
    "false_information": _l("资料虚假"),
    "impersonation": _l("冒用其他单位名义"),
    "misconduct": _l("服务中存在欺诈或骚扰"),
    "unlawful": _l("内容违法"),
    "personal_data": _l("泄露个人信息"),
    OTHER: _l("其他问题"),
}


def organisation_subject(url: Callable[[str], str]) -> ReviewSubject:
    """The announcement. `url` gives the public page of an organisation."""
    return ReviewSubject(
        kind=KIND,
        label=lazy_pgettext("审核对象", "机构核验"),
        changes=_changes,
        publish=_verify,
        return_=_return,
        url=url,
        published=_published,
        warnings=_warnings,
        return_reasons=_reasons(RETURN_REASONS),
        abuse_reasons=_reasons(ABUSE_REASONS),
    )


def follow(ctx: Context, entries: Sequence[Entry]) -> None:
    """Open a case for each organisation that asks to be verified; close it when the question is gone."""
    for entry in entries:
        if entry.kind == SUBMITTED:
            _open(ctx, entry)
        else:
            close_case(ctx, KIND, entry.subject)


#: Runs in the same transaction as its cursor, so that each request opens exactly one case.
CONSUMER = Consumer("moderation.organisations", follow, (SUBMITTED, *SETTLED), transactional=True)


def _open(ctx: Context, entry: Entry) -> None:
    org = ctx.session.get(Organisation, entry.subject)
    if org is None or waiting_case(ctx, KIND, org.id, PUBLISH) is not None:
        return
    person = ctx.session.get(User, entry.actor)
    open_case(
        ctx,
        NewCase(
            kind=KIND,
            subject=org.id,
            zone_id=org.zone_id,
            org_id=org.id,
            title=org.name,
            submitted_by=person.id if person else "",
            submitted_at=entry.at,
        ),
    )


def _verify(ctx: Context, case: Case) -> None:
    verify_organisation(ctx, case.subject)


def _return(ctx: Context, case: Case, reasons: list[JSONObject], note: str) -> None:
    """The reasons reach the organisation as one text, in the language of the market."""
    with speaking("zh"):
        parts = [str(RETURN_REASONS[str(reason["code"])]) for reason in reasons if reason["code"] != OTHER]
    return_organisation(ctx, case.subject, "；".join([*parts, note] if note else parts))


def _published(ctx: Context, org_id: str) -> Published | None:
    org = find(ctx.session, Organisation, org_id)
    if org is None or not org.verified:
        return None
    return Published(title=org.name, zone_id=org.zone_id, org_id=org.id)


def _changes(ctx: Context, case: Case) -> Sequence[Change]:
    """What the organisation says of itself. Nothing of it was public before it is verified."""
    org = ctx.session.get_one(Organisation, case.subject)
    services = _("、").join(vocabularies.label(vocabularies.SERVICES, code) for code in org.services)
    rows = (
        ("name", _("名称"), org.name),
        ("credit_code", _("统一社会信用代码"), org.credit_code),
        ("kind", _("机构类型"), str(KINDS[org.kind])),
        ("zone", _("所在示范区"), org.zone.name),
        ("region", _("所在地区"), vocabularies.label(vocabularies.REGIONS, org.region) if org.region else ""),
        ("name_en", _("英文名称"), org.name_en),
        ("services", _("服务类型"), services),
        ("about", _("简介"), org.about),
        ("about_en", _("英文简介"), org.about_en),
        ("contact", _("联系方式"), org.contact),
    )
    return [Change(field, label, "", value) for field, label, value in rows]


def _warnings(ctx: Context, case: Case) -> Sequence[str]:
    org = ctx.session.get_one(Organisation, case.subject)
    found = []
    namesake = select(Organisation.id).where(Organisation.name == org.name, Organisation.id != org.id)
    if ctx.session.scalar(namesake) is not None:
        found.append(_("平台上已有同名机构，请核对信用代码"))
    # GB 32100: characters 3 to 8 of a credit code are the division of the registering authority.
    province, registered = org.region[:2], org.credit_code[2:4]
    if province and registered.isdigit() and registered not in {province, "00", "10"}:
        found.append(_("信用代码中的登记地与所在地区不在同一省份"))
    return found


def _reasons(words: dict[str, Words]) -> Callable[[Language], Sequence[Reason]]:
    """A list of reasons whose words are messages of this package."""

    def listed(language: Language) -> Sequence[Reason]:
        with speaking(language):
            return [Reason(code, str(label)) for code, label in words.items()]

    return listed
