"""The way of a grant, by commands: who may when, and what each step needs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from listings.documents import digest_of
from listings.grants.carrying_out import (
    End,
    Step,
    end_grant,
    file_title_change,
    sign_agreement,
    take_effect,
)
from listings.grants.drafting import create_grant, document_of, save_grant
from listings.grants.ownership import ownership_of
from listings.grants.services import decide_grant, recall_grant, review_grant, submit_grant
from listings.grants.team import Signature, ask_team, decline, reopen, sign
from marketplace.core.clock import local_date
from marketplace.core.context import ANONYMOUS
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.ticker import tick
from tests.listings.grants.desk import OPINION, OWNERSHIP, PATENT, REWARD, USE_RIGHT
from tests.listings.plans.office import TRANSFER_OFFICE


def codes_of(caught):
    return {(error.field, error.code) for error in caught.value.errors}


def test_a_share_of_the_title_goes_from_the_team_to_the_registration(desk, ctx_for):
    made = desk.effective()
    grant = desk.look(made)
    assert grant.state == "effective"
    assert desk.kinds(made) == [
        *("drafted", "signatures_asked", "signed", "paper_registered", "team_agreed", "submitted"),
        *("reviewed", "decided", "agreement_signed", "title_change_filed", "took_effect"),
    ]
    with ctx_for(ANONYMOUS) as ctx:
        owned = ownership_of(ctx, grant.achievement_id)
    assert (owned.completers_bp, owned.holder_bp, owned.income_bp) == (7_000, 3_000, 7_500)
    assert owned.parts == (("沈禾", 6_000), ("邵行简", 4_000))
    assert owned.shared
    assert (owned.deal_mandate, owned.representative) == ("unit", "沈禾")


def test_what_is_signed_decided_and_noticed_is_one_text_without_addresses(desk):
    made = desk.decided()
    grant = desk.look(made)
    assert grant.digest == digest_of(document_of(grant))
    assert {row.confirmed_digest for row in grant.completers} == {grant.digest}
    assert "inventor@" not in str(document_of(grant))


def test_a_changed_word_voids_every_signature(desk, ctx_for):
    made = desk.asked()
    desk.sign(made)
    desk.save(made, team_terms="收益平均分配。")
    grant = desk.look(made)
    assert grant.asked_at is None
    assert all(row.confirmed_at is None for row in grant.completers)
    assert desk.kinds(made)[-1] == "signatures_voided"


def test_another_address_is_no_change_of_what_was_signed(desk):
    made = desk.asked()
    desk.sign(made)
    content = desk.look(made).content
    desk.save(made, team=[content["team"][0], {**content["team"][1], "email": "shao@example.cn"}])
    assert desk.look(made).asked_at is not None


def test_a_completer_signs_what_the_page_showed_and_nothing_else(desk, ctx_for, cast):
    made = desk.asked()
    with pytest.raises(Conflict) as caught, ctx_for(cast.inventor.actor) as ctx:
        sign(ctx, made, Signature("0" * 64, agreed=True))
    assert caught.value.code == "stale"
    digest = desk.look(made).digest
    with pytest.raises(Invalid), ctx_for(cast.inventor.actor) as ctx:
        sign(ctx, made, Signature(digest, agreed=False))
    desk.sign(made)
    desk.sign(made)  # a double click
    assert desk.kinds(made).count("signed") == 1


def test_whoever_does_not_agree_opens_the_draft_again(desk, ctx_for, cast):
    made = desk.asked()
    with ctx_for(cast.inventor.actor) as ctx:
        decline(ctx, made, "比例与约定不符")
    grant = desk.look(made)
    assert (grant.state, grant.asked_at) == ("draft", None)
    assert grant.completers[0].decline_reason == "比例与约定不符"


def test_what_the_team_has_signed_is_changed_only_after_it_was_opened_again(desk, ctx_for, cast):
    made = desk.agreed()
    with pytest.raises(Conflict), ctx_for(cast.inventor.actor) as ctx:
        save_grant(ctx, made, {"prospect": "别的"})
    with ctx_for(cast.inventor.actor) as ctx:
        reopen(ctx, made)
    grant = desk.look(made)
    assert (grant.state, grant.asked_at) == ("draft", None)
    assert not any(row.paper_document for row in grant.completers)


def test_one_achievement_has_one_grant_at_a_time(desk, ctx_for, cast):
    made = desk.drafted()
    achievement = desk.look(made).achievement_id
    with pytest.raises(Conflict) as caught, ctx_for(cast.tto_officer.actor) as ctx:
        create_grant(ctx, achievement)
    assert caught.value.code == "already_granted"


def test_a_completer_without_an_office_cannot_review(desk, ctx_for, cast):
    submitted = desk.submitted()
    with ctx_for(cast.inventor.actor) as ctx, pytest.raises(Forbidden):
        review_grant(ctx, submitted, OPINION)


def test_the_author_among_the_officers_stands_aside(desk, ctx_for, cast):
    desk.office.rules()
    made = desk.drafted(cast.tto_officer)
    alone = {**REWARD, "team": [{**REWARD["team"][0], "share_bp": 10_000}]}
    with ctx_for(cast.tto_officer.actor) as ctx:
        save_grant(ctx, made, alone)
    with ctx_for(cast.tto_officer.actor) as ctx:
        ask_team(ctx, made)
    desk.sign(made)
    with ctx_for(cast.tto_officer.actor) as ctx:
        submit_grant(ctx, made)
    with pytest.raises(Conflict) as caught, ctx_for(cast.tto_officer.actor) as ctx:
        review_grant(ctx, made, OPINION)
    assert caught.value.code == "own_submission"
    with ctx_for(cast.unit_admin.actor) as ctx:
        review_grant(ctx, made, OPINION)
    assert desk.look(made).state == "unit_review"


def test_the_highest_body_decides(desk):
    desk.office.rules()
    made = desk.reviewed()
    with pytest.raises(Invalid) as caught:
        desk.decide(made, body=TRANSFER_OFFICE)
    assert codes_of(caught) == {("body", "lower_tier")}


def test_without_rules_nobody_can_decide(desk):
    made = desk.reviewed()
    with pytest.raises(Conflict) as caught:
        desk.decide(made)
    assert caught.value.code == "no_rules"


def test_the_share_is_measured_again_when_the_unit_decides(desk):
    desk.office.rules()
    made = desk.reviewed()
    desk.office.rules(grant_share_min_bp=8_000)
    with pytest.raises(Invalid) as caught:
        desk.decide(made)
    assert codes_of(caught) == {("result", "below_minimum")}


def test_a_refused_grant_makes_room_for_another(desk, ctx_for, cast):
    desk.office.rules()
    made = desk.reviewed()
    desk.decide(made, result="rejected", votes_for=1, votes_against=5)
    refused = desk.look(made)
    assert refused.state == "rejected"
    with ctx_for(cast.inventor.actor) as ctx:
        assert create_grant(ctx, refused.achievement_id).id != made


def test_a_returned_grant_is_signed_anew(desk):
    made = desk.submitted()
    desk.give_back(made)
    grant = desk.look(made)
    assert (grant.state, grant.asked_at, grant.note) == ("draft", None, "补充第三方约定的说明。")


def test_a_submission_can_be_taken_back_until_it_is_reviewed(desk, ctx_for, cast):
    made = desk.submitted()
    with ctx_for(cast.inventor.actor) as ctx:
        recall_grant(ctx, made)
    assert desk.look(made).state == "team_agreed"


def test_the_agreement_waits_for_the_notice(desk):
    made = desk.decided()
    given = desk.agreement()
    with pytest.raises(Conflict) as caught, desk.officer() as ctx:
        sign_agreement(ctx, made, given)
    assert caught.value.code == "not_certified"


def test_the_agreement_is_signed_after_the_certificate_and_says_who_signs_deals(desk, clock):
    made = desk.certified()
    today = local_date(clock.now())
    bad = desk.agreement(signed_on=today - timedelta(days=1), deal_mandate="", ip_fees=" ", paper=None)
    with pytest.raises(Invalid) as caught, desk.officer() as ctx:
        sign_agreement(ctx, made, bad)
    assert codes_of(caught) == {
        ("signed_on", "before_certificate"),
        ("deal_mandate", "required"),
        ("ip_fees", "required"),
        ("paper", "required"),
    }
    late = desk.agreement(signed_on=today + timedelta(days=1))
    with pytest.raises(Invalid) as caught, desk.officer() as ctx:
        sign_agreement(ctx, made, late)
    assert codes_of(caught) == {("signed_on", "future")}


def test_a_share_of_a_patent_has_no_effect_before_its_registration(desk):
    made = desk.signed()
    with pytest.raises(Conflict) as caught, desk.officer() as ctx:
        take_effect(ctx, made, [desk.step("通知书")])
    assert caught.value.code == "not_filed"
    with desk.officer() as ctx:
        file_title_change(ctx, made, [desk.step("回执")])
    for steps in ([], [Step(PATENT)], [desk.step("通知书", right="别的专利")]):
        with pytest.raises(Invalid), desk.officer() as ctx:
            take_effect(ctx, made, steps)
    before = desk.look(made).signed_on - timedelta(days=1)
    with pytest.raises(Invalid) as caught, desk.officer() as ctx:
        take_effect(ctx, made, [replace(desk.step("通知书"), day=before)])
    assert codes_of(caught) == {("registrations.0.day", "before_agreement")}
    assert desk.look(made).state == "title_change_filed"


def test_a_right_of_use_ends_by_itself_even_when_the_worker_sleeps(desk, clock, ctx_for, app):
    desk.terms = USE_RIGHT
    made = desk.effective()
    grant = desk.look(made)
    assert local_date(grant.ends_at - timedelta(seconds=1)).year == grant.effective_on.year + 10
    clock.move_to(grant.ends_at - timedelta(seconds=1))
    with ctx_for(ANONYMOUS) as ctx:
        owned = ownership_of(ctx, grant.achievement_id)
        assert (owned.uses_until, owned.completers_bp) == (grant.ends_at, 0)
    clock.move_to(grant.ends_at + timedelta(days=3))
    with ctx_for(ANONYMOUS) as ctx:
        assert ownership_of(ctx, grant.achievement_id) is None
    with app.app_context():
        tick()
    assert desk.look(made).state == "expired"
    assert desk.look(made).ended_at == grant.ends_at


def test_a_reward_changes_no_title_and_takes_effect_with_the_agreement(desk, ctx_for):
    desk.terms = REWARD
    made = desk.signed()
    with pytest.raises(Conflict), desk.officer() as ctx:
        file_title_change(ctx, made, [])
    with desk.officer() as ctx:
        take_effect(ctx, made)
    grant = desk.look(made)
    assert grant.effective_on == grant.signed_on
    with ctx_for(ANONYMOUS) as ctx:
        owned = ownership_of(ctx, grant.achievement_id)
    assert (owned.completers_bp, owned.income_bp, owned.shared) == (0, 7_500, False)


@pytest.mark.parametrize(("reason", "state"), [("breach", "revoked"), ("agreed", "terminated")])
def test_a_grant_in_effect_can_be_ended_with_its_reason(desk, ctx_for, reason, state):
    made = desk.effective()
    desk.end(made, reason)
    grant = desk.look(made)
    assert (grant.state, grant.end_reason) == (state, reason)
    with ctx_for(ANONYMOUS) as ctx:
        assert ownership_of(ctx, grant.achievement_id) is None


def test_an_end_needs_a_known_reason_and_words(desk, ctx_for, cast):
    made = desk.signed()
    for given in (End("mood", "无"), End("agreed", " ")):
        with pytest.raises(Invalid), ctx_for(cast.unit_admin.actor) as ctx:
            end_grant(ctx, made, given)
    desk.end(made)
    assert desk.look(made).state == "terminated"


def test_a_decision_needs_a_review(desk, ctx_for, cast):
    desk.office.rules()
    made = desk.submitted()
    record = desk.office.record()
    with pytest.raises(Conflict) as caught, ctx_for(cast.unit_admin.actor) as ctx:
        decide_grant(ctx, made, record)
    assert caught.value.code == "wrong_state"


def test_an_opinion_names_the_day_and_the_document(desk, ctx_for, cast):
    made = desk.submitted()
    with pytest.raises(Invalid) as caught, ctx_for(cast.tto_officer.actor) as ctx:
        review_grant(ctx, made, replace(OPINION, checked_on=date(2030, 1, 1), title=" ", document=""))
    assert codes_of(caught) == {("checked_on", "future"), ("title", "required"), ("document", "required")}


def test_a_withdrawn_achievement_carries_no_grant_further(desk, ctx_for, cast):
    made = desk.submitted()
    desk.desk.withdraw(desk.look(made).achievement_id)
    with pytest.raises(Conflict) as caught, ctx_for(cast.tto_officer.actor) as ctx:
        review_grant(ctx, made, OPINION)
    assert caught.value.code == "not_published"


def test_the_registration_day_is_the_last_of_them(desk, clock):
    other = {"kind": "utility_model", "number": "ZL202220123456.7", "holder": "云岫大学"}
    made = desk.signed(rights=[OWNERSHIP["rights"][0], other])
    with desk.officer() as ctx:
        file_title_change(ctx, made, [desk.step("回执 1"), desk.step("回执 2", other["number"])])
    first = desk.step("通知书 1")
    clock.advance(days=20)
    with pytest.raises(Invalid) as caught, desk.officer() as ctx:
        take_effect(ctx, made, [first])
    assert codes_of(caught) == {("registrations.1.day", "required"), ("registrations.1.document", "required")}
    with desk.officer() as ctx:
        take_effect(ctx, made, [desk.step("通知书 2", other["number"]), first])
    assert desk.look(made).effective_on == local_date(clock.now()) != first.day


def test_a_notice_does_not_outlive_its_grant(desk):
    made = desk.decided()
    desk.clock.advance(days=1)
    notices = desk.notices(made)
    running = notices.running()
    desk.withdraw(made)
    notice = notices.look(running)
    assert (notice.state, notice.void_reason) == ("void", "grant_withdrawn")
    assert desk.look(made).state == "withdrawn"
