"""Messages on the site: kept once, in both languages, for their reader only."""

import pytest

from marketplace.accounts.members.services import RoleChange, change_roles
from marketplace.core.db import db
from marketplace.core.relay import Cursor
from marketplace.core.uow import unit_of_work
from marketplace.notifications.models import Message

MESSAGES = "/account/messages"


@pytest.fixture
def told(app, cast, ctx_for, drain):
    """The inventor has one message more: about new roles."""
    drain()
    with ctx_for(cast.unit_admin.actor) as ctx:
        ctx.session.query(Message).delete()
        change_roles(
            ctx, cast.unit_admin.org_id, cast.inventor.user_id, RoleChange(("inventor", "tto_officer"))
        )
    drain()
    return cast.inventor


def test_a_message_is_found_on_the_site_in_the_language_of_the_page(client, told):
    client.sign_in(told)
    page = client.get(MESSAGES).text
    assert "你在云岫大学的角色已变更" in page
    assert "未读" in page
    assert client.get(f"/en{MESSAGES}").status_code == 200


def test_the_menu_says_how_many_are_new(client, told):
    client.sign_in(told)
    assert "消息（1 条未读）" in client.get("/account").text
    client.submit(f"{MESSAGES}/read")
    assert "条未读" not in client.get("/account").text


def test_looking_at_the_list_marks_nothing_as_read(client, app, told):
    client.sign_in(told).get(MESSAGES)
    with app.app_context():
        assert db.session.query(Message).one().read_at is None


def test_opening_a_message_marks_it_and_leads_to_its_subject(client, app, told, journal):
    client.sign_in(told)
    with app.app_context():
        message_id = db.session.query(Message).one().id
    journal.new()
    answer = client.submit(f"{MESSAGES}/{message_id}/read")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.submit(f"/en{MESSAGES}/{message_id}/read").location == "/en/account"
    assert journal.new() == []
    with app.app_context():
        assert db.session.query(Message).one().read_at is not None


def test_nobody_sees_or_marks_the_messages_of_another(client, app, cast, told):
    with app.app_context():
        message_id = db.session.query(Message).one().id
    client.sign_in(cast.firm_agent)
    assert "云岫大学" not in client.get(MESSAGES).text.split("<main")[1]
    assert client.submit(f"{MESSAGES}/{message_id}/read").status_code == 404
    client.submit(f"{MESSAGES}/read")
    with app.app_context():
        assert db.session.query(Message).one().read_at is None


@pytest.mark.parametrize("message_id", ["x", "%00", "msg_zzzzzzzzzzzzzzzzzzzz"])
def test_an_unknown_message_is_not_found(client, cast, message_id):
    assert client.sign_in(cast.inventor).submit(f"{MESSAGES}/{message_id}/read").status_code == 404


def test_the_public_has_no_messages(client):
    assert client.get(MESSAGES).location == f"/login?next={MESSAGES}"


def test_reading_the_journal_again_adds_nothing_that_is_kept_already(app, told, drain):
    with app.app_context(), unit_of_work(told.actor) as ctx:
        kept = ctx.session.query(Message).count()
        position = ctx.session.get(Cursor, "messages").position
    drain()
    with app.app_context():
        assert db.session.query(Message).count() == kept
        assert db.session.get(Cursor, "messages").position == position


def test_links_that_let_somebody_in_are_not_kept(client, app, known, drain):
    client.submit("/password", {"email": known.email})
    client.submit(
        "/register", {"name": "新人", "email": "new@example.cn", "password": "paper lantern 7 river"}
    )
    drain()
    with app.app_context():
        assert db.session.query(Message).count() == 0


def test_messages_are_read_by_programs_too(client, app, told, ctx_for):
    from marketplace.accounts.tokens.services import NewToken, create_token

    with ctx_for(told.actor) as ctx:
        secret = create_token(ctx, told.user_id, NewToken("test", ("read",))).secret
    listed = client.get("/api/v1/messages", headers={"Authorization": f"Bearer {secret}"}).json
    assert listed["total"] == 1
    assert listed["items"][0]["url"] == "/account"
    assert client.get("/api/v1/messages").status_code == 401
