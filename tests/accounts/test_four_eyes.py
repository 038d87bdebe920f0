"""Roles in a zone authority: one administrator proposes, another confirms."""

import pytest

from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import RoleProposal
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from tests.accounts.conftest import make_known
from tests.accounts.test_log_in import log_in
from tests.accounts.test_members import MEMBERS, invite, roles_of


@pytest.fixture
def second(app, cast, ctx_for):
    """A second administrator of the authority, signed in."""
    person = make_known(app, "second.admin@example.cn", "钟二")
    with ctx_for(SYSTEM) as ctx:
        add_member(ctx, cast.zone_admin.org_id, person.user_id, ["zone_admin"])
    browser = app.test_client()
    log_in(browser, person)
    return browser


@pytest.fixture
def first(client, cast, second, journal):
    client.sign_in(cast.zone_admin)
    journal.new()
    return client


def proposal(app):
    with app.app_context():
        return db.session.query(RoleProposal).order_by(RoleProposal.id.desc()).first().id


def decide(browser, app, verb):
    return browser.submit(f"{MEMBERS}/proposals/{proposal(app)}/{verb}")


def test_a_change_of_roles_waits_for_a_second_administrator(first, second, app, cast, journal, mailbox):
    target = cast.moderator
    answer = first.submit(f"{MEMBERS}/{target.user_id}", {"roles": ["moderator", "security_officer"]})
    assert answer.status_code == 303
    assert journal.new() == ["membership.proposed"]
    assert roles_of(app, target.user_id, target.org_id) == ["moderator"]
    assert "纪明远" in second.get(MEMBERS).text
    assert "等待你确认" in str(mailbox.to("second.admin@example.cn")[-1]["Subject"])
    assert decide(second, app, "confirm").status_code == 303
    assert journal.new() == ["membership.changed"]
    assert roles_of(app, target.user_id, target.org_id) == ["moderator", "security_officer"]


def test_nobody_confirms_their_own_proposal(first, app, cast, journal):
    first.submit(f"{MEMBERS}/{cast.moderator.user_id}", {"roles": ["security_officer"]})
    journal.new()
    assert decide(first, app, "confirm").status_code == 403
    assert journal.new() == []
    assert roles_of(app, cast.moderator.user_id, cast.moderator.org_id) == ["moderator"]


def test_a_refused_proposal_changes_nothing_and_is_closed(first, second, app, cast, journal):
    first.submit(f"{MEMBERS}/{cast.moderator.user_id}", {"roles": ["security_officer"]})
    journal.new()
    assert decide(second, app, "reject").status_code == 303
    assert journal.new() == ["membership.proposal_rejected"]
    assert decide(second, app, "confirm").status_code == 409
    assert roles_of(app, cast.moderator.user_id, cast.moderator.org_id) == ["moderator"]


def test_the_proposer_may_take_it_back(first, app, cast, journal):
    first.submit(f"{MEMBERS}/{cast.moderator.user_id}/remove")
    assert decide(first, app, "reject").status_code == 303
    assert journal.new() == ["membership.proposed", "membership.proposal_rejected"]


def test_an_invitation_is_sent_after_the_second_administrator_agrees(first, second, app, journal, mailbox):
    assert invite(first, "new.moderator@example.cn", "moderator").status_code == 303
    assert journal.new() == ["membership.proposed"]
    assert mailbox.to("new.moderator@example.cn") == []
    decide(second, app, "confirm")
    assert journal.new() == ["membership.invited"]
    assert len(mailbox.to("new.moderator@example.cn")) == 1


def test_a_removal_takes_two_as_well(first, second, app, cast, journal):
    first.submit(f"{MEMBERS}/{cast.moderator.user_id}/remove")
    assert roles_of(app, cast.moderator.user_id, cast.moderator.org_id) == ["moderator"]
    decide(second, app, "confirm")
    assert journal.new() == ["membership.proposed", "membership.removed"]
    assert roles_of(app, cast.moderator.user_id, cast.moderator.org_id) is None


def test_an_authority_with_one_administrator_is_told_to_get_a_second(client, app, cast, journal):
    client.sign_in(cast.zone_admin)
    journal.new()
    for answer in (
        client.submit(f"{MEMBERS}/{cast.moderator.user_id}", {"roles": ["security_officer"]}),
        invite(client, "new.moderator@example.cn", "moderator"),
    ):
        assert answer.status_code == 422
        assert "增加第二名管理员" in answer.text
    assert client.submit(f"{MEMBERS}/{cast.moderator.user_id}/remove").status_code == 409
    assert journal.new() == []


def test_two_proposals_about_one_person_do_not_cross(first, cast, journal):
    first.submit(f"{MEMBERS}/{cast.moderator.user_id}", {"roles": ["security_officer"]})
    journal.new()
    answer = first.submit(f"{MEMBERS}/{cast.moderator.user_id}/remove")
    assert answer.status_code == 409
    assert journal.new() == []


@pytest.mark.parametrize("roles", [["supervisor", "moderator"], ["zone_admin", "supervisor"]])
def test_who_watches_does_not_act(first, cast, journal, roles):
    answer = first.submit(f"{MEMBERS}/{cast.supervisor.user_id}", {"roles": roles})
    assert answer.status_code == 422
    assert "不能由同一人担任" in answer.text
    assert journal.new() == []


def test_two_confirmed_removals_leave_one_administrator(first, second, app, cast, journal):
    with app.app_context():
        second_id = db.session.query(RoleProposal).count()
    assert second_id == 0
    first.submit(f"{MEMBERS}/{cast.zone_admin.user_id}/remove")
    assert decide(second, app, "confirm").status_code == 303
    assert first.get(MEMBERS).status_code == 403
    assert second.submit(f"{MEMBERS}/leave").status_code == 409


def test_staff_without_the_role_see_no_proposals_and_decide_none(first, app, cast, journal):
    first.submit(f"{MEMBERS}/{cast.second_moderator.user_id}/remove")
    journal.new()
    staff = app.test_client().sign_in(cast.moderator)
    assert "等待确认的变更" not in staff.get(MEMBERS).text
    assert decide(staff, app, "confirm").status_code == 403
    stranger = app.test_client().sign_in(cast.unit_admin)
    assert decide(stranger, app, "confirm").status_code in {403, 404}
    assert journal.new() == []


@pytest.mark.parametrize("proposal_id", ["x", "%00", "prp_zzzzzzzzzzzzzzzzzzzz"])
def test_an_unknown_proposal_is_not_found(first, proposal_id):
    assert first.submit(f"{MEMBERS}/proposals/{proposal_id}/confirm").status_code == 404
