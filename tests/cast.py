"""The people most tests are about: a zone, its authority, two universities, three firms and an agency. All fictional."""

from dataclasses import dataclass, fields
from functools import cache

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.identity import actor_of
from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import Organisation, User, Zone
from marketplace.accounts.organisations.input import NewOrganisation
from marketplace.accounts.organisations.services import create_organisation, verify_organisation
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration
from marketplace.accounts.roles import AGENCY, FIRM, UNIVERSITY, ZONE_AUTHORITY
from marketplace.accounts.signin.services import register_user
from marketplace.accounts.zones.services import NewZone, create_zone
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.credit_code import check_character
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work

PASSWORD = "quiet lantern 4417"
ZONE = NewZone("yunxiu", "云岫示范区", "Yunxiu Zone", region="330000")


@dataclass(frozen=True)
class Member:
    """A person with one membership, and the actor they are. Their password is PASSWORD."""

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

    zone_id: str
    inventor: Member
    tto_officer: Member
    secrecy_officer: Member
    unit_admin: Member
    other_tto_officer: Member
    firm_agent: Member
    rival_agent: Member
    third_agent: Member
    broker: Member
    moderator: Member
    second_moderator: Member
    zone_admin: Member
    supervisor: Member
    settlement_clerk: Member
    settlement_checker: Member

    @property
    def members(self) -> dict[str, Member]:
        """Every member by the name of their part."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name != "zone_id"}


#: Kind, name and the first 17 characters of the credit code.
ORGANISATIONS = {
    "university": (UNIVERSITY, "云岫大学", "12100000400000011"),
    "other-university": (UNIVERSITY, "南屏理工大学", "12100000400000022"),
    "firm": (FIRM, "拾光储能有限公司", "91330100MA0000033"),
    "rival": (FIRM, "澄江材料有限公司", "91330100MA0000088"),
    "third": (FIRM, "望川仪器有限公司", "91330100MA0000099"),
    "agency": (AGENCY, "青禾技术转移中心", "91330100MA0000044"),
    "authority": (ZONE_AUTHORITY, "云岫示范区管理局", "11330000000000055"),
}
#: Organisation, name and role.
PARTS = {
    "inventor": ("university", "沈禾", "inventor"),
    "tto_officer": ("university", "陆望舒", "tto_officer"),
    "secrecy_officer": ("university", "顾闻笛", "secrecy_officer"),
    "unit_admin": ("university", "江临", "unit_admin"),
    "other_tto_officer": ("other-university", "叶知秋", "tto_officer"),
    "firm_agent": ("firm", "程砚", "firm_agent"),
    "rival_agent": ("rival", "何一舟", "firm_agent"),
    "third_agent": ("third", "卢见山", "firm_agent"),
    "broker": ("agency", "宋时雨", "broker"),
    "moderator": ("authority", "纪明远", "moderator"),
    "second_moderator": ("authority", "白清和", "moderator"),
    "zone_admin": ("authority", "秦越", "zone_admin"),
    "supervisor": ("authority", "方正则", "supervisor"),
    "settlement_clerk": ("authority", "袁清", "settlement_clerk"),
    "settlement_checker": ("authority", "范如一", "settlement_checker"),
}


def settle(app: Flask) -> None:
    """Bring the cast into a database that holds the schema only, by the commands that real people use."""
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        zone = create_zone(ctx, ZONE)
        organisations = {key: _found(ctx, key, zone.id) for key in ORGANISATIONS}
        for part, (organisation, name, role) in PARTS.items():
            person = Registration(name=name, email=_email(part), password=PASSWORD)
            user_id = register_user(ctx, person, _password_hash(), confirmed=True)
            add_member(ctx, organisations[organisation], user_id, [role])


def load_cast(app: Flask) -> Cast:
    """The cast that `settle` brought into the application's database."""
    with app.app_context():
        session = db.session()
        zone_id = session.scalars(select(Zone.id)).one()
        return Cast(zone_id, **{part: _member(session, part) for part in PARTS})


def organisation_id(app: Flask, key: str) -> str:
    """The id of one of ORGANISATIONS."""
    with app.app_context():
        return db.session.scalars(
            select(Organisation.id).where(Organisation.name == ORGANISATIONS[key][1])
        ).one()


def _found(ctx: Context, key: str, zone_id: str) -> str:
    kind, name, code = ORGANISATIONS[key]
    data = NewOrganisation(name=name, credit_code=code + check_character(code), kind=kind, zone_id=zone_id)
    organisation = create_organisation(ctx, data)
    verify_organisation(ctx, organisation.id)
    return organisation.id


def _member(session: Session, part: str) -> Member:
    user = session.scalars(select(User).where(User.email == _email(part))).one()
    return Member(user.email, user.name, actor_of(user, user.memberships[0]))


def _email(part: str) -> str:
    return f"{part.replace('_', '.')}@{PARTS[part][0]}.example"


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)
