"""Members and invitations of an ordinary organisation."""

import pytest

from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import MailLink, Membership, User
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_log_in import log_in

MEMBERS = "/account/organisation/members"


@pytest.fixture
def admin(client, cast, journal):
    client.sign_in(cast.unit_admin)
    journal.new()
    return cast.unit_admin


def invite(client, email, *roles, **data):
    return client.submit(f"{MEMBERS}/invite", {"email": email, "roles": list(roles), **data})


def roles_of(app, user_id, org_id):
    with app.app_context():
        row = db.session.query(Membership).filter_by(user_id=user_id, org_id=org_id).one_or_none()
        return None if row is None else row.roles


def test_members_see_each_other_and_only_administrators_may_change_anything(client, app, cast, admin):
    page = client.get(MEMBERS).text
    assert "沈禾" in page
    assert f"{MEMBERS}/invite" in page
    page = app.test_client().sign_in(cast.inventor).get(MEMBERS).text
    assert "江临" in page
    assert f"{MEMBERS}/invite" not in page


def test_an_invited_stranger_registers_and_joins_in_one_step(client, app, cast, admin, journal, mailbox):
    assert invite(client, "new.hand@example.cn", "inventor").status_code == 303
    assert journal.new() == ["membership.invited"]
    path = mailbox.link("new.hand@example.cn", "/invite")
    guest = app.test_client()
    assert "云岫大学" in guest.get(path).text
    answer = guest.submit(path, {"name": "何新", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account/organisation")
    assert journal.new() == ["user.registered", "membership.added", "user.logged_in"]
    assert "云岫大学" in guest.get("/account/organisation").text
    assert guest.get(path).status_code == 410


def test_the_invitation_sends_no_confirmation_mail_besides(client, app, admin, mailbox):
    invite(client, "new.hand@example.cn", "inventor")
    app.test_client().submit(
        mailbox.link("new.hand@example.cn", "/invite"), {"name": "何新", "password": PASSWORD}
    )
    assert len(mailbox.to("new.hand@example.cn")) == 1


def test_an_invited_person_with_an_account_logs_in_and_accepts(
    client, app, cast, admin, known, journal, mailbox
):
    invite(client, known.email, "tto_officer", "inventor")
    path = mailbox.link(known.email, "/invite")
    guest = app.test_client()
    assert "登录后会回到这里" in guest.get(path).text
    log_in(guest, known)
    assert "接受邀请" in guest.get(path).text
    journal.new()
    assert guest.submit(f"{path}/accept").status_code == 303
    assert journal.new() == ["membership.added"]
    assert roles_of(app, known.user_id, cast.unit_admin.org_id) == ["inventor", "tto_officer"]
    assert guest.submit(f"{path}/accept").status_code == 410


def test_an_invitation_is_for_its_address_only(client, app, cast, admin, known, journal, mailbox):
    invite(client, "new.hand@example.cn", "inventor")
    path = mailbox.link("new.hand@example.cn", "/invite")
    other = app.test_client()
    log_in(other, known)
    journal.new()
    assert "邀请发给了" in other.get(path).text
    assert other.submit(f"{path}/accept").status_code == 409
    assert journal.new() == []


def test_somebody_with_an_account_cannot_be_registered_over(client, app, admin, known, mailbox, journal):
    invite(client, known.email, "inventor")
    path = mailbox.link(known.email, "/invite")
    journal.new()
    answer = app.test_client().submit(path, {"name": "别人", "password": "a different password 1"})
    assert answer.status_code == 410
    assert journal.new() == []
    assert log_in(app.test_client(), known).status_code == 303


def test_an_unconfirmed_registration_gives_way_to_the_owner_of_the_mailbox(client, app, admin, mailbox):
    app.test_client().submit(
        "/register", {"name": "冒名", "email": "new.hand@example.cn", "password": "a stranger chose this"}
    )
    invite(client, "new.hand@example.cn", "inventor")
    path = mailbox.link("new.hand@example.cn", "/invite")
    assert app.test_client().submit(path, {"name": "何新", "password": PASSWORD}).status_code == 303
    with app.app_context():
        assert db.session.query(User).filter_by(email="new.hand@example.cn").one().name == "何新"
    answer = app.test_client().submit("/login", {"email": "new.hand@example.cn", "password": PASSWORD})
    assert answer.status_code == 303


def test_an_invitation_lives_seven_days(client, app, admin, clock, mailbox):
    invite(client, "new.hand@example.cn", "inventor")
    path = mailbox.link("new.hand@example.cn", "/invite")
    clock.advance(days=7)
    assert app.test_client().get(path).status_code == 410


def test_an_invitation_can_be_withdrawn(client, app, admin, journal, mailbox):
    invite(client, "new.hand@example.cn", "inventor")
    path = mailbox.link("new.hand@example.cn", "/invite")
    with app.app_context():
        link_id = db.session.query(MailLink).one().id
    assert "new.hand@example.cn" in client.get(MEMBERS).text
    journal.new()
    assert client.submit(f"{MEMBERS}/invitations/{link_id}/withdraw").status_code == 303
    assert journal.new() == ["membership.invitation_withdrawn"]
    assert app.test_client().get(path).status_code == 410
    assert client.submit(f"{MEMBERS}/invitations/{link_id}/withdraw").status_code == 409


def test_nobody_withdraws_the_invitation_of_another_organisation(client, app, cast, admin, ctx_for):
    invite(client, "new.hand@example.cn", "inventor")
    with app.app_context():
        link_id = db.session.query(MailLink).one().id
    with ctx_for(SYSTEM) as ctx:
        add_member(ctx, cast.other_tto_officer.org_id, cast.firm_agent.user_id, ["unit_admin"])
        ctx.session.get(User, cast.firm_agent.user_id).acting_org_id = cast.other_tto_officer.org_id
    other = app.test_client().sign_in(cast.firm_agent)
    assert other.submit(f"{MEMBERS}/invitations/{link_id}/withdraw").status_code == 404


def test_sending_one_invitation_form_twice_sends_one_mail(client, admin, journal, mailbox):
    for _ in range(2):
        invite(client, "new.hand@example.cn", "inventor", request_key="one form")
    assert journal.new() == ["membership.invited"]
    assert len(mailbox.to("new.hand@example.cn")) == 1


@pytest.mark.parametrize(
    ("email", "roles", "field"),
    [
        ("", ["inventor"], "email"),
        ("nobody", ["inventor"], "email"),
        ("x" * 50_000, ["inventor"], "email"),
        ("a@b.cn", [], "roles"),
        ("a@b.cn", ["zone_admin"], "roles"),
        ("a@b.cn", ["no such role"], "roles"),
        ("a@b.cn", ["x" * 50_000], "roles"),
        ("inventor@university.example", ["inventor"], "email"),
    ],
)
def test_a_bad_invitation_is_explained_beside_its_field(client, admin, journal, email, roles, field):
    answer = invite(client, email, *roles)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert journal.new() == []


def test_an_administrator_changes_roles(client, app, cast, admin, journal, mailbox):
    path = f"{MEMBERS}/{cast.inventor.user_id}"
    assert client.get(path).status_code == 200
    assert client.submit(path, {"roles": ["tto_officer"]}).status_code == 303
    assert journal.new() == ["membership.changed"]
    assert roles_of(app, cast.inventor.user_id, admin.org_id) == ["tto_officer"]
    assert "角色已变更" in str(mailbox.to(cast.inventor.email)[-1]["Subject"])


def test_saving_the_same_roles_again_leaves_no_entry(client, cast, admin, journal):
    client.submit(f"{MEMBERS}/{cast.inventor.user_id}", {"roles": ["inventor"]})
    assert journal.new() == []


def test_a_removed_member_is_out_at_once(client, app, cast, admin, journal):
    member = app.test_client().sign_in(cast.inventor)
    assert member.get(MEMBERS).status_code == 200
    assert client.submit(f"{MEMBERS}/{cast.inventor.user_id}/remove").status_code == 303
    assert journal.new() == ["membership.removed"]
    assert member.get(MEMBERS).status_code == 403
    assert member.get("/account").status_code == 200


@pytest.mark.parametrize("roles", [["inventor"], None])
def test_the_last_administrator_can_be_neither_demoted_nor_removed(client, app, cast, admin, journal, roles):
    path = f"{MEMBERS}/{admin.user_id}"
    answer = client.submit(path, {"roles": roles}) if roles else client.submit(f"{path}/remove")
    assert answer.status_code == (422 if roles else 409)
    assert "最后一名管理员" in answer.text
    assert journal.new() == []
    assert roles_of(app, admin.user_id, admin.org_id) == ["unit_admin"]


def test_the_last_administrator_cannot_leave_but_others_can(client, app, cast, admin, journal):
    assert client.submit(f"{MEMBERS}/leave").status_code == 409
    member = app.test_client().sign_in(cast.inventor)
    assert member.get(f"{MEMBERS}/leave").status_code == 200
    assert member.submit(f"{MEMBERS}/leave").status_code == 303
    assert journal.new() == ["membership.removed"]


def test_an_administrator_who_cannot_log_in_does_not_count_as_one(client, app, cast, admin, journal, ctx_for):
    with ctx_for(SYSTEM) as ctx:
        add_member(ctx, admin.org_id, cast.firm_agent.user_id, ["unit_admin"])
        ctx.session.get(User, cast.firm_agent.user_id).active = False
    assert client.submit(f"{MEMBERS}/{admin.user_id}/remove").status_code == 409


def test_with_a_second_administrator_the_first_may_go(client, app, cast, admin, journal):
    client.submit(f"{MEMBERS}/{cast.tto_officer.user_id}", {"roles": ["unit_admin", "tto_officer"]})
    assert client.submit(f"{MEMBERS}/{admin.user_id}/remove").status_code == 303
    assert roles_of(app, admin.user_id, admin.org_id) is None


@pytest.mark.parametrize("path", ["invite", "{member}", "{member}/remove"])
def test_who_does_not_administer_cannot_touch_memberships(client, cast, journal, path):
    client.sign_in(cast.inventor)
    journal.new()
    target = f"{MEMBERS}/{path.format(member=cast.tto_officer.user_id)}"
    assert client.submit(target, {"email": "a@b.cn", "roles": ["inventor"]}).status_code == 403
    assert journal.new() == []


@pytest.mark.parametrize("user_id", ["x", "%00", "usr_zzzzzzzzzzzzzzzzzzzz", "{stranger}"])
def test_who_is_no_member_is_not_found(client, cast, admin, journal, user_id):
    user_id = user_id.format(stranger=cast.firm_agent.user_id)
    assert client.get(f"{MEMBERS}/{user_id}").status_code == 404
    assert client.submit(f"{MEMBERS}/{user_id}/remove").status_code == 404
    assert journal.new() == []


def test_a_hundred_invitations_a_day_are_enough(client, app, admin, clock, monkeypatch):
    from marketplace.accounts import limits

    monkeypatch.setattr(limits, "throttle", count := Counting())
    invite(client, "new.hand@example.cn", "inventor")
    assert count.calls == [("invite", admin.user_id, 100, 86_400)]


class Counting:
    def __init__(self):
        self.calls = []

    def __call__(self, now, purpose, key, limit, seconds):
        self.calls.append((purpose, key, limit, seconds))
