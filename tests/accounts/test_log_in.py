"""Log-in, log-out and the life of a session."""

import pytest
from argon2 import PasswordHasher

from marketplace.accounts.models import LogIn, User
from marketplace.core.db import db
from tests.accounts.conftest import PASSWORD, make_known
from tests.applications import running
from tests.client import Client


def log_in(client, known, password=PASSWORD, **data):
    return client.submit("/login", {"email": known.email, "password": password, **data})


def test_a_log_in_leads_to_the_account_and_is_journalled(client, known, journal):
    journal.new()
    answer = log_in(client, known)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert journal.new() == ["user.logged_in"]
    assert known.name in client.get("/account").text


def test_a_log_in_leads_back_to_the_page_that_asked_for_it(client, known):
    asked = client.get("/account/tokens?x=1")
    assert asked.status_code == 303
    assert 'name="next" value="/account/tokens?x=1"' in client.get(asked.location).text
    assert log_in(client, known, next="/account/tokens?x=1").location == "/account/tokens?x=1"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_log_in_never_leads_to_another_site(client, known, target):
    assert log_in(client, known, next=target).location == "/account"


def test_english_stays_english_after_the_log_in(client, known):
    answer = client.submit(
        "/en/login", {"email": known.email, "password": PASSWORD, "next": "/account/profile"}
    )
    assert answer.location == "/en/account/profile"


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(client, app, known):
    wrong = log_in(client, known, "not the password")
    unknown = app.test_client().submit(
        "/login", {"email": known.email.replace("chen", "shen"), "password": "not it"}
    )
    assert wrong.status_code == unknown.status_code == 422
    assert without_tokens(wrong.text, known.email) == without_tokens(
        unknown.text, known.email.replace("chen", "shen")
    )


def without_tokens(page, email):
    lines = page.replace(email, "ADDRESS").splitlines()
    return [line for line in lines if "csrf_token" not in line and "request_key" not in line]


def test_a_wrong_password_and_an_unknown_address_cost_one_verification_each(client, known, monkeypatch):
    from marketplace.accounts import passwords

    verified = []

    class Counting(PasswordHasher):
        def verify(self, kept, typed):
            verified.append(kept)
            return super().verify(kept, typed)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=2, memory_cost=19 * 1024, parallelism=1))
    log_in(client, known, "not the password")
    client.submit("/login", {"email": "nobody@example.cn", "password": "not the password"})
    client.submit("/login", {"email": "no address at all", "password": "not the password"})
    assert len(verified) == 3
    parameters = {kept.rsplit("$", 2)[0] for kept in verified}
    assert parameters == {"$argon2id$v=19$m=19456,t=2,p=1"}


def test_a_failed_log_in_keeps_the_address_but_never_the_password(client, known):
    answer = log_in(client, known, "not the password")
    assert known.email in answer.text
    assert "not the password" not in answer.text


@pytest.mark.parametrize("email", ["", "x" * 50_000, "a@b.cn\x00", "a@b\udcff.cn", "ａ＠ｂ．ｃｎ"])
def test_hostile_addresses_are_wrong_addresses(client, email):
    answer = client.submit("/login", {"email": email.encode("utf-8", "replace"), "password": "p" * 50_000})
    assert answer.status_code == 422


def test_the_eleventh_wrong_password_in_five_minutes_is_not_looked_at(client, known, clock):
    answers = [log_in(client, known, f"wrong guess {n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert log_in(client, known).status_code == 429
    clock.advance(minutes=11)
    assert log_in(client, known).status_code == 303


def test_wrong_passwords_from_many_addresses_are_counted_for_the_account(client, known):
    answers = [
        client.submit(
            "/login",
            {"email": known.email, "password": f"wrong guess {n}"},
            environ_base={"REMOTE_ADDR": f"10.0.0.{n}"},
        ).status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_wrong_passwords_for_many_accounts_are_counted_for_the_address(client):
    answers = [
        client.submit("/login", {"email": f"p{n}@example.cn", "password": "spring rain 99"}).status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_the_limit_holds_across_two_instances_on_one_database(app, client, known, settings, clock):
    with running(settings, clock) as second:
        second.test_client_class = Client
        other = second.test_client()
        answers = [log_in((client, other)[n % 2], known, f"wrong guess {n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_right_passwords_do_not_use_up_the_limit_of_a_shared_address(app, known):
    answers = {log_in(app.test_client(), known).status_code for _ in range(12)}
    assert answers == {303}


def test_a_log_in_replaces_whatever_session_the_browser_had(client, known):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.get_cookie("session").value
    log_in(client, known)
    assert client.get_cookie("session").value != before
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_copied_cookie_is_dead_after_the_log_out(client, app, known, journal):
    log_in(client, known)
    stolen = client.get_cookie("session").value
    thief = app.test_client()
    thief.set_cookie("session", stolen)
    assert thief.get("/account").status_code == 200
    journal.new()
    assert client.submit("/logout").status_code == 303
    assert journal.new() == ["user.logged_out"]
    assert thief.get("/account").status_code == 303
    assert client.get("/account").status_code == 303


def test_logging_out_ends_this_log_in_only(client, app, known):
    other = app.test_client()
    log_in(client, known)
    log_in(other, known)
    client.submit("/logout")
    assert other.get("/account").status_code == 200


def test_a_password_kept_with_weaker_parameters_is_hashed_anew_at_log_in(client, app, known, journal):
    with app.app_context():
        user = db.session.get(User, known.user_id)
        user.password = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        db.session.commit()
    assert log_in(client, known).status_code == 303
    with app.app_context():
        assert "m=19456,t=2,p=1" in db.session.get(User, known.user_id).password
    assert log_in(app.test_client(), known).status_code == 303


def test_somebody_who_is_switched_off_cannot_log_in_and_is_out_at_once(client, app, known):
    log_in(client, known)
    with app.app_context():
        db.session.get(User, known.user_id).active = False
        db.session.commit()
    assert client.get("/account").status_code == 303
    assert log_in(app.test_client(), known).status_code == 422


def test_a_session_that_names_somebody_elses_log_in_is_dead(client, app, known):
    other = make_known(app, "li.ji@example.cn", "李季")
    log_in(app.test_client(), other)
    with app.app_context():
        theirs = db.session.query(LogIn).filter_by(user_id=other.user_id).one().id
    with client.session_transaction() as session:
        session["_user_id"] = f"{known.user_id}.0.{theirs}"
    assert client.get("/account").status_code == 303


def test_whoever_is_signed_in_is_sent_on_from_the_log_in_page(client, known):
    log_in(client, known)
    assert client.get("/login?next=/account/tokens").location == "/account/tokens"


def test_a_demonstration_offers_its_log_ins_and_a_real_site_does_not(app, client):
    from dataclasses import replace

    from marketplace.core.registry import SampleLogIn
    from marketplace.core.runtime import EXTENSION

    running_now = app.extensions[EXTENSION]
    running_now.registry.sample_log_ins.append(SampleLogIn("sample@example.cn", "sample password", "审核员"))
    assert "sample@example.cn" not in client.get("/login").text
    running_now.settings = replace(running_now.settings, demo=True)
    assert "sample@example.cn" in client.get("/login").text
