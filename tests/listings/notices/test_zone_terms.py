"""A zone may ask for longer notices than the law, never for shorter ones, and never after the fact."""

from datetime import date, datetime

import pytest

from listings.notices.services import Amendment, amend, recall_notice
from listings.notices.zone_terms import NewZoneTerm, set_zone_term
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import Forbidden, Invalid
from marketplace.core.journal import entries_of
from marketplace.evidence.verifier import verify_files
from tests.listings.achievements.pages import controls, words
from tests.listings.notices.test_faults import bundle

APRIL = date(2026, 4, 1)


def at(month, day):
    return datetime(2026, month, day, 10, tzinfo=SHANGHAI)


@pytest.fixture
def ask(desk):
    """The zone asks for so many days of notices about agreed prices, from 1 April on."""

    def ask_for(amount=20, day=APRIL, kind="agreement_price", by="zone_admin"):
        with desk.as_(desk.cast.members[by]) as ctx:
            return set_zone_term(ctx, NewZoneTerm(kind, amount, day)).id

    return ask_for


def complaint(raised):
    return [(error.field, error.code) for error in raised.value.errors]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"amount": 14}, ("amount", "loosened")),
        ({"amount": None}, ("amount", "loosened")),
        ({"amount": 91}, ("amount", "too_long")),
        ({"day": date(2026, 3, 2)}, ("effective_from", "range")),
        ({"day": None}, ("effective_from", "range")),
        ({"kind": "rumour"}, ("kind", "unknown_code")),
    ],
)
def test_a_rule_that_loosens_the_law_or_reaches_back_is_refused_beside_its_field(ask, changed, wrong):
    with pytest.raises(Invalid) as raised:
        ask(**changed)
    assert complaint(raised) == [wrong]


@pytest.mark.parametrize("part", ["tto_officer", "moderator", "supervisor"])
def test_only_the_zone_s_administrator_sets_a_rule(ask, part):
    with pytest.raises(Forbidden):
        ask(by=part)


def test_the_journal_keeps_the_rule(desk, ask):
    rule = ask()
    with desk.as_system() as ctx:
        entry = entries_of(ctx.session, desk.cast.zone_id)[-1]
        assert entry.data == {"rule": rule, "kind": "agreement_price", "amount": 20, "from": "2026-04-01"}


def test_before_its_day_a_rule_asks_for_nothing(desk, ask, clock):
    ask()
    made = desk.running()
    assert desk.look(made).edition.amount == 15
    assert "zone" not in desk.entries(made)[-1].data["term"]
    clock.move_to(at(4, 2))
    desk.tick()
    assert desk.look(made).state == "expired"  # after fifteen days, as when it was handed in


def test_from_its_day_on_a_shorter_notice_is_refused_beside_the_field(desk, ask, clock):
    made = desk.drafted()
    ask()
    clock.move_to(at(4, 1))
    with pytest.raises(Invalid) as raised:
        desk.hand_in(made)
    assert complaint(raised) == [("amount", "too_short")]
    assert "本示范区规定自 2026-04-01 起公示期不少于 20 日" in str(raised.value.errors[0].message)


def test_a_notice_handed_in_before_that_day_keeps_its_period_though_it_starts_after(desk, ask, clock):
    made = desk.scheduled()
    ask()
    clock.move_to(at(4, 2))
    desk.start(made)
    assert desk.look(made).next_deadline == datetime(2026, 4, 18, tzinfo=SHANGHAI)


def test_what_is_handed_in_again_after_that_day_falls_under_the_rule(desk, ask, clock):
    made = desk.submitted()
    ask()
    clock.move_to(at(4, 2))
    with desk.as_(desk.cast.tto_officer) as ctx:
        recall_notice(ctx, made)
    with pytest.raises(Invalid):
        desk.hand_in(made)


def test_a_new_edition_after_that_day_lasts_as_long_as_the_rule_asks(desk, ask, clock):
    made = desk.running()
    clock.move_to(at(3, 10))
    ask(day=date(2026, 3, 11))
    clock.move_to(at(3, 12))
    with desk.as_(desk.cast.tto_officer) as ctx:
        amend(ctx, made, Amendment("更正付款方式"))
    assert desk.look(made).edition.amount == 20


def tightened(desk, ask, clock):
    """A notice that runs under the rule."""
    ask()
    clock.move_to(at(4, 2))
    made = desk.drafted_for(20)
    desk.hand_in(made)
    desk.verify(made)
    desk.start(made)
    return made


def test_the_period_the_certificate_and_the_verifier_know_the_rule(app, desk, ask, clock, drain):
    made = tightened(desk, ask, clock)
    page = words(app.test_client().get(f"/notices/{made}"))
    assert "公示期规定：自 2026-04-01 起提交的公示不少于 20 日" in page
    assert "自公示之日的次日起 20 日" in page
    desk.run_out(made)
    code = desk.certify(made)
    assert "20 日（示范区规定自 2026-04-01 起不少于 20 日）" in words(app.test_client().get(f"/v/{code}"))
    drain()
    period = claims(bundle(app, made))["期限"]
    assert period.holds, period.detail
    assert "示范区要求 the zone asks 20 day" in period.detail


def test_a_later_rule_changes_nothing_for_a_notice_that_runs(desk, ask, clock):
    made = tightened(desk, ask, clock)
    end = desk.look(made).next_deadline
    ask(30, date(2026, 4, 4))
    clock.move_to(at(4, 5))
    desk.tick()
    assert desk.look(made).next_deadline == end
    assert desk.entries(made)[-1].data["term"]["zone"]["amount"] == 20


def test_the_zone_s_administrator_sets_a_rule_on_the_page(app, cast, desk):
    admin = app.test_client().sign_in(cast.zone_admin)
    path = "/work/notice-terms"
    form = controls(admin.get(path), path)
    typed = {"kind": "agreement_price", "amount": "14", "effective_from": "2026-04-01"}
    answer = admin.post(path, data={**form, **typed})
    assert answer.status_code == 422
    assert "不得短于法定期限 15 日" in words(answer)
    answer = admin.post(path, data={**form, **typed, "amount": "20"})
    assert answer.status_code == 303, words(answer)
    assert "20 日" in words(admin.get(path))
    assert app.test_client().sign_in(cast.tto_officer).get(path).status_code == 403


def claims(files):
    return {claim.name: claim for claim in verify_files(files, files["policy.txt"].decode()).claims}
