"""The people most tests are about: a zone, its authority, two universities, a firm and an agency. All fictional."""

from dataclasses import dataclass, fields
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import VERIFIED, Membership, Organisation, User, Zone
from marketplace.accounts.roles import AGENCY, FIRM, UNIVERSITY, ZONE_AUTHORITY
from marketplace.core.context import SYSTEM, Actor
from marketplace.core.uow import unit_of_work

PASSWORD = "清江晚渡 4417 brass"
ZONE = "zon_00000000000000000001"


@dataclass(frozen=True)
class Member:
    """A person with one membership, and the actor they are."""

    email: str
    name: str
    actor: Actor

    @property
    def user_id(self) -> str:
        return str(self.actor.user_id)

    @property
    def org_id(self) -> str:
        return str(self.actor.org_id)


@dataclass(frozen=True)
class Cast:
    """Who plays. Every organisation is verified in the one zone."""

    inventor: Member
    tto_officer: Member
    secrecy_officer: Member
    unit_admin: Member
    other_tto_officer: Member
    firm_agent: Member
    broker: Member
    moderator: Member
    second_moderator: Member
    zone_admin: Member
    supervisor: Member
    zone_id: str = ZONE

    @property
    def members(self) -> dict[str, Member]:
        """Every member by the name of their part."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name != "zone_id"}


ORGANISATIONS = {
    "university": (UNIVERSITY, "云岫大学", "91000000MA00000011"),
    "other_university": (UNIVERSITY, "南屏理工大学", "91000000MA00000022"),
    "firm": (FIRM, "拾光储能有限公司", "91000000MA00000033"),
    "agency": (AGENCY, "青禾技术转移中心", "91000000MA00000044"),
    "authority": (ZONE_AUTHORITY, "云岫示范区管理局", "91000000MA00000055"),
}
PARTS = {
    "inventor": ("university", "沈禾", "inventor"),
    "tto_officer": ("university", "陆望舒", "tto_officer"),
    "secrecy_officer": ("university", "顾闻笛", "secrecy_officer"),
    "unit_admin": ("university", "江临", "unit_admin"),
    "other_tto_officer": ("other_university", "叶知秋", "tto_officer"),
    "firm_agent": ("firm", "程砚", "firm_agent"),
    "broker": ("agency", "宋时雨", "broker"),
    "moderator": ("authority", "纪明远", "moderator"),
    "second_moderator": ("authority", "白清和", "moderator"),
    "zone_admin": ("authority", "秦越", "zone_admin"),
    "supervisor": ("authority", "方正则", "supervisor"),
}


def known_cast() -> Cast:
    """The cast, known without a database: its ids never change."""
    return Cast(**{part: _member(part) for part in PARTS})


def settle(app: Flask) -> None:
    """Write the cast into a database that holds the schema only."""
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        ctx.session.add(
            Zone(id=ZONE, slug="yunxiu", name="云岫示范区", name_en="Yunxiu Zone", region="330000")
        )
        ctx.session.flush()
        for key in ORGANISATIONS:
            _add_organisation(ctx.session, key, ctx.now)
        ctx.session.flush()
        for part in PARTS:
            _add_member(ctx.session, part, ctx.now)


def _member(part: str) -> Member:
    organisation, name, role = PARTS[part]
    kind = ORGANISATIONS[organisation][0]
    actor = Actor(
        user_id=_id("usr", list(PARTS).index(part)),
        org_id=_organisation_id(organisation),
        org_kind=kind,
        org_verified=True,
        zone_id=ZONE if kind == ZONE_AUTHORITY else None,
        roles=frozenset({role}),
    )
    return Member(f"{part}@{organisation.replace('_', '-')}.example", name, actor)


def _add_organisation(session: Session, key: str, now: datetime) -> None:
    kind, name, code = ORGANISATIONS[key]
    session.add(
        Organisation(
            id=_organisation_id(key),
            kind=kind,
            name=name,
            credit_code=code,
            zone_id=ZONE,
            state=VERIFIED,
            created_at=now,
            verified_at=now,
        )
    )


def _add_member(session: Session, part: str, now: datetime) -> None:
    member = _member(part)
    user = User(
        id=member.user_id,
        email=member.email,
        name=member.name,
        password="",
        created_at=now,
        email_confirmed_at=now,
        acting_org_id=member.org_id,
    )
    session.add(user)
    session.flush()
    session.add(
        Membership(user_id=member.user_id, org_id=member.org_id, roles=sorted(member.actor.roles), since=now)
    )


def _organisation_id(key: str) -> str:
    return _id("org", list(ORGANISATIONS).index(key))


def _id(prefix: str, number: int) -> str:
    return f"{prefix}_{number + 1:020d}"
