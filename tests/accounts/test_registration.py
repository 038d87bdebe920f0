"""Registration and confirmation: nobody learns from the site whether an address has an account."""

import pytest

from marketplace.accounts.models import MailLink, User
from marketplace.core.db import db
from tests.accounts.conftest import PASSWORD

FORM = {"name": "陈河", "email": "chen.he@example.cn", "password": PASSWORD}


def register(client, **changes):
    return client.submit("/register", FORM | changes)


def test_a_registration_ends_on_the_page_that_asks_to_look_into_the_mailbox(client, journal, mailbox):
    answer = register(client)
    assert (answer.status_code, answer.location) == (303, "/mail-sent")
    assert journal.new() == ["user.registered"]
    assert [mail["To"] for mail in mailbox.mails()] == [FORM["email"]]


def test_confirming_takes_the_link_and_the_password_and_logs_in(client, journal, mailbox):
    register(client)
    journal.new()
    path = mailbox.link(FORM["email"], "/confirm")
    assert client.get(path).status_code == 200
    answer = client.submit(path, {"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert journal.new() == ["user.confirmed", "user.logged_in"]
    assert FORM["name"] in client.get("/account").text


def test_opening_the_confirmation_link_confirms_nothing(client, app, mailbox):
    register(client)
    client.get(mailbox.link(FORM["email"], "/confirm"))
    with app.app_context():
        assert db.session.query(User).one().email_confirmed_at is None


def test_a_confirmation_link_works_once(client, app, mailbox):
    register(client)
    path = mailbox.link(FORM["email"], "/confirm")
    client.submit(path, {"password": PASSWORD})
    assert app.test_client().get(path).status_code == 410


def test_the_owner_of_a_mailbox_cannot_be_made_to_confirm_an_account_with_a_strangers_password(
    client, journal, mailbox
):
    register(client, password="chosen by a stranger")
    journal.new()
    answer = client.submit(mailbox.link(FORM["email"], "/confirm"), {"password": PASSWORD})
    assert answer.status_code == 422
    assert journal.new() == []


def test_nobody_logs_in_before_confirming_and_the_answer_is_the_one_for_a_wrong_password(client, app):
    register(client)
    unconfirmed = client.submit("/login", {"email": FORM["email"], "password": PASSWORD})
    unknown = app.test_client().submit("/login", {"email": "nobody@example.cn", "password": PASSWORD})
    assert unconfirmed.status_code == unknown.status_code == 422
    assert complaint(unconfirmed) == complaint(unknown)


def complaint(answer):
    return answer.text.split('class="c-errors"')[1].split("</div>")[0]


def test_registering_a_known_address_gives_the_same_answer_and_tells_its_owner_by_mail(
    client, app, known, journal, mailbox
):
    journal.new()
    again = register(client, name="别人", password="another long password")
    fresh = app.test_client().submit("/register", FORM | {"email": "new@example.cn"})
    assert (again.status_code, again.location) == (fresh.status_code, fresh.location)
    assert journal.new() == ["user.registration_repeated", "user.registered"]
    assert "已经有账户" in str(mailbox.to(known.email)[-1]["Subject"])
    with app.app_context():
        assert db.session.get(User, known.user_id).name == "陈河"


def test_a_known_and_an_unknown_address_cost_one_hash_and_one_entry_each(client, known, journal, monkeypatch):
    from marketplace.accounts.signin import entrance

    hashed = []
    monkeypatch.setattr(entrance, "hash_password", lambda password: hashed.append(password) or "hash")
    journal.new()
    register(client)
    register(client, email="new@example.cn")
    assert len(hashed) == 2
    assert len(journal.new()) == 2


def test_registering_again_before_confirming_sends_another_link_and_keeps_the_first_password(
    client, journal, mailbox
):
    register(client)
    register(client, password="a second long password")
    assert journal.new() == ["user.registered", "user.confirmation_requested"]
    assert client.submit(mailbox.link(FORM["email"], "/confirm"), {"password": PASSWORD}).status_code == 303


def test_sending_one_form_twice_registers_once(client, app, journal):
    form = FORM | {"request_key": "the same form"}
    client.submit("/register", form)
    client.submit("/register", form)
    assert journal.new() == ["user.registered"]
    with app.app_context():
        assert db.session.query(User).count() == 1
        assert db.session.query(MailLink).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "chen"),
        ("email", "chen@example"),
        ("email", "a@b.cn\nBcc: x@y.cn"),
        ("email", "é@example.cn"),
        ("email", "a" * 50_000 + "@example.cn"),
        ("name", ""),
        ("name", " 　 "),
        ("name", "陈" * 61),
        ("name", "陈\x00河"),
        ("name", "陈\u202e河"),
        ("name", "x" * 50_000),
        ("password", ""),
        ("password", "short"),
        ("password", "1234567890"),
        ("password", "password2026"),
        ("password", "chen.he@example.cn"),
        ("password", "x" * 50_000),
    ],
)
def test_bad_input_comes_back_beside_its_field_with_what_was_typed(client, journal, field, value):
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("陈河" in answer.text) or field == "name"
    assert "password" not in value or 'value="password' not in answer.text
    assert journal.new() == []


def test_an_address_typed_in_full_width_and_capitals_is_the_same_address(client, mailbox):
    register(client, email=" ＣＨＥＮ．ｈｅ＠Example.cn ")
    assert [mail["To"] for mail in mailbox.mails()] == [FORM["email"]]


def test_twenty_registrations_an_hour_from_one_address_are_enough(client):
    answers = [register(client, email=f"p{number}@example.cn") for number in range(21)]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_one_mailbox_gets_no_more_than_five_mails_of_this_kind_a_day(client):
    answers = [
        client.submit("/register", FORM, environ_base={"REMOTE_ADDR": f"10.0.0.{n}"}) for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
