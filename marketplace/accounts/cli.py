"""Accounts for operators: the way in before anybody can log in, and around two pairs of eyes when one is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from marketplace.accounts.members.changes import add_member, end_membership, membership_of, set_roles
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.organisations.input import NewOrganisation
from marketplace.accounts.organisations.services import create_organisation, verify_organisation
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration, checked, user_by_email
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.accounts.signin.services import register_user
from marketplace.accounts.tokens.services import SCOPES, USUAL_DAYS, NewToken
from marketplace.accounts.tokens.services import create_token as make_token
from marketplace.accounts.zones.services import NewZone, create_zone
from marketplace.core.context import SYSTEM, Context
from marketplace.core.errors import DomainError, Invalid, Words
from marketplace.core.i18n import speaking
from marketplace.core.lookup import get
from marketplace.core.uow import unit_of_work

users = AppGroup("users", help="People and their roles.")
tokens = AppGroup("tokens", help="Keys for programs.")
zones = AppGroup("zones", help="Demonstration zones.")


@users.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.password_option(help="Asked for when it is not given.")
def create_user(email: str, name: str, password: str) -> None:
    """Create a person whose address counts as confirmed. Prints the id."""
    with _plain_errors():
        data = checked(Registration(name, email, password))
        hashed = hash_password(data.password)
        with unit_of_work(SYSTEM) as ctx:
            if user_by_email(ctx.session, data.email) is not None:
                raise click.ClickException(f"{data.email} has an account already")
            click.echo(register_user(ctx, data, hashed, confirmed=True))


@users.command("grant")
@click.option("--user", "email", required=True, help="Address of the person.")
@click.option("--org", "org_id", required=True, help="Id of the organisation.")
@click.option("--role", "roles", required=True, multiple=True, help="May be repeated.")
def grant(email: str, org_id: str, roles: tuple[str, ...]) -> None:
    """Give a person roles in an organisation, besides those held there."""
    with _plain_errors(), unit_of_work(SYSTEM) as ctx:
        user, org = _user(ctx, email), get(ctx.session, Organisation, org_id)
        membership = membership_of(ctx, org.id, user.id)
        if membership is None:
            membership = add_member(ctx, org.id, user.id, roles)
        else:
            set_roles(ctx, membership, {*membership.roles, *roles})
        click.echo(f"{user.email}: {', '.join(membership.roles)}")


@users.command("revoke")
@click.option("--user", "email", required=True, help="Address of the person.")
@click.option("--org", "org_id", required=True, help="Id of the organisation.")
@click.option("--role", "roles", multiple=True, help="May be repeated. Without any, the membership ends.")
def revoke(email: str, org_id: str, roles: tuple[str, ...]) -> None:
    """Take roles in an organisation from a person."""
    with _plain_errors(), unit_of_work(SYSTEM) as ctx:
        user, org = _user(ctx, email), get(ctx.session, Organisation, org_id)
        membership = membership_of(ctx, org.id, user.id)
        if membership is None:
            raise click.ClickException(f"{user.email} is no member of {org.id}")
        left = set(membership.roles) - set(roles) if roles else set()
        if left:
            set_roles(ctx, membership, left)
        else:
            end_membership(ctx, membership)
        click.echo(f"{user.email}: {', '.join(sorted(left)) or 'no roles'}")


@tokens.command("create")
@click.option("--user", "email", required=True, help="Address of the person.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice(list(SCOPES)),
    help="May be repeated.",
)
@click.option("--org", "org_id", help="Organisation to act for. Default: the one the person acts for now.")
@click.option("--label", default="command line", show_default=True)
@click.option("--days", default=USUAL_DAYS, show_default=True)
def create_token(email: str, scopes: tuple[str, ...], org_id: str | None, label: str, days: int) -> None:
    """Make an API token. Prints it: it is shown this once."""
    with _plain_errors(), unit_of_work(SYSTEM) as ctx:
        user = _user(ctx, email)
        made = make_token(ctx, user.id, NewToken(label, scopes, org_id or user.acting_org_id, days))
        click.echo(made.secret)


@zones.command("create")
@click.option("--slug", required=True, help="Its name in addresses.")
@click.option("--name", required=True)
@click.option("--name-en", required=True)
@click.option("--region", required=True, help="GB/T 2260 code.")
def new_zone(slug: str, name: str, name_en: str, region: str) -> None:
    """Create a zone. Prints the id."""
    with _plain_errors(), unit_of_work(SYSTEM) as ctx:
        click.echo(create_zone(ctx, NewZone(slug, name, name_en, region)).id)


@zones.command("authority")
@click.option("--zone", "zone_id", required=True, help="Id of the zone.")
@click.option("--name", required=True)
@click.option("--credit-code", required=True)
@click.option("--admin", "email", required=True, help="Address of its first administrator.")
def authority(zone_id: str, name: str, credit_code: str, email: str) -> None:
    """Create the authority of a zone, verified, with its first administrator. Prints the id."""
    with _plain_errors(), unit_of_work(SYSTEM) as ctx:
        data = NewOrganisation(name=name, credit_code=credit_code, kind=ZONE_AUTHORITY, zone_id=zone_id)
        org = create_organisation(ctx, data, _user(ctx, email).id)
        verify_organisation(ctx, org.id)
        click.echo(org.id)


def _user(ctx: Context, email: str) -> User:
    user = user_by_email(ctx.session, email)
    if user is None:
        raise click.ClickException(f"nobody has the address {email}")
    return user


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Complaints as the lines of one error, each with its field; in English, like the rest of the command line."""
    try:
        yield
    except Invalid as invalid:
        raise click.ClickException(_lines(invalid)) from invalid
    except DomainError as error:
        raise click.ClickException(_english(error.message)) from error


def _lines(invalid: Invalid) -> str:
    return "\n".join(f"{error.field}: {_english(error.message)}" for error in invalid.errors)


def _english(words: Words) -> str:
    with speaking("en"):
        return str(words)
