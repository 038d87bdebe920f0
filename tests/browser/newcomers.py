"""People who have only just come: without an organisation, or with one that is not verified."""

from typing import Any

from marketplace.accounts.identity import actor_of
from marketplace.accounts.models import User
from marketplace.accounts.organisations.input import NewOrganisation
from marketplace.accounts.organisations.services import create_organisation, submit_organisation
from marketplace.accounts.people import Registration
from marketplace.accounts.roles import AGENCY, FIRM
from marketplace.accounts.signin.services import register_user
from marketplace.core.context import SYSTEM
from marketplace.core.credit_code import check_character
from marketplace.core.db import db
from tests.cast import Member

NEWCOMER = "newcomer"  # a person without any organisation
FOUNDER = "founder"  # of a firm that is not verified
WAITING = "waiting"  # runs an agency that waits for its verification


def newcomers(market: Any) -> None:
    for part, name in ((NEWCOMER, "许知白"), (FOUNDER, "钟离未"), (WAITING, "闻人秋")):
        with market.acting(SYSTEM) as ctx:
            data = Registration(name, f"{part}@example.cn", "")
            user_id = register_user(ctx, data, "", confirmed=True)
        market.people[part] = _member(market, user_id)
    market.ids["founders"] = _organisation(market, FOUNDER, FIRM, "砚池新材料有限公司", "91330100MA0000066")
    market.ids["waiting"] = _organisation(market, WAITING, AGENCY, "听松技术经纪事务所", "91330100MA0000077")
    with market.acting(market.people[WAITING].actor) as ctx:
        submit_organisation(ctx, market["waiting"])


def _organisation(market: Any, part: str, kind: str, name: str, code: str) -> str:
    data = NewOrganisation(
        name=name, credit_code=code + check_character(code), kind=kind, zone_id=market.cast.zone_id
    )
    if kind == AGENCY:
        data = NewOrganisation(**{**data.__dict__, "services": ("broker",), "contact": "0571-00000000"})
    with market.acting(market.people[part].actor) as ctx:
        made = create_organisation(ctx, data).id
    market.people[part] = _member(market, market.people[part].user_id)
    return made


def _member(market: Any, user_id: str) -> Member:
    with market.app.app_context():
        user = db.session.get_one(User, user_id)
        membership = user.memberships[0] if user.memberships else None
        return Member(user.email, user.name, actor_of(user, membership))
