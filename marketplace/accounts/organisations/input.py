"""What is typed about an organisation, and the rules for it."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from marketplace.accounts import vocabularies
from marketplace.accounts.checks import Checks
from marketplace.accounts.models import Organisation, Zone
from marketplace.accounts.roles import AGENCY, KINDS, ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.credit_code import CreditCodeError, parse_credit_code
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lookup import find

NAME, NAME_EN, ABOUT, CONTACT = 100, 200, 5_000, 200
REASON = 2_000


@dataclass(frozen=True)
class Profile:
    """What an organisation says of itself. `region` and `services` are codes of the vocabularies of that name.

    `name` and `credit_code` can be edited only while the organisation is not verified.
    """

    name: str
    credit_code: str
    name_en: str = ""
    region: str = ""
    about: str = ""
    about_en: str = ""
    contact: str = ""
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewOrganisation(Profile):
    """A profile with what is settled once: the kind of organisation and the zone that verifies it."""

    kind: str = ""
    zone_id: str = ""


def checked_profile(ctx: Context, data: Profile, kind: str, org_id: str | None = None) -> Profile:
    """The profile as it will be kept. `org_id` is the organisation it belongs to already. Raises Invalid."""
    checks = Checks()
    clean = _profile(checks, data, kind)
    _check_unused(ctx, checks, clean.credit_code, org_id)
    checks.settle()
    return clean


def checked_new(ctx: Context, data: NewOrganisation) -> NewOrganisation:
    """A new organisation as it will be kept. Raises Invalid."""
    checks = Checks()
    if data.kind not in KINDS or (data.kind == ZONE_AUTHORITY and not ctx.actor.system):
        checks.complain("kind", "choice", _l("选择机构类型"))
    if find(ctx.session, Zone, data.zone_id) is None:
        checks.complain("zone_id", "choice", _l("选择所在示范区"))
    clean = _profile(checks, data, data.kind)
    _check_unused(ctx, checks, clean.credit_code, None)
    checks.settle()
    return replace(data, **vars(clean))


def _profile(checks: Checks, data: Profile, kind: str) -> Profile:
    profile = Profile(
        name=checks.line("name", data.name, NAME, missing=_l("填写营业执照或法人证书上的全称")),
        credit_code=_credit_code(checks, data.credit_code),
        name_en=checks.line("name_en", data.name_en, NAME_EN),
        region=data.region,
        about=checks.text("about", data.about, ABOUT),
        about_en=checks.text("about_en", data.about_en, ABOUT),
        contact=checks.line("contact", data.contact, CONTACT),
        services=tuple(dict.fromkeys(data.services)) if kind == AGENCY else (),
    )
    checks.impersonal("about", profile.about)
    checks.impersonal("about_en", profile.about_en)
    checks.impersonal("contact", profile.contact)
    if data.region and not vocabularies.known(vocabularies.REGIONS, data.region):
        checks.complain("region", "choice", _l("从列表中选择所在地区"))
    if any(not vocabularies.known(vocabularies.SERVICES, code) for code in profile.services):
        checks.complain("services", "choice", _l("从列表中选择服务类型"))
    return profile


def _credit_code(checks: Checks, typed: str) -> str:
    if not typed.strip():
        checks.complain("credit_code", "missing", _l("填写统一社会信用代码，营业执照或法人证书上有"))
        return ""
    try:
        return parse_credit_code(typed)
    except CreditCodeError as error:
        checks.complain("credit_code", error.code, error.message)
        return ""


def _check_unused(ctx: Context, checks: Checks, credit_code: str, org_id: str | None) -> None:
    if not credit_code:
        return
    other = ctx.session.scalar(select(Organisation).where(Organisation.credit_code == credit_code))
    if other is not None and other.id != org_id:
        checks.complain("credit_code", "duplicate", _taken(other))


def _taken(other: Organisation) -> Words:
    """Only what everybody may know about the other organisation."""
    if other.verified:
        return _l(
            "%(name)s已经用这个代码注册。如果是贵单位，请联系单位管理员邀请你加入，不必重复注册",
            name=other.name,
        )
    return _l("这个代码已经注册，正在等待核验。如果不是贵单位同事所为，请联系示范区管理机构")
