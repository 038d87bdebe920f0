"""Lifecycles: people's moves are checked, the clock's moves happen as of their due time however late they are made."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.context import ANONYMOUS, SYSTEM, Actor
from marketplace.core.errors import Conflict, Forbidden, SignInRequired
from marketplace.core.journal import entries_of
from marketplace.core.lifecycle import Deadline, Lifecycle, Transition
from marketplace.core.policy import Members, permission
from marketplace.core.terms import Bound, LegalBasis, SourceStatus, Term, Unit
from tests.applications import OPENING

DESIGN = LegalBasis("平台规则", "", "测试", date(2020, 1, 1), SourceStatus.DESIGN)
OFFICER = Actor(user_id="usr_1", org_id="org_1", org_kind="university", roles=frozenset({"tto_officer"}))
OTHER = Actor(user_id="usr_2", org_id="org_2", org_kind="university", roles=frozenset({"tto_officer"}))
ANSWER = permission("offer.answer", Members("holder_id", frozenset({"tto_officer"})))


def hours(amount: int) -> Term:
    return Term("offer.hours", amount, Unit.HOUR, Bound.EXACT, DESIGN)


@dataclass
class Offer:
    """A row of a toy procedure: an offer lies open, then stale, then is dropped, unless it is answered."""

    id: str
    opened_at: datetime
    holder_id: str = "org_1"
    state: str = ""
    next_deadline: datetime | None = None
    stopped: bool = False
    complete: bool = True


def must_be_complete(_ctx, offer):
    if not offer.complete:
        raise Conflict("something is missing", code="incomplete")


def at_opening(offer):
    return offer.opened_at


def stopped(offer):
    return offer.stopped


OFFERS = Lifecycle(
    noun="offer",
    states=("open", "stale", "dropped", "answered"),
    initial="open",
    final=frozenset({"dropped", "answered"}),
    transitions=(Transition("answer", frozenset({"open", "stale"}), "answered", ANSWER, must_be_complete),),
    events={"answer": "answered", "go_stale": "went_stale", "drop": "dropped"},
    deadlines=(
        Deadline("drop", frozenset({"stale"}), "dropped", hours(5), at_opening, unless=stopped),
        Deadline("go_stale", frozenset({"open"}), "stale", hours(2), at_opening, unless=stopped),
    ),
)
STALE_AT, DROPPED_AT = OPENING + timedelta(hours=2), OPENING + timedelta(hours=5)


@pytest.fixture
def new_offer(ctx_for, clock):
    """A fresh offer, opened when the clock opens."""
    numbers = iter(range(10_000))

    def make(**columns) -> Offer:
        clock.move_to(OPENING)
        offer = Offer(f"off_{next(numbers)}", clock.now(), **columns)
        with ctx_for(SYSTEM) as ctx:
            OFFERS.begin(ctx, offer)
        return offer

    return make


def history(ctx_for, offer):
    with ctx_for(SYSTEM) as ctx:
        return [
            (entry.kind, entry.actor, entry.data.get("due")) for entry in entries_of(ctx.session, offer.id)
        ]


def utc(moment):
    return moment.astimezone(UTC).isoformat()


def catch_up(ctx_for, offer):
    with ctx_for(SYSTEM) as ctx:
        OFFERS.catch_up(ctx, offer)


def test_a_new_row_waits_for_its_first_deadline(new_offer):
    offer = new_offer()
    assert (offer.state, offer.next_deadline) == ("open", STALE_AT)


def test_nothing_happens_before_the_deadline(ctx_for, new_offer, clock):
    offer = new_offer()
    clock.move_to(STALE_AT - timedelta(microseconds=1))
    catch_up(ctx_for, offer)
    assert offer.state == "open"
    clock.move_to(STALE_AT)
    catch_up(ctx_for, offer)
    assert (offer.state, offer.next_deadline) == ("stale", DROPPED_AT)


def test_missed_deadlines_happen_in_order_and_are_stamped_with_their_due_time(ctx_for, new_offer, clock):
    offer = new_offer()
    clock.advance(days=9)
    catch_up(ctx_for, offer)
    assert (offer.state, offer.next_deadline) == ("dropped", None)
    assert history(ctx_for, offer) == [
        ("offer.went_stale", "system", utc(STALE_AT)),
        ("offer.dropped", "system", utc(DROPPED_AT)),
    ]


@given(looks=st.lists(st.integers(0, 12 * 60), max_size=6).map(sorted))
def test_however_often_somebody_looks_the_result_is_that_of_one_late_look(ctx_for, new_offer, clock, looks):
    watched, unwatched = new_offer(), new_offer()
    for minutes in looks:
        clock.move_to(OPENING + timedelta(minutes=minutes))
        catch_up(ctx_for, watched)
    clock.move_to(OPENING + timedelta(hours=12))
    catch_up(ctx_for, watched)
    catch_up(ctx_for, unwatched)
    assert (watched.state, watched.next_deadline) == (unwatched.state, unwatched.next_deadline)
    assert history(ctx_for, watched) == history(ctx_for, unwatched)


def test_a_move_is_made_and_journalled(ctx_for, new_offer):
    offer = new_offer()
    with ctx_for(OFFICER) as ctx:
        OFFERS.move(ctx, offer, "answer", {"answer": "yes"})
    assert (offer.state, offer.next_deadline) == ("answered", None)
    assert history(ctx_for, offer) == [("offer.answered", "usr_1", None)]


def test_a_move_that_comes_too_late_meets_the_state_the_clock_has_made(ctx_for, new_offer, clock):
    offer = new_offer()
    clock.move_to(DROPPED_AT)
    with ctx_for(OFFICER) as ctx:
        with pytest.raises(Conflict) as caught:
            OFFERS.move(ctx, offer, "answer")
        assert caught.value.code == "wrong_state"
    assert offer.state == "dropped"


@pytest.mark.parametrize(("actor", "refusal"), [(OTHER, Forbidden), (ANONYMOUS, SignInRequired)])
def test_a_move_needs_the_right(ctx_for, new_offer, actor, refusal):
    offer = new_offer()
    with ctx_for(actor) as ctx, pytest.raises(refusal):
        OFFERS.move(ctx, offer, "answer")
    assert offer.state == "open"
    assert history(ctx_for, offer) == []


def test_a_move_needs_its_moment(ctx_for, new_offer):
    offer = new_offer(complete=False)
    with ctx_for(OFFICER) as ctx, pytest.raises(Conflict, match="incomplete"):
        OFFERS.move(ctx, offer, "answer")
    assert offer.state == "open"


def test_a_stopped_clock_makes_no_moves(ctx_for, new_offer, clock):
    offer = new_offer()
    offer.stopped = True
    clock.advance(days=9)
    catch_up(ctx_for, offer)
    assert (offer.state, offer.next_deadline) == ("open", None)


@dataclass
class Question:
    """A row that may be answered late: the clock only writes down that it is late."""

    id: str
    asked_at: datetime
    state: str = ""
    next_deadline: datetime | None = None
    late_since: datetime | None = None


QUESTIONS = Lifecycle(
    noun="question",
    states=("open", "answered"),
    initial="open",
    final=frozenset({"answered"}),
    transitions=(Transition("answer", frozenset({"open"}), "answered", ANSWER),),
    events={"answer": "answered", "pass": "became_late"},
    deadlines=(
        Deadline("pass", frozenset({"open"}), None, hours(2), lambda row: row.asked_at, stamps="late_since"),
    ),
)


@given(late=st.integers(min_value=0, max_value=100))
def test_a_deadline_without_a_state_only_writes_down_when_it_passed(ctx_for, clock, late):
    clock.move_to(OPENING)
    question = Question(f"que_{late}", OPENING)
    with ctx_for(SYSTEM) as ctx:
        QUESTIONS.begin(ctx, question)
    assert question.next_deadline == STALE_AT
    clock.move_to(STALE_AT + timedelta(hours=late))
    for again in range(2):
        with ctx_for(SYSTEM) as ctx:
            before = len(entries_of(ctx.session, question.id))
            QUESTIONS.catch_up(ctx, question)
            told = [entry.kind for entry in entries_of(ctx.session, question.id)[before:]]
        assert (question.state, question.late_since, question.next_deadline) == ("open", STALE_AT, None)
        assert told == ([] if again else ["question.became_late"])


def test_a_deadline_leads_to_a_state_or_stamps_a_column():
    for target, stamps in (("late", "late_since"), (None, "")):
        with pytest.raises(ValueError, match="one of the two"):
            Deadline("pass", frozenset({"open"}), target, hours(2), at_opening, stamps=stamps)
