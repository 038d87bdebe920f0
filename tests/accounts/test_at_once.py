"""The same thing sent several times at the same moment happens once."""

from marketplace.accounts.models import Membership, Organisation
from marketplace.core.db import db
from tests.accounts.test_log_in import log_in
from tests.accounts.test_organisations import FORM
from tests.accounts.test_recovery import ask
from tests.threads import together

AT_ONCE = 4


def test_one_form_sent_four_times_at_once_makes_one_organisation(client, app, cast, known, journal):
    log_in(client, known)
    cookie, token = client.get_cookie("session").value, client.csrf_token()
    cookie = client.get_cookie("session").value
    journal.new()
    data = FORM | {"zone_id": cast.zone_id, "request_key": "one form", "csrf_token": token}

    def send(_index):
        browser = app.test_client()
        browser.set_cookie("session", cookie)
        return browser.post("/account/organisation/new", data=data).status_code

    assert together(app, AT_ONCE, send) == [303] * AT_ONCE
    assert journal.new() == ["organisation.created", "membership.added"]
    with app.app_context():
        org = db.session.query(Organisation).filter_by(name=FORM["name"]).one()
        assert db.session.query(Membership).filter_by(org_id=org.id).count() == 1


def test_one_recovery_link_used_four_times_at_once_sets_one_password(client, app, known, mailbox, journal):
    ask(client, known.email)
    path = mailbox.link(known.email, "/password")
    journal.new()

    def use(index):
        return app.test_client().submit(path, {"password": f"copper kettle {index} sings"}).status_code

    assert sorted(together(app, AT_ONCE, use)) == [303, 410, 410, 410]
    assert journal.new() == ["user.password_reset"]


def test_the_limit_counts_tries_made_at_once(client, app, known):
    def guess(index):
        data = {"email": known.email, "password": f"wrong guess {index}"}
        return app.test_client().submit("/login", data).status_code

    answers = together(app, 12, guess)
    assert sorted(answers) == [422] * 10 + [429] * 2
