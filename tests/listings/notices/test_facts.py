"""The feed of public facts tells of notices what their pages show, from their start on, and of objectors nothing."""

import json

import pytest

from listings.notices.facts import PUBLIC
from listings.notices.services import Amendment, End, amend, withdraw_notice
from tests.listings.notices.desk import FACTS, GENUINE, REASONS, SAID


@pytest.fixture
def feed(app):
    """The notices' facts in the feed: (kind without its noun, data)."""

    def read():
        found, after = [], -1
        while True:
            answer = app.test_client().get(f"/api/v1/changes?after={after}").json
            found += answer["items"]
            if answer["next"] == after:
                return [
                    (fact["kind"].removeprefix("notice."), fact["data"])
                    for fact in found
                    if fact["kind"].startswith("notice.")
                ]
            after = answer["next"]

    return read


def test_a_notice_is_told_from_its_start_to_its_certificate(desk, feed):
    made = desk.running()
    desk.rule(desk.admitted(made))
    desk.run_out(made)
    desk.certify(made)
    told = feed()
    assert [kind for kind, _ in told] == [
        *("started", "objected", "objection_decided", "resumed", "expired", "certified"),
    ]
    facts = dict(told)
    assert facts["started"]["price_fen"] == 120_000_000
    assert facts["started"]["number"] == desk.look(made).number
    assert facts["objected"] == {"edition": 1, "objection": facts["objection_decided"]["objection"]}
    assert facts["objection_decided"]["outcome"] == "dismissed"
    assert facts["certified"]["certificate"] == desk.look(made).certificate.number


def test_nothing_of_an_objector_goes_out(desk, feed, cast):
    made = desk.running()
    objection = desk.admitted(made)
    desk.rule(objection)
    desk.run_out(made)
    kept = desk.objection(objection)
    text = json.dumps(feed(), ensure_ascii=False)
    secret = (GENUINE.name, GENUINE.email, GENUINE.remedy, FACTS, REASONS, kept.digest, kept.id, kept.ground)
    assert [one for one in secret if one in text] == []
    assert [member.user_id for member in cast.members.values() if member.user_id in text] == []


@pytest.mark.parametrize("state", ["drafted", "submitted", "scheduled"])
def test_a_notice_that_has_not_started_is_not_told(desk, feed, state):
    made = getattr(desk, state)()
    assert feed() == []
    if state == "scheduled":
        with desk.as_(desk.cast.tto_officer) as ctx:
            withdraw_notice(ctx, made, End("withdrawn"))
        assert feed() == []  # nobody outside ever saw it


def test_what_happened_before_the_start_does_not_become_public_behind_a_reader_s_back(desk, feed):
    made = desk.scheduled()
    with desk.as_(desk.cast.tto_officer) as ctx:
        amend(ctx, made, Amendment("摘要有误"))
    desk.hand_in(made)
    desk.verify(made)
    assert feed() == []
    desk.start(made)
    assert [kind for kind, _ in feed()] == ["started"]
    with desk.as_(desk.cast.tto_officer) as ctx:
        amend(ctx, made, Amendment("摘要又有误"))
    assert [kind for kind, _ in feed()] == ["started", "amended"]


def test_a_notice_that_is_given_up_is_told_with_the_reason_and_without_the_draft_after_it(desk, feed):
    made = desk.running()
    with desk.as_(desk.cast.tto_officer) as ctx:
        withdraw_notice(ctx, made, End("withdrawn", "受让方退出"))
    desk.drafted()
    told = feed()
    assert told[-1] == ("voided", {"edition": 1, "reason": "withdrawn"})
    assert SAID["contact"] not in json.dumps(told, ensure_ascii=False)


def test_no_part_of_a_fact_is_told_that_stands_for_what_is_private():
    private = {"digest", "reasons", "decision", "buyer", "capture", "ground"}
    assert {kind for kind, parts in PUBLIC.items() if private & set(parts)} == {"notice.certified"}
