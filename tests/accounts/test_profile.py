"""One's own account, and the two switches every page carries."""

import pytest

from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import Membership, User
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from tests.accounts.conftest import PASSWORD, Known
from tests.accounts.test_log_in import log_in


@pytest.mark.parametrize(
    "path", ["/account", "/account/profile", "/account/password", "/account/log-ins", "/account/tokens"]
)
def test_the_public_is_asked_to_log_in_first(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, f"/login?next={path}")


def test_a_person_edits_their_name_and_the_language_of_letters(client, app, known, journal):
    log_in(client, known)
    journal.new()
    answer = client.submit("/account/profile", {"name": "陈小河", "language": "en"})
    assert answer.status_code == 303
    assert journal.new() == ["user.edited"]
    with app.app_context():
        user = db.session.get(User, known.user_id)
        assert (user.name, user.language) == ("陈小河", "en")


@pytest.mark.parametrize("changes", [{"name": ""}, {"name": "名" * 61}, {"language": "fr"}, {"language": ""}])
def test_a_bad_profile_changes_nothing(client, known, journal, changes):
    log_in(client, known)
    journal.new()
    assert (
        client.submit("/account/profile", {"name": "陈小河", "language": "zh", **changes}).status_code == 422
    )
    assert journal.new() == []


def test_columns_that_are_not_on_the_form_cannot_be_set_through_it(client, app, known):
    log_in(client, known)
    with app.app_context():
        columns = [column.name for column in User.__table__.columns]
        before = {name: getattr(db.session.get(User, known.user_id), name) for name in columns}
    probe = dict.fromkeys(columns, "1") | {"name": before["name"], "language": "zh"}
    client.submit("/account/profile", probe)
    with app.app_context():
        after = {name: getattr(db.session.get(User, known.user_id), name) for name in columns}
    assert after == before


def test_saving_the_same_again_leaves_no_entry(client, known, journal):
    log_in(client, known)
    journal.new()
    client.submit("/account/profile", {"name": known.name, "language": "zh"})
    assert journal.new() == []


def test_ending_the_other_log_ins_keeps_this_one(client, app, known, journal):
    other = app.test_client()
    log_in(other, known)
    log_in(client, known)
    assert client.get("/account/log-ins").text.count("<tr>") == 3
    journal.new()
    client.submit("/account/log-ins/end")
    assert journal.new() == ["user.log_ins_ended", "user.logged_in"]
    assert other.get("/account").status_code == 303
    assert client.get("/account/log-ins").text.count("<tr>") == 2


def test_a_member_of_two_organisations_chooses_whom_to_act_for(client, cast, ctx_for, journal):
    with ctx_for(SYSTEM) as ctx:
        add_member(ctx, cast.firm_agent.org_id, cast.inventor.user_id, ["firm_agent"])
    client.sign_in(cast.inventor)
    assert "云岫大学" in client.get("/account/organisation").text
    journal.new()
    answer = client.submit(
        "/account/acting", {"org_id": cast.firm_agent.org_id, "next": "/account/organisation"}
    )
    assert (answer.status_code, answer.location) == (303, "/account/organisation")
    assert journal.new() == ["user.switched"]
    assert "拾光储能有限公司" in client.get("/account/organisation").text


def test_a_person_may_act_for_nobody_but_themselves(client, cast, journal):
    client.sign_in(cast.inventor)
    journal.new()
    client.submit("/account/acting", {"org_id": ""})
    assert journal.new() == ["user.switched"]
    assert client.get("/account/organisation").location == "/account/organisation/new"


@pytest.mark.parametrize("org", ["another's", "org_zzzzzzzzzzzzzzzzzzzz", "x", "\x00", "org" * 9_000])
def test_nobody_acts_for_an_organisation_that_is_not_theirs(client, cast, journal, org):
    client.sign_in(cast.inventor)
    journal.new()
    org = cast.firm_agent.org_id if org == "another's" else org
    assert client.submit("/account/acting", {"org_id": org}).status_code == 404
    assert journal.new() == []


def test_the_switch_leads_back_to_a_page_of_this_site_only(client, cast):
    client.sign_in(cast.inventor)
    answer = client.submit(
        "/account/acting", {"org_id": cast.inventor.org_id, "next": "https://evil.example/"}
    )
    assert answer.location == "/account"
    answer = client.submit(
        "/en/account/acting", {"org_id": cast.inventor.org_id, "next": "/account/organisation"}
    )
    assert answer.location == "/en/account/organisation"


def test_a_role_taken_away_is_gone_in_the_middle_of_a_session(client, app, cast, known):
    client.sign_in(cast.unit_admin)
    assert client.get("/account/organisation/members/invite").status_code == 200
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast.unit_admin.user_id).one().roles = ["inventor"]
        db.session.commit()
    assert client.get("/account/organisation/members/invite").status_code == 403


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", None), ("x" * 5_000, None)]
)
def test_the_appearance_is_kept_in_a_cookie_and_not_in_the_journal(client, journal, chosen, kept):
    client.submit("/theme", {"theme": "light"})
    answer = client.submit("/theme", {"theme": chosen, "next": "/login?next=/x"})
    assert (answer.status_code, answer.location) == (303, "/login?next=/x")
    cookie = client.get_cookie("theme")
    assert (cookie.value if cookie else None) == kept
    assert ('data-theme="dark"' in client.get("/login").text) is (kept == "dark")
    assert journal.new() == []


def test_the_theme_never_leads_to_another_site(client):
    assert client.submit("/theme", {"theme": "dark", "next": "//evil.example"}).location == "/"
    assert client.submit("/en/theme", {"theme": "dark", "next": "/login"}).location == "/en/login"


@pytest.mark.parametrize(
    "path", ["/logout", "/theme", "/account/acting", "/account/log-ins/end", "/account/organisation/submit"]
)
def test_what_another_site_makes_a_browser_send_is_refused(client, cast, journal, path):
    client.sign_in(cast.unit_admin)
    journal.new()
    assert client.post(path, data={"theme": "dark"}).status_code == 400
    assert client.get_cookie("theme") is None
    assert journal.new() == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_of_the_way_in_exist_in_both_languages(client, language):
    for path in ("/login", "/register", "/password", "/mail-sent"):
        assert client.get(f"{language}{path}").status_code == 200


def test_a_person_known_by_two_spellings_is_one(client, app, known: Known):
    answer = client.submit("/login", {"email": f"  {known.email.upper()} ", "password": PASSWORD})
    assert answer.status_code == 303
