"""Questions about people, and making one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.checks import Checks
from marketplace.accounts.models import User
from marketplace.accounts.passwords import check_password
from marketplace.core.context import Context
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id

NAME_LENGTH = 60


@dataclass(frozen=True)
class Registration:
    """What a person types to get an account."""

    name: str
    email: str
    password: str


def name_of(ctx: Context, user_id: str) -> str:
    """A person's name, for colleagues; empty for nobody."""
    user = ctx.session.get(User, user_id)
    return user.name if user else ""


def user_by_email(session: Session, email: str) -> User | None:
    """The user with this address, typed in whatever case."""
    return session.scalar(select(User).where(User.email == email.lower()))


def checked(data: Registration) -> Registration:
    """The registration as it will be kept. Raises Invalid with every complaint. Does not look into the database."""
    checks = Checks()
    email = checks.email("email", data.email)
    name = checks.line("name", data.name, NAME_LENGTH, missing=_l("填写真实姓名"))
    check_password(checks, "password", data.password, email, name)
    checks.settle()
    return Registration(name=name, email=email, password=data.password)


def make_user(
    ctx: Context, data: Registration, password_hash: str, *, language: str = "zh", confirmed: bool = False
) -> User:
    """A new user from checked data, in the session but not journalled."""
    user = User(
        id=new_id("usr", ctx.now),
        email=data.email,
        name=data.name,
        password=password_hash,
        language=language,
        created_at=ctx.now,
        email_confirmed_at=ctx.now if confirmed else None,
    )
    ctx.session.add(user)
    ctx.session.flush()
    return user
