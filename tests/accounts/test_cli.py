"""Accounts on the command line: exit 0 done, 1 a clear error."""

import pytest

from marketplace.accounts.cli import tokens, users, zones
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.core.db import db
from tests.accounts.codes import credit_code
from tests.accounts.conftest import PASSWORD


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def invoke(group, *arguments, **options):
        return runner.invoke(group, arguments, **options)

    return invoke


def test_a_user_made_here_can_log_in_at_once(run, client, journal, mailbox):
    done = run(users, "create", "--email", "op@example.cn", "--name", "运维", "--password", PASSWORD)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("usr_")
    assert journal.new() == ["user.registered"]
    assert mailbox.mails() == []
    assert client.submit("/login", {"email": "op@example.cn", "password": PASSWORD}).status_code == 303


def test_the_password_is_asked_for_when_it_is_not_given(run):
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    done = run(users, "create", "--email", "op@example.cn", "--name", "运维", input=typed)
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output


def test_a_bad_or_known_user_is_a_clear_error(run, known, journal):
    journal.new()
    bad = run(users, "create", "--email", "x", "--name", "", "--password", "short")
    assert bad.exit_code == 1
    assert {line.split(":")[0] for line in bad.output.removeprefix("Error: ").splitlines()} == {
        "email",
        "name",
        "password",
    }
    again = run(users, "create", "--email", known.email, "--name", "某人", "--password", PASSWORD)
    assert (again.exit_code, "has an account already" in again.output) == (1, True)
    assert journal.new() == []


def test_roles_are_granted_and_revoked_even_in_an_authority_with_one_administrator(
    run, app, cast, known, journal
):
    org = cast.zone_admin.org_id
    journal.new()
    done = run(users, "grant", "--user", known.email, "--org", org, "--role", "zone_admin")
    assert (done.exit_code, done.output) == (0, f"{known.email}: zone_admin\n")
    run(users, "grant", "--user", known.email, "--org", org, "--role", "moderator")
    with app.app_context():
        assert db.session.query(Membership).filter_by(user_id=known.user_id).one().roles == [
            "moderator",
            "zone_admin",
        ]
    run(users, "revoke", "--user", known.email, "--org", org, "--role", "moderator")
    run(users, "revoke", "--user", known.email, "--org", org)
    assert journal.new() == [
        "membership.added",
        "membership.changed",
        "membership.changed",
        "membership.removed",
    ]
    with app.app_context():
        assert db.session.query(Membership).filter_by(user_id=known.user_id).count() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["grant", "--user", "nobody@example.cn", "--org", "{org}", "--role", "zone_admin"],
            "nobody has the address",
        ),
        (["grant", "--user", "{user}", "--org", "org_x", "--role", "zone_admin"], "没有找到"),
        (["grant", "--user", "{user}", "--org", "{org}", "--role", "no_such"], "roles:"),
        (["grant", "--user", "{user}", "--org", "{org}", "--role", "supervisor"], "roles:"),
        (["revoke", "--user", "{user}", "--org", "{org}"], "最后一名管理员"),
    ],
)
def test_what_makes_no_sense_is_a_clear_error(run, cast, journal, arguments, words):
    known = {"user": cast.zone_admin.email, "org": cast.zone_admin.org_id}
    journal.new()
    done = run(users, *(argument.format(**known) for argument in arguments))
    assert done.exit_code == 1
    assert words in done.output or done.output.startswith("Error: ")
    assert journal.new() == []


def test_a_token_is_printed_once_and_works(run, client, cast):
    done = run(
        tokens, "create", "--user", cast.moderator.email, "--scope", "read", "--scope", "moderation:write"
    )
    assert done.exit_code == 0, done.output
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {done.output.strip()}"}).json
    assert me["scopes"] == ["moderation:write", "read"]
    assert me["org_id"] == cast.moderator.org_id
    assert run(tokens, "create", "--user", cast.moderator.email, "--scope", "all").exit_code == 2


def test_a_zone_and_its_authority_are_made_here(run, app, known, journal):
    journal.new()
    made = run(
        zones,
        "create",
        "--slug",
        "han-jiang",
        "--name",
        "汉江示范区",
        "--name-en",
        "Han River Zone",
        "--region",
        "420000",
    )
    assert made.exit_code == 0, made.output
    zone = made.output.strip()
    done = run(
        zones,
        "authority",
        "--zone",
        zone,
        "--name",
        "汉江示范区管理局",
        "--credit-code",
        credit_code(9),
        "--admin",
        known.email,
    )
    assert done.exit_code == 0, done.output
    assert journal.new() == [
        "zone.created",
        "organisation.created",
        "membership.added",
        "organisation.verified",
    ]
    with app.app_context():
        org = db.session.get(Organisation, done.output.strip())
        assert (org.kind, org.verified, org.zone_id) == ("zone_authority", True, zone)
        assert db.session.get(User, known.user_id).acting_org_id == org.id
    again = run(
        zones, "create", "--slug", "han-jiang", "--name", "x", "--name-en", "x", "--region", "nowhere"
    )
    assert again.exit_code == 1
    assert "slug:" in again.output
    assert "region:" in again.output
