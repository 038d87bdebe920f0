"""A notice from draft to certificate: the clock, both channels, what stops it and what restarts it."""

from datetime import datetime, timedelta

import pytest

from listings.notices.certificates import Deal, NotYet, conditions, require_certificate
from listings.notices.channels import Outage, record_outage
from listings.notices.models import Notice
from listings.notices.objections import handling
from listings.notices.objections.filing import TooLate
from listings.notices.objections.handling import Refusal
from listings.notices.services import Amendment, End, amend, withdraw_notice
from listings.notices.sources import DecisionFacts
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import Conflict, Forbidden, Invalid
from tests.listings.notices.desk import REASONS

#: Monday 2 March 2026 and fifteen days: 24:00 of the 17th.
END = datetime(2026, 3, 18, tzinfo=SHANGHAI)


def at(day, hour=10, minute=0, second=0, month=3):
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def test_a_notice_runs_its_days_and_is_certified(desk):
    made = desk.running()
    assert desk.look(made).next_deadline == END
    desk.run_out(made)
    assert desk.look(made).state == "expired"
    assert desk.look(made).expired_at == END
    assert len(desk.certify(made)) == 16
    assert desk.look(made).state == "certified"
    assert desk.kinds(made) == [
        *("drafted", "submitted", "approved", "started", "observed", "expired", "observed", "certified"),
    ]


def test_a_worker_that_was_dead_for_days_changes_no_result(desk, clock):
    made = desk.running()
    clock.move_to(END + timedelta(days=3))
    desk.tick()
    assert desk.look(made).expired_at == END
    entry = desk.entries(made)[-1]
    assert datetime.fromisoformat(str(entry.data["due"])) == END
    assert entry.at == clock.now()


@pytest.mark.parametrize(("before", "in_time"), [(1, True), (0, False), (-1, False)])
def test_an_objection_counts_until_the_last_second_of_the_last_day(desk, clock, before, in_time):
    made = desk.running()
    clock.move_to(END - timedelta(seconds=before))
    if in_time:
        desk.object(made)
        assert desk.look(made).state == "objected"
        assert desk.look(made).next_deadline is None
    else:
        with pytest.raises(TooLate):
            desk.object(made)
        desk.tick()
        assert desk.look(made).state == "expired"


def test_an_objection_stops_the_clock_and_a_dismissal_lets_it_run_on(desk, clock):
    made = desk.running()
    clock.move_to(at(10))
    objection = desk.admitted(made)
    assert desk.look(made).state == "suspended"
    clock.move_to(at(20))  # the end would have been on the 17th
    desk.tick()
    assert desk.look(made).state == "suspended"
    desk.rule(objection)
    notice = desk.look(made)
    assert notice.state == "running"
    # Seven whole days were used (3 to 9 March), so eight remain after the 20th; the 28th is a Saturday.
    assert notice.next_deadline == at(31, 0)
    assert desk.objection(objection).state == "decided"


def test_at_least_three_days_remain_after_an_objection_on_the_last_day(desk, clock):
    made = desk.running()
    clock.move_to(at(17, 23, 59, 59))
    objection = desk.admitted(made)
    clock.move_to(at(23))
    desk.rule(objection)
    assert desk.look(made).next_deadline == at(27, 0)  # 24, 25, 26 March


def test_an_upheld_objection_ends_the_notice_for_good(desk):
    made = desk.running()
    objection = desk.admitted(made)
    desk.rule(objection, "upheld", "void")
    notice = desk.look(made)
    assert (notice.state, notice.void_reason) == ("void", "upheld")
    assert notice.next_deadline is None


def test_a_corrected_notice_starts_again_from_zero(desk, clock):
    made = desk.running()
    clock.move_to(at(10))
    objection = desk.admitted(made)
    desk.rule(objection, "partly", "restart")
    assert desk.look(made).state == "correcting"
    clock.move_to(at(12))
    desk.hand_in(made)
    desk.verify(made)
    desk.start(made)
    notice = desk.look(made)
    assert (notice.state, notice.n) == ("running", 2)
    assert notice.next_deadline == at(28, 0)  # fifteen days after the 12th
    assert [edition.n for edition in notice.editions if edition.started_at] == [1, 2]


def test_a_price_changed_during_the_notice_restarts_it(desk, papers, clock):
    made = desk.running()
    clock.move_to(at(10))
    papers.change(price_fen=90_000_000, fixed={**papers.basis.fixed, "price": "900,000.00 元（玖拾万元整）"})
    with desk.as_(desk.cast.tto_officer) as ctx:
        amend(ctx, made, Amendment("价格经协商变更"))
    desk.hand_in(made)
    desk.verify(made)
    desk.start(made)
    assert desk.look(made).next_deadline == at(26, 0)  # the 25th is a Wednesday
    desk.run_out(made)
    desk.certify(made)


def test_a_notice_whose_source_changed_meanwhile_is_not_certified(desk, papers):
    made = desk.running()
    desk.run_out(made)
    papers.change(price_fen=1)
    with pytest.raises(NotYet) as caught:
        desk.certify(made)
    assert [condition.code for condition in caught.value.missing] == ["gate"]


def test_a_notice_cannot_start_on_the_day_of_its_decision(desk, papers, clock):
    papers.change(decision=DecisionFacts("dec_1", "7", clock.now().date(), "校长办公会", "a" * 64))
    made = desk.scheduled()
    with pytest.raises(Invalid) as caught:
        desk.start(made)
    assert [error.field for error in caught.value.errors] == ["decision"]
    clock.advance(days=1)
    desk.start(made)


