"""The demonstration's public notices: one that ran its whole period, and three that met with an objection.

Each is a story that waits for its moments: working days for those who work in the unit and in the zone, an evening for
whoever objects, and for the look in between the day that was drawn by lot.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from listings.achievements.models import Achievement
from listings.notices import models as m
from listings.notices.certificates import conditions, issue_certificate
from listings.notices.channels import LOOKED_AT, NewCapture, record_capture, start_notice
from listings.notices.drafting import create_notice, save_notice, wording_of
from listings.notices.objections import handling
from listings.notices.objections.filing import (
    CONFIRMING,
    NewObjection,
    confirm_contact,
    file_objection,
    key_of,
)
from listings.notices.services import submit_notice
from listings.notices.terms import AGREEMENT_PRICE
from listings.notices.wording import Wording
from listings.plans.services import withdraw_plan
from marketplace.accounts.models import Organisation, User
from marketplace.core.clock import local_date
from marketplace.core.context import ANONYMOUS, Actor, Context
from marketplace.core.db import db
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.keeping import Kept
from marketplace.demo.agenda import Agenda, Days, Story, at
from marketplace.demo.deciding import draft_plan, put_before_the_unit, record_approval
from marketplace.demo.hands import Market, actor, speak, zone_officer
from marketplace.demo.papers import paper
from marketplace.demo.reading import Row, rows
from marketplace.moderation.grounds import Decision

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
Made = Generator[datetime, None, str]


def tell_notices(market: Market, agenda: Agenda) -> None:
    """Put the stories on the agenda, and a plan that nobody has begun a notice about."""
    days = Days(runtime().calendar, local_date(agenda.until))
    noticed = {row["achievement"]: row for row in rows("notices")}
    for plan in rows("plans"):
        row = noticed.get(plan["achievement"])
        if row is None:
            agenda.add(_decided(Scene(market, agenda, days, plan, {}), days.ago(20)))
        else:
            agenda.add(_STORIES[row["story"]](Scene(market, agenda, days, plan, row)))


@dataclass(frozen=True)
class Scene:
    """Where a story plays: `plan` and `row` are its rows of `plans` and `notices`."""

    market: Market
    agenda: Agenda
    days: Days
    plan: Row
    row: Row

    @property
    def achievement(self) -> Achievement:
        return db.session.get_one(Achievement, self.market.achievements[self.plan["achievement"]])

    def hand(self, part: str, row: Row | None = None) -> Actor:
        """Whoever has the part in the row, acting for the unit."""
        person = (row or self.row)[part]
        return actor(self.market.people[person], self.achievement.holder_id)

    @property
    def officer(self) -> Actor:
        return self.hand("officer")

    @property
    def today(self) -> date:
        return local_date(self.agenda.clock.now())

    def next(self, working_days: int, clock: str) -> datetime:
        """So many working days after the day the story has come to."""
        return at(self.days.after(self.today, working_days), clock)


def _clean(scene: Scene) -> Story:
    """It ran its whole period on both channels, was captured three times and certified."""
    notice = yield from _started(scene, scene.days.ago(47))
    yield from run_out(scene, notice)


def _dismissed(scene: Scene) -> Story:
    """Somebody objects, an officer without a part in the matter finds nothing wrong, and it runs on to this day."""
    days = scene.days
    decided = days.ago(2)
    taken = days.before(decided, 2)
    filed = taken - _DAY
    started = days.ago((days.today - filed).days + 3)
    notice = yield from _started(scene, days.before(started, 5), started)
    objection = yield from _objected(scene, notice, at(filed, "20:14"))
    yield from _handled(scene, objection, at(taken, "09:41"), at(decided, "15:37"))


def _restarted(scene: Scene) -> Story:
    """An objection is upheld in part; corrected and verified again, the second edition runs to this day."""
    days = scene.days
    notice = yield from _started(scene, days.ago(48))
    objection = yield from _objected(scene, notice, at(scene.today + 6 * _DAY, "19:47"))
    yield from _handled(scene, objection, scene.next(1, "10:05"), scene.next(6, "16:08"))
    yield at(days.ago(9), "09:24")
    _word(scene, notice, scene.row["corrected"])
    yield at(days.ago(7), "11:02")
    speak(notice, scene.achievement.zone_id, Decision("publish"))
    yield at(days.ago(5), "14:33")
    _start(scene, notice)


def _void(scene: Scene) -> Story:
    """An objection is upheld: the notice is void, and the plan goes back to its authors."""
    notice = yield from _started(scene, scene.days.ago(50))
    objection = yield from _objected(scene, notice, at(scene.today + 5 * _DAY, "20:26"))
    yield from _handled(scene, objection, scene.next(1, "09:36"), scene.next(5, "11:18"))
    yield scene.next(1, "10:07")
    with unit_of_work(scene.officer) as ctx:
        subject = ctx.session.get_one(m.Notice, notice).subject
        withdraw_plan(ctx, subject, scene.row["withdrawn"])


_STORIES = {"clean": _clean, "dismissed": _dismissed, "restarted": _restarted, "void": _void}


def _decided(scene: Scene, written: date) -> Made:
    """A plan, written that day and approved two working days later; its id."""
    plan = scene.plan
    yield at(written, "10:12")
    buyer = db.session.get_one(Organisation, scene.market.organisations[plan["content"]["buyer"]])
    made = draft_plan(
        scene.hand("written_by", plan), scene.achievement.id, plan, (buyer.name, buyer.credit_code)
    )
    yield scene.next(1, "16:21")
    put_before_the_unit(scene.hand("submitted_by", plan), made)
    yield scene.next(1, "15:04")
    record_approval(scene.hand("decided_by", plan), made, plan)
    return made


def _started(scene: Scene, written: date, started: date | None = None) -> Made:
    """A notice about a plan written that day, running since `started` or two working days after it was handed in."""
    plan = yield from _decided(scene, written)
    return (yield from noticed(scene, AGREEMENT_PRICE, plan, started))


def noticed(scene: Scene, kind: str, subject: str, started: date | None = None) -> Made:
    """A notice about what was decided on the day before, running since `started` or as soon as it can; its id."""
    yield scene.next(1, "09:28")
    with unit_of_work(scene.officer) as ctx:
        made = create_notice(ctx, kind, subject).id
    _word(scene, made, scene.row["said"])
    yield scene.next(1, "10:46")
    speak(made, scene.achievement.zone_id, Decision("publish"))
    yield at(started, "09:33") if started else scene.next(1, "09:33")
    _start(scene, made)
    return made


def run_out(scene: Scene, notice: str) -> Generator[datetime, None, bool]:
    """The period passes, the last look is taken, and the zone certifies; False where that has to wait."""
    yield at(_end(notice), "09:12")
    _capture(scene, notice)
    yield scene.next(1, "15:26")
    zone_admin = zone_officer(scene.achievement.zone_id, "zone_admin")
    with unit_of_work(zone_admin) as ctx:
        missing = [
            one.code for one in conditions(ctx, ctx.session.get_one(m.Notice, notice)) if not one.holds
        ]
        if missing == ["calendar"]:  # in a year whose holidays are not published yet, it has to wait
            return False
        issue_certificate(ctx, notice)
    return True


def _word(scene: Scene, notice_id: str, said: Row) -> None:
    """Say what the source leaves open, and hand it in."""
    with unit_of_work(scene.officer) as ctx:
        before = wording_of(ctx.session.get_one(m.Notice, notice_id).edition)
        save_notice(ctx, notice_id, Wording({**before.said, **said}, before.amount, before.unit_place))
        submit_notice(ctx, notice_id)


def _start(scene: Scene, notice_id: str) -> None:
    with unit_of_work(scene.officer) as ctx:
        edition = start_notice(ctx, notice_id, _seen(ctx), _page(ctx)).n
    scene.agenda.add(_look(scene, notice_id, edition))


def _look(scene: Scene, notice_id: str, n: int) -> Story:
    """The look in between, on the day drawn by lot, if the edition is still shown then."""
    drawn = db.session.get_one(m.Notice, notice_id).edition.middle_on
    if drawn is None:
        raise ValueError("a notice that has started has a day drawn")
    yield at(drawn, "10:20")
    notice = db.session.get_one(m.Notice, notice_id, populate_existing=True)
    if notice.n == n and notice.state in LOOKED_AT:
        _capture(scene, notice_id)


def _capture(scene: Scene, notice_id: str) -> None:
    with unit_of_work(scene.officer) as ctx:
        record_capture(ctx, notice_id, _seen(ctx), _page(ctx))


def _seen(ctx: Context) -> NewCapture:
    """The officer looked some minutes ago, and saw the notice as it should be."""
    return NewCapture(ctx.now - 7 * _MINUTE, ctx.session.get_one(User, ctx.actor.user_id).name)


def _page(ctx: Context) -> Kept:
    day = local_date(ctx.now).isoformat()
    return paper(f"公示页 {day}.pdf", f"The unit's page as printed on {day}.")


def _end(notice_id: str) -> date:
    """The day after the last one."""
    notice = db.session.get_one(m.Notice, notice_id)
    if notice.next_deadline is None:
        raise ValueError("a running notice has an end")
    return local_date(notice.next_deadline)


def _objected(scene: Scene, notice_id: str, filed: datetime) -> Made:
    """An objection whose author confirms the contact within the hour; its id."""
    yield filed
    files = [paper("证据.pdf", "Evidence of an objector.")] if scene.row.get("attached") else []
    with unit_of_work(ANONYMOUS) as ctx:
        given = NewObjection(**scene.row["objection"], promised=True)
        objection = file_objection(ctx, notice_id, given, files).id
    yield filed + 23 * _MINUTE
    with unit_of_work(ANONYMOUS) as ctx:
        confirm_contact(ctx, objection, key_of(objection, CONFIRMING))
    return objection


def _handled(scene: Scene, objection: str, taken: datetime, decided: datetime) -> Story:
    """Taken and admitted on one day, decided on another, by somebody who has no part in the matter."""
    handler = scene.hand("handler")
    yield taken
    with unit_of_work(handler) as ctx:
        handling.take(ctx, objection, unrelated=True)
    yield taken + 284 * _MINUTE
    with unit_of_work(handler) as ctx:
        handling.admit(ctx, objection)
    yield decided
    with unit_of_work(handler) as ctx:
        handling.decide(ctx, objection, handling.Ruling(**scene.row["ruling"]))
