"""Recovering an account by mail, and changing the password."""

import pytest

from marketplace.accounts.links import Purpose, sign
from marketplace.accounts.models import MailLink, User
from marketplace.core.db import db
from tests.accounts.conftest import PASSWORD, make_known
from tests.accounts.test_log_in import log_in

NEW = "copper kettle 12 sings"


def ask(client, email):
    return client.submit("/password", {"email": email})


def test_asking_gives_the_same_answer_and_the_same_entry_for_known_and_unknown_addresses(
    client, known, journal, mailbox
):
    journal.new()
    answers = [ask(client, known.email), ask(client, "nobody@example.cn")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/mail-sent")}
    entries = journal.entries()
    assert [(entry.kind, entry.data) for entry in entries] == [("recovery.requested", {})] * 2
    assert {entry.subject[:4] for entry in entries} == {"lnk_"}
    assert [mail["To"] for mail in mailbox.mails()] == [known.email]


def test_an_unknown_address_is_not_kept(client, app):
    ask(client, "nobody@example.cn")
    with app.app_context():
        link = db.session.query(MailLink).one()
        assert (link.user_id, link.email) == (None, "")


def test_a_new_password_by_mail_ends_all_sessions(client, app, known, journal, mailbox):
    elsewhere = app.test_client()
    log_in(elsewhere, known)
    ask(client, known.email)
    path = mailbox.link(known.email, "/password")
    assert known.email in client.get(path).text
    journal.new()
    answer = client.submit(path, {"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/login")
    assert journal.new() == ["user.password_reset"]
    assert elsewhere.get("/account").status_code == 303
    assert log_in(app.test_client(), known).status_code == 422
    assert log_in(app.test_client(), known, NEW).status_code == 303


def test_a_recovery_link_works_once(client, known, mailbox, journal):
    ask(client, known.email)
    path = mailbox.link(known.email, "/password")
    client.submit(path, {"password": NEW})
    journal.new()
    assert client.submit(path, {"password": "another good one 5"}).status_code == 410
    assert journal.new() == []


def test_using_one_link_voids_the_others(client, known, mailbox):
    ask(client, known.email)
    first = mailbox.link(known.email, "/password")
    ask(client, known.email)
    second = mailbox.link(known.email, "/password")
    assert first != second
    client.submit(second, {"password": NEW})
    assert client.get(first).status_code == 410


def test_a_recovery_link_is_dead_after_the_password_was_changed_otherwise(client, app, known, mailbox):
    ask(app.test_client(), known.email)
    path = mailbox.link(known.email, "/password")
    log_in(client, known)
    client.submit("/account/password", {"current": PASSWORD, "password": NEW})
    assert app.test_client().get(path).status_code == 410


def test_a_recovery_link_lives_half_an_hour(client, known, clock, mailbox):
    ask(client, known.email)
    path = mailbox.link(known.email, "/password")
    clock.advance(minutes=29)
    assert client.get(path).status_code == 200
    clock.advance(minutes=1)
    assert client.get(path).status_code == 410


def test_a_link_for_one_purpose_opens_no_other(client, app, known):
    ask(client, known.email)
    with app.app_context():
        link = db.session.query(MailLink).one()
        token = sign(app.secret_key, link)
        forged = sign("another key", link)
    assert client.get(f"/password/{token}").status_code == 200
    for path in (
        f"/confirm/{token}",
        f"/invite/{token}",
        f"/password/{forged}",
        f"/password/{token[:-1]}",
        "/password/x.y",
    ):
        assert client.get(path).status_code == 410, path


def test_a_link_to_nobody_sets_nobodys_password(client, app):
    ask(client, "nobody@example.cn")
    with app.app_context():
        token = sign(app.secret_key, db.session.query(MailLink).filter_by(purpose=Purpose.RECOVER).one())
    assert client.submit(f"/password/{token}", {"password": NEW}).status_code == 404


def test_recovering_also_confirms_the_address(client, app, mailbox):
    client.submit("/register", {"name": "陈河", "email": "chen.he@example.cn", "password": PASSWORD})
    ask(client, "chen.he@example.cn")
    client.submit(mailbox.link("chen.he@example.cn", "/password"), {"password": NEW})
    with app.app_context():
        assert db.session.query(User).one().email_confirmed_at is not None


def test_six_requests_a_day_for_one_mailbox_are_one_too_many(client, known):
    answers = [
        client.submit(
            "/password", {"email": known.email}, environ_base={"REMOTE_ADDR": f"10.0.0.{n}"}
        ).status_code
        for n in range(6)
    ]
    assert answers == [303] * 5 + [429]


@pytest.mark.parametrize("email", ["", "nobody", "x" * 50_000, "a@b.cn\x00"])
def test_what_is_no_address_is_sent_back(client, journal, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert journal.new() == []


@pytest.mark.parametrize("password", ["", "short", "1234567890", "x" * 50_000])
def test_a_bad_new_password_does_not_use_up_the_link(client, known, mailbox, password):
    ask(client, known.email)
    path = mailbox.link(known.email, "/password")
    assert client.submit(path, {"password": password}).status_code == 422
    assert client.submit(path, {"password": NEW}).status_code == 303


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(
    client, app, known, journal, mailbox
):
    elsewhere = app.test_client()
    log_in(elsewhere, known)
    log_in(client, known)
    before = client.get_cookie("session").value
    journal.new()
    answer = client.submit("/account/password", {"current": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert journal.new() == ["user.password_changed", "user.logged_in"]
    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200
    old = app.test_client()
    old.set_cookie("session", before)
    assert old.get("/account").status_code == 303
    assert "密码已修改" in str(mailbox.to(known.email)[-1]["Subject"])


def test_changing_the_password_takes_the_present_one(client, known, journal):
    log_in(client, known)
    journal.new()
    answer = client.submit("/account/password", {"current": "not it", "password": NEW})
    assert answer.status_code == 422
    assert 'id="current-error"' in answer.text
    assert journal.new() == []


def test_guessing_the_present_password_is_limited_like_a_log_in(client, app, known):
    log_in(client, known)
    answers = [
        client.submit("/account/password", {"current": f"guess {n}", "password": NEW}).status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_nobody_resets_the_password_of_another(client, app, known, mailbox):
    other = make_known(app, "li.ji@example.cn", "李季")
    ask(client, known.email)
    client.submit(mailbox.link(known.email, "/password"), {"password": NEW})
    assert log_in(client, other).status_code == 303


def test_a_session_of_an_older_epoch_is_dead_even_if_it_names_no_log_in(client, app, known, mailbox):
    elsewhere = app.test_client()
    with elsewhere.session_transaction() as session:
        session["_user_id"] = f"{known.user_id}.0"
    assert elsewhere.get("/account").status_code == 200
    ask(client, known.email)
    client.submit(mailbox.link(known.email, "/password"), {"password": NEW})
    assert elsewhere.get("/account").status_code == 303