def test_no_notice_before_the_objection_procedure_is_published(desk, papers):
    papers.change(rules=None)
    with pytest.raises(Invalid) as caught:
        desk.submitted()
    assert [error.code for error in caught.value.errors] == ["no_procedure"]


def test_a_gap_on_the_unit_s_page_stops_the_end_and_is_added(desk, clock):
    made = desk.running()
    clock.move_to(at(12))
    desk.capture(made, "different")
    clock.move_to(at(18))  # the end has passed, but the unit does not show it
    desk.tick()
    assert desk.look(made).state == "running"
    clock.move_to(at(19))
    desk.capture(made, "same")
    notice = desk.look(made)
    [gap] = notice.gaps
    assert (gap.channel, gap.cause, gap.days) == (
        "unit",
        "unit_text",
        18,
    )  # 2 to 19 March, the last good look
    assert notice.next_deadline == at(8, 0, month=4)  # 33 days end on 4 April, and 4 to 6 April are days off


def test_an_outage_of_the_platform_lengthens_what_ran(desk, clock):
    made = desk.running()
    clock.move_to(at(10))
    with desk.as_(desk.cast.zone_admin) as ctx:
        assert record_outage(ctx, Outage(at(8, 9), at(9, 15), "outage", "机房断电")) == 1
    assert desk.look(made).next_deadline == END + timedelta(days=2)
    with desk.as_(desk.cast.zone_admin) as ctx, pytest.raises(Invalid):
        record_outage(ctx, Outage(at(9), at(8), "outage", "机房断电"))


def test_a_certificate_needs_every_look_and_every_decision(desk, clock):
    made = desk.running()
    clock.move_to(END + timedelta(hours=1))
    desk.tick()
    with pytest.raises(NotYet) as caught:
        desk.certify(made)
    assert {condition.code for condition in caught.value.missing} == {"capture_middle", "capture_end"}


def test_an_open_objection_keeps_the_certificate_back(desk, clock):
    made = desk.running()
    clock.move_to(at(4))
    objection = desk.admitted(made)
    desk.rule(objection)
    desk.run_out(made)
    with desk.as_system() as ctx:
        held = {c.code: c.holds for c in conditions(ctx, ctx.session.get_one(Notice, made))}
    assert held["objections"]  # the time to appeal is over by now
    desk.certify(made)


def test_a_contract_must_be_what_was_noticed(desk):
    made = desk.running()
    deal = Deal(None, "91330100MA00000330", 120_000_000, "licence_ordinary")
    with desk.as_system() as ctx, pytest.raises(Conflict) as caught:
        require_certificate(ctx, made, deal)
    assert caught.value.code == "not_certified"
    desk.run_out(made)
    desk.certify(made)
    with desk.as_system() as ctx:
        assert require_certificate(ctx, made, deal).number == "ZS2026000001"
        for change in ({"price_fen": 119_999_999}, {"buyer": "x"}, {"mode": "assignment"}):
            with pytest.raises(Conflict, match="differs"):
                require_certificate(ctx, made, Deal(**{**deal.__dict__, **change}))


def test_an_unconfirmed_objection_lapses_and_the_notice_runs_on_from_that_moment(desk, clock):
    made = desk.running()
    clock.move_to(at(10, 10))
    objection = desk.object(made, confirmed=False)
    clock.move_to(at(20))  # nobody looked for a week
    desk.tick()
    assert desk.objection(objection).state == "lapsed"
    notice = desk.look(made)
    # It lapsed on the 13th at 10:00; eight days remained, and the 21st is a Saturday.
    assert notice.state == "running"
    assert notice.next_deadline == at(24, 0)
    assert notice.editions[0].spells[1].started_at == at(13, 10)


def test_silence_admits_an_objection(desk, clock):
    made = desk.running()
    objection = desk.object(made)
    clock.advance(days=4)
    desk.tick()
    found = desk.objection(objection)
    assert found.state == "investigating"
    assert found.admitted_at == at(6, 0)  # three working days after Monday


def test_two_objections_keep_the_clock_until_the_last_is_decided(desk, clock):
    made = desk.running()
    first, second = desk.admitted(made), desk.admitted(made)
    desk.rule(first)
    assert desk.look(made).state == "suspended"
    desk.rule(second)
    assert desk.look(made).state == "running"


def test_who_has_a_part_in_the_matter_does_not_handle_the_objection(desk):
    made = desk.running()
    objection = desk.object(made)
    with desk.as_(desk.cast.tto_officer) as ctx, pytest.raises(Forbidden):
        handling.take(ctx, objection, unrelated=True)
    with desk.as_(desk.cast.unit_admin) as ctx, pytest.raises(Invalid):
        handling.take(ctx, objection, unrelated=False)


def test_a_refused_objection_lets_the_notice_run_on_and_may_be_appealed(desk, clock):
    made = desk.running()
    objection = desk.object(made)
    with desk.as_(desk.cast.unit_admin) as ctx:
        handling.take(ctx, objection, unrelated=True)
        handling.refuse(ctx, objection, Refusal("no_facts", REASONS, "没有具体事实"))
    assert desk.look(made).state == "running"
    assert desk.objection(objection).state == "refused"
    clock.advance(days=10)
    desk.tick()
    assert desk.objection(objection).state == "closed"


def test_a_withdrawn_notice_keeps_its_page_and_its_reason(desk):
    made = desk.running()
    with desk.as_(desk.cast.tto_officer) as ctx:
        withdraw_notice(ctx, made, End("withdrawn", "受让方退出"))
    notice = desk.look(made)
    assert (notice.state, notice.public, notice.void_note) == ("void", True, "受让方退出")
