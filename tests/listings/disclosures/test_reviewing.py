"""The unit's steps: each by its officer, in its order, never by somebody with a stake in it."""

from datetime import date

import pytest

from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.secrecy import assess
from listings.disclosures.steps import STEPS
from listings.secrecy import Answers
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.ticker import tick
from tests.listings.achievements.pages import words
from tests.listings.disclosures.desk import HARMLESS, TWO

ORDER = ["submitted", "formal_check", "ownership_review", "secrecy_gate", "evaluation", "classified_decision"]


def test_every_outcome_leads_to_a_declared_move():
    moves = {transition.name for transition in DISCLOSURE.transitions}
    for state, step in STEPS.items():
        assert set(step.moves.values()) <= moves
        assert step.words.keys() == step.moves.keys()
        for move in step.moves.values():
            assert state in DISCLOSURE.transition(move).source


@pytest.mark.parametrize("state", ORDER)
def test_a_step_belongs_to_its_officer(desk, cast, state):
    made = desk.at(state)
    right = {"secrecy_gate": "secrecy_officer", "classified_decision": "unit_admin"}.get(state, "tto_officer")
    outcome = next(iter(STEPS[state].moves))
    for part in ("inventor", "tto_officer", "secrecy_officer", "unit_admin"):
        if part != right:
            with pytest.raises(Forbidden):
                desk.say(made, cast.members[part], outcome, reason="理由")
    assert desk.look(made).state == state


@pytest.mark.parametrize("state", ["submitted", "formal_check", "ownership_review", "evaluation"])
def test_nobody_acts_on_a_disclosure_of_their_own(desk, cast, browser_of, state):
    made = desk.confirmed(completers=TWO)
    desk.submit(made)
    officer = browser_of(cast.tto_officer)
    assert officer.get(f"/disclosures/{made}/review").status_code == 403
    with pytest.raises(Forbidden) as refused:
        desk.say(made, cast.tto_officer, "take_up")
    assert "回避" in str(refused.value.message)
    assert "办理披露" not in words(officer.get("/work"))
    assert "须回避" in words(officer.get(f"/disclosures/{made}"))


def test_a_service_achievement_goes_on_and_another_ends(desk, cast):
    made = desk.at("ownership_review")
    desk.say(made, cast.tto_officer, "not_service", reason="与本职工作无关，未使用单位资源")
    row = desk.look(made)
    assert (row.state, row.finding, row.next_deadline) == ("closed", "not_service", None)
    assert desk.kinds(made)[-1] == "found_not_service"


def test_a_blocked_one_ends_and_is_not_offered(desk, cast, browser_of):
    made = desk.at("secrecy_gate")
    with pytest.raises(Invalid):
        desk.say(made, cast.secrecy_officer, "block")
    desk.say(made, cast.secrecy_officer, "block", reason="转离线办理", document="云保审〔2026〕32 号")
    assert desk.look(made).state == "closed"
    assert browser_of(cast.tto_officer).submit(f"/disclosures/{made}/achievement").status_code == 403


@pytest.mark.parametrize("day", [None, date(2026, 3, 2), date(2020, 1, 1), date(2999, 1, 1)])
def test_a_deferral_needs_a_day_that_is_yet_to_come(desk, cast, day):
    made = desk.at("classified_decision")
    with pytest.raises(Invalid) as refused:
        desk.say(made, cast.unit_admin, "defer", reason="等待中试", review_on=day)
    assert [error.field for error in refused.value.errors] == ["review_on"]


def test_a_decision_is_looked_at_again_on_its_day(desk, cast, clock, browser_of):
    made = desk.closed("trade_secret", review_on=date(2026, 6, 1))
    admin = browser_of(cast.unit_admin)
    with pytest.raises(Conflict):
        desk.say(made, cast.unit_admin, "keep", reason="仍需保密")
    assert "到期复核" not in words(admin.get("/work"))
    clock.advance(days=91)
    assert "办理披露：到期复核" in words(admin.get("/work"))
    desk.say(made, cast.unit_admin, "keep", reason="仍需保密")
    assert "到期复核" not in words(admin.get("/work"))
    row = desk.look(made)
    assert (row.state, row.outcome, row.review_on) == ("closed", "trade_secret", None)


def test_an_answer_within_thirty_days_is_never_late(app, desk, clock):
    desk.closed()
    clock.advance(days=90)
    with app.app_context():
        assert tick() == 0


def test_an_answer_that_came_late_stays_known_as_late(app, desk, cast, clock):
    made = desk.at("classified_decision")
    clock.advance(days=35)
    desk.say(made, cast.unit_admin, "file_patent", reason="可以申请")  # nobody had ticked the clock
    row = desk.look(made)
    assert row.overdue_at is not None
    assert row.overdue_at < row.replied_at
    assert desk.kinds(made)[-2:] == ["reply_overdue", "decided"]


def test_while_it_is_returned_the_clock_of_the_unit_stands(app, desk, cast, clock):
    made = desk.at("formal_check")
    desk.say(made, cast.tto_officer, "return", reason="补充材料")
    clock.advance(days=60)
    with app.app_context():
        tick()
    assert desk.look(made).overdue_at is None
    desk.ask(made)
    desk.confirm(made, cast.inventor)
    desk.submit(made)
    assert desk.look(made).next_deadline > clock.now()


def test_what_must_be_said_is_asked_for(desk, cast, browser_of):
    made = desk.at("evaluation")
    officer = browser_of(cast.tto_officer)
    answer = officer.submit(f"/disclosures/{made}/review", {"step": "evaluation", "market": "海岛供水"})
    assert answer.status_code == 422
    seen = words(answer)
    assert "选择一项意见" in seen
    assert "填写评估意见" in seen
    assert "海岛供水" in seen  # nothing typed is lost
    wrong = browser_of(cast.unit_admin)
    desk.forward(made)
    fields = {"step": "classified_decision", "outcome": "defer", "reason": "等", "review_on": "明天"}
    answer = wrong.submit(f"/disclosures/{made}/review", fields)
    assert answer.status_code == 422
    assert "明天" in answer.text


def test_a_step_that_was_taken_is_not_taken_again(desk, cast, browser_of):
    made = desk.at("formal_check")
    officer = browser_of(cast.tto_officer)
    assert officer.submit(f"/disclosures/{made}/review", {"step": "submitted"}).status_code == 409
    assert desk.look(made).state == "formal_check"


def test_the_officers_see_what_was_answered_to_the_secrecy_questions(desk, cast, browser_of, clock):
    made = desk.complete()
    clock.advance(minutes=5)
    with desk.ctx_for(cast.inventor.actor) as ctx:
        answers = Answers({**HARMLESS, "defence_origin": "yes"}, {"defence_origin": "解密 2025-8"})
        assess(ctx, made, answers)
    desk.ask(made)
    desk.confirm(made, cast.inventor)
    desk.submit(made)
    while desk.look(made).state != "secrecy_gate":
        desk.forward(made)
    seen = words(browser_of(cast.secrecy_officer).get(f"/disclosures/{made}/review"))
    assert "成果是否来源于国防或军工科研任务" in seen
    assert "解密 2025-8" in seen
