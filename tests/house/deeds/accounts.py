"""Deeds around one's own account: getting in and out, passwords, name, whom one acts for."""

from functools import cache

from marketplace.accounts.links import Purpose
from marketplace.accounts.models import User
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration
from marketplace.accounts.sessions import begin_log_in
from marketplace.accounts.signin.services import register_user, request_recovery
from tests.cast import PASSWORD
from tests.house.deeds.deed import Call, Deed, fact, nothing, said
from tests.house.deeds.market import NEWCOMER, Market

NEW_PASSWORD = "copper heron 9 orchard"
WEAK = {"password": "123"}
WRONG = {"password": "not this one"}


@cache
def hashed() -> str:
    """The hash of PASSWORD; once, because it is slow on purpose."""
    return hash_password(PASSWORD)


def register(_market: Market) -> Call:
    return Call(fields={"name": "何新", "email": NEWCOMER, "password": PASSWORD})


def register_with_an_account(market: Market) -> Call:
    return Call(fields={"name": "沈禾", "email": market.cast.inventor.email, "password": PASSWORD})


def register_unconfirmed(market: Market) -> Call:
    newcomer(market)
    return register(market)


def confirm(market: Market) -> Call:
    newcomer(market)
    return Call(at={"token": market.link(Purpose.CONFIRM)}, fields={"password": PASSWORD})


def log_in(market: Market) -> Call:
    return Call(fields={"email": market.cast.inventor.email, "password": PASSWORD})


def log_out(market: Market) -> Call:
    with market.as_("inventor") as ctx:
        begun = begin_log_in(ctx, ctx.session.get_one(User, ctx.actor.user_id)).id
    return Call("inventor", session=begun)


def recover(market: Market) -> Call:
    return Call(fields={"email": market.cast.inventor.email})


def recover_nobody(_market: Market) -> Call:
    return Call(fields={"email": NEWCOMER})


def set_new_password(market: Market) -> Call:
    with market.as_system() as ctx:
        request_recovery(ctx, market.cast.inventor.email)
    return Call(at={"token": market.link(Purpose.RECOVER)}, fields={"password": NEW_PASSWORD})


def change_password(_market: Market) -> Call:
    return Call("inventor", fields={"current": PASSWORD, "password": NEW_PASSWORD})


def change_name(_market: Market) -> Call:
    return Call("inventor", fields={"name": "沈荷", "language": "en"})


def keep_name(market: Market) -> Call:
    return Call("inventor", fields={"name": market.cast.inventor.name, "language": "zh"})


def act_for_oneself(_market: Market) -> Call:
    return Call("inventor", fields={"org_id": ""})


def act_as_before(market: Market) -> Call:
    return Call("inventor", fields={"org_id": market.cast.inventor.org_id})


def end_log_ins(_market: Market) -> Call:
    return Call("inventor")


def choose_theme(_market: Market) -> Call:
    return Call("inventor", fields={"theme": "dark"})


def newcomer(market: Market) -> str:
    """The id of somebody who has registered and not confirmed the address."""
    with market.as_system() as ctx:
        return register_user(ctx, Registration("何新", NEWCOMER, PASSWORD), hashed())


DEEDS = (
    Deed("accounts.register", register, fact("user.registered"), mistake=WEAK),
    Deed(
        "accounts.register",
        register_with_an_account,
        said(
            "user.registration_repeated",
            because="the owner of the mailbox is told; the account stays as it is",
        ),
        "with the address of an account",
    ),
    Deed("accounts.register", register_unconfirmed, fact("user.confirmation_requested"), "once more"),
    Deed("accounts.confirm", confirm, fact("user.confirmed", "user.logged_in"), mistake=WRONG),
    Deed("accounts.login", log_in, fact("user.logged_in"), mistake=WRONG),
    Deed("accounts.logout", log_out, fact("user.logged_out"), stranger=None),
    Deed("accounts.recover", recover, fact("recovery.requested"), mistake={"email": "nobody"}),
    Deed("accounts.recover", recover_nobody, fact("recovery.requested"), "for an unknown address"),
    Deed("accounts.new_password", set_new_password, fact("user.password_reset"), mistake=WEAK),
    Deed(
        "accounts.profile.password",
        change_password,
        fact("user.password_changed", "user.logged_in"),
        mistake={"current": "not this one"},
        stranger=None,
    ),
    Deed("accounts.profile.profile", change_name, fact("user.edited"), mistake={"name": ""}, stranger=None),
    Deed("accounts.profile.profile", keep_name, nothing(because="it says what is known"), "unchanged"),
    Deed(
        "accounts.profile.acting",
        act_for_oneself,
        fact("user.switched"),
        mistake={"org_id": "org_00000000000000000000"},
        stranger=None,
    ),
    Deed("accounts.profile.acting", act_as_before, nothing(because="it says what is known"), "as before"),
    Deed(
        "accounts.profile.end_log_ins",
        end_log_ins,
        fact("user.log_ins_ended", "user.logged_in"),
        stranger=None,
    ),
    Deed("accounts.profile.theme", choose_theme, nothing(because="the browser keeps it in a cookie")),
)
