"""Keys for programs: shown once, limited in scope and time, gone when revoked."""

from datetime import date

import pytest

from marketplace.accounts.models import ApiToken
from marketplace.accounts.tokens.services import NewToken, create_token
from marketplace.core.db import db
from tests.accounts.test_log_in import log_in

FORM = {"label": "每日同步", "scopes": ["read"], "org_id": "", "days": "30"}


@pytest.fixture
def owner(client, known, journal):
    log_in(client, known)
    journal.new()
    return known


def create(client, **changes):
    return client.submit("/account/tokens", FORM | changes)


def secret_in(answer):
    return answer.text.split("<code>mkt_")[1].split("</code>")[0]


def ask(client, secret, path="/api/v1/me", **options):
    return client.get(path, headers={"Authorization": f"Bearer {secret}"}, **options)


@pytest.fixture
def make(ctx_for):
    """Make a token for a member of the cast and give its secret."""

    def made(member, *scopes, org=True, days=90):
        with ctx_for(member.actor) as ctx:
            data = NewToken("test", scopes, member.org_id if org else None, days)
            return create_token(ctx, member.user_id, data).secret

    return made


def test_a_new_token_is_shown_once_and_only_its_digest_is_kept(client, app, owner, journal, mailbox):
    answer = create(client)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    secret = "mkt_" + secret_in(answer)
    assert journal.new() == ["token.created"]
    assert secret not in client.get("/account/tokens").text
    assert "每日同步" in client.get("/account/tokens").text
    with app.app_context():
        row = db.session.query(ApiToken).one()
        assert secret not in str(vars(row))
    assert ask(app.test_client(), secret).json["name"] == owner.name
    assert "已创建接口令牌" in str(mailbox.to(owner.email)[-1]["Subject"])
    assert secret not in mailbox.to(owner.email)[-1].get_content()


def test_sending_the_form_twice_makes_one_token_and_shows_no_second_secret(client, owner, journal):
    assert "<code>" in create(client, request_key="one form").text
    again = create(client, request_key="one form")
    assert again.status_code == 303
    assert journal.new() == ["token.created"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""),
        ("label", "x" * 61),
        ("label", "x" * 50_000),
        ("label", "a\x00b"),
        ("scopes", []),
        ("scopes", ["everything"]),
        ("scopes", ["x" * 50_000]),
        ("days", "0"),
        ("days", "366"),
        ("days", "-1"),
        ("days", "many"),
        ("days", "9" * 400),
        ("org_id", "org_zzzzzzzzzzzzzzzzzzzz"),
        ("org_id", "\x00"),
    ],
)
def test_a_bad_request_for_a_token_is_explained_beside_its_field(client, owner, journal, field, value):
    answer = create(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert journal.new() == []


def test_nobody_makes_a_token_for_an_organisation_they_do_not_belong_to(client, cast, owner, journal):
    assert create(client, org_id=cast.firm_agent.org_id).status_code == 422
    assert journal.new() == []


def test_a_revoked_token_opens_nothing(client, app, owner, journal):
    secret = "mkt_" + secret_in(create(client))
    with app.app_context():
        token_id = db.session.query(ApiToken).one().id
    journal.new()
    assert client.submit(f"/account/tokens/{token_id}/revoke").status_code == 303
    assert client.submit(f"/account/tokens/{token_id}/revoke").status_code == 303
    assert journal.new() == ["token.revoked"]
    answer = ask(app.test_client(), secret)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_nobody_revokes_the_token_of_another(client, app, cast, owner, make, journal):
    make(cast.inventor, "read")
    with app.app_context():
        token_id = db.session.query(ApiToken).one().id
    journal.new()
    assert client.submit(f"/account/tokens/{token_id}/revoke").status_code == 404
    assert journal.new() == []


def test_a_token_ends_on_its_day(client, cast, make, clock):
    secret = make(cast.inventor, "read", days=30)
    clock.advance(days=29, hours=23)
    assert ask(client, secret).status_code == 200
    clock.advance(hours=1)
    assert ask(client, secret).status_code == 401


def test_a_token_does_what_its_scopes_say_and_nothing_else(client, cast, make):
    reading, managing = make(cast.unit_admin, "read"), make(cast.unit_admin, "account")
    members = f"/api/v1/organisations/{cast.unit_admin.org_id}/members"
    assert ask(client, reading).status_code == 200
    assert ask(client, reading, members).status_code == 403
    assert ask(client, managing, members).status_code == 200
    assert ask(client, managing).status_code == 403


def test_a_token_opens_no_page(client, cast, make):
    secret = make(cast.unit_admin, "read", "account")
    for path in ("/account", "/account/tokens", "/account/organisation/new"):
        assert ask(client, secret, path).location == f"/login?next={path}"


def test_the_api_does_not_know_sessions(client, known):
    log_in(client, known)
    assert client.get("/account").status_code == 200
    assert client.get("/api/v1/me").status_code == 401
    assert client.post("/api/v1/tokens", json={"label": "x", "scopes": ["read"]}).status_code == 401


def test_the_day_of_last_use_is_shown(client, app, cast, make, clock):
    secret = make(cast.inventor, "read")
    client.sign_in(cast.inventor)
    assert "从未使用" in client.get("/account/tokens").text
    ask(app.test_client(), secret)
    assert "2026-03-02" in client.get("/account/tokens").text
    clock.advance(days=1)
    ask(app.test_client(), secret)
    with app.app_context():
        assert db.session.query(ApiToken).one().last_used_on == date(2026, 3, 3)


def test_using_a_token_again_on_the_same_day_writes_nothing(client, cast, make, count_queries):
    secret = make(cast.inventor, "read")
    ask(client, secret)
    with count_queries() as statements:
        ask(client, secret)
    assert not [sql for sql in statements if sql.startswith(("UPDATE", "INSERT"))]


def test_a_token_for_an_organisation_dies_with_the_membership(client, cast, make, ctx_for):
    from marketplace.accounts.members.services import remove_member

    secret = make(cast.inventor, "read")
    with ctx_for(cast.unit_admin.actor) as ctx:
        remove_member(ctx, cast.unit_admin.org_id, cast.inventor.user_id)
    assert ask(client, secret).status_code == 401


def test_a_token_hands_on_no_more_than_it_holds_and_never_the_management_of_accounts(
    client, cast, make, journal
):
    secret = make(cast.unit_admin, "read", "account")
    journal.new()
    headers = {"Authorization": f"Bearer {secret}"}

    def post(**body):
        return client.post("/api/v1/tokens", json={"label": "child", **body}, headers=headers)

    for scopes in (["account"], ["achievements:write"], ["read", "moderation:write"]):
        answer = post(scopes=scopes)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "scopes")
    assert journal.new() == []
    made = post(scopes=["read"])
    assert made.status_code == 201
    assert journal.new() == ["token.created"]
    assert ask(client, made.json["secret"]).json["scopes"] == ["read"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Basic eDp5", "Bearer x", "Bearer " + "x" * 50_000, "Bearer \x80"]
)
def test_a_broken_header_is_nobody(client, header):
    assert client.get("/api/v1/me", headers={"Authorization": header}).status_code == 401


def test_twenty_tokens_a_day_are_enough(client, owner):
    answers = [create(client).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
