"""A plan that counts no longer takes its notice along, whatever has become of it by then."""

from dataclasses import dataclass

import pytest

from listings.notices.certificates import noticed_deal, require_certificate
from listings.notices.endings import OVERTAKEN
from listings.notices.models import Notice
from listings.notices.services import End, recall_notice, withdraw_notice
from marketplace.core.errors import Conflict, Invalid
from marketplace.evidence.verifier import verify_files
from marketplace.moderation.models import WAITING, Case
from tests.listings.achievements.pages import controls, words
from tests.listings.notices.desk import NoticeDesk
from tests.listings.notices.test_faults import bundle
from tests.listings.plans.office import Office

WITHDRAWN, SUPERSEDED = "单位撤销了所依据的转化方案", "所依据的转化方案已被新方案替代"


@dataclass
class Planned:
    """A plan, and a desk whose notices are about it."""

    office: Office
    desk: NoticeDesk
    plan: str

    def withdraw(self) -> None:
        self.office.withdraw(self.plan)

    def supersede(self) -> None:
        made = self.office.replacing(self.plan, price_fen=90_000_000)
        self.office.submit(made)
        self.office.decide(made, resolution="云大技转会〔2026〕9 号")


@pytest.fixture
def planned(app, cast, clock, ctx_for) -> Planned:
    office = Office(cast, ctx_for)
    office.rules()
    plan = office.decided()
    return Planned(office, NoticeDesk(app, cast, clock, ctx_for, None, plan), plan)


def returned(desk):
    made = desk.submitted()
    with desk.as_(desk.cast.tto_officer) as ctx:
        recall_notice(ctx, made)
    return made


def objected(desk):
    made = desk.running()
    desk.object(made)
    return made


def suspended(desk):
    made = desk.running()
    desk.admitted(made)
    return made


def correcting(desk):
    made = desk.running()
    desk.rule(desk.admitted(made), "partly", "restart")
    return made


def expired(desk):
    made = desk.running()
    desk.run_out(made)
    return made


BEFORE = {
    "submitted": NoticeDesk.submitted,
    "returned": returned,
    "scheduled": NoticeDesk.scheduled,
    "running": NoticeDesk.running,
    "objected": objected,
    "suspended": suspended,
    "correcting": correcting,
    "expired": expired,
}


@pytest.mark.parametrize("state", BEFORE)
def test_a_notice_ends_in_the_moment_in_which_its_plan_is_withdrawn(planned, state):
    made = BEFORE[state](planned.desk)
    assert planned.desk.look(made).state == state
    planned.withdraw()
    notice = planned.desk.look(made)
    assert (notice.state, notice.void_reason, notice.next_deadline) == ("void", "plan_withdrawn", None)
    assert notice.edition.ended_at is not None
    entry = planned.desk.entries(made)[-1]
    assert entry.kind == "notice.voided"
    assert entry.data["reason"] == "plan_withdrawn"
    assert entry.actor == planned.desk.cast.unit_admin.user_id
    assert "受让方放弃" not in str(entry.data)  # why the unit gave it up is its own affair


@pytest.mark.parametrize("state", BEFORE)
def test_a_notice_ends_in_the_moment_in_which_its_plan_is_superseded(planned, state):
    made = BEFORE[state](planned.desk)
    planned.supersede()
    notice = planned.desk.look(made)
    assert (notice.state, notice.void_reason) == ("void", "plan_superseded")


def test_a_draft_that_nobody_has_seen_is_dropped_with_its_plan(planned):
    made = planned.desk.drafted()
    planned.withdraw()
    notice = planned.desk.look(made)
    assert (notice.state, notice.public) == ("discarded", False)
    entry = planned.desk.entries(made)[-1]
    assert (entry.kind, entry.data["reason"]) == ("notice.discarded", "plan_withdrawn")


def test_no_notice_is_begun_or_started_after_its_plan_has_ended(planned):
    made = planned.desk.scheduled()
    planned.withdraw()
    with pytest.raises(Conflict):
        planned.desk.start(made)
    with pytest.raises(Invalid):
        planned.desk.submitted()


def test_a_notice_about_the_plan_that_took_the_place_of_the_first_may_begin_at_once(planned):
    first = planned.desk.running()
    made = planned.office.replacing(planned.plan, price_fen=90_000_000)
    planned.office.submit(made)
    planned.office.decide(made, resolution="云大技转会〔2026〕9 号")
    planned.desk.subject = made
    assert planned.desk.look(planned.desk.running()).state == "running"
    assert planned.desk.look(first).state == "void"


def test_what_waited_for_the_zone_waits_no_longer(planned):
    made = planned.desk.submitted()
    planned.withdraw()
    with planned.desk.as_system() as ctx:
        waiting = ctx.session.query(Case).filter(Case.subject == made, Case.state.in_(sorted(WAITING)))
        assert waiting.count() == 0


def test_a_period_that_was_over_before_is_said_to_have_been_over(planned, clock):
    """The worker was dead when it ran out; the plan is withdrawn a day later."""
    made = planned.desk.running()
    clock.advance(days=17)
    planned.withdraw()
    assert planned.desk.kinds(made)[-2:] == ["expired", "voided"]


def test_a_certificate_stays_as_it_is_and_is_said_to_be_overtaken(app, planned):
    made = expired(planned.desk)
    code = planned.desk.certify(made)
    deal = noticed(planned.desk, made)
    with planned.desk.as_system() as ctx:
        issued = require_certificate(ctx, made, deal).digest
    planned.withdraw()
    notice = planned.desk.look(made)
    assert (notice.state, notice.certificate.digest) == ("certified", issued)
    assert planned.desk.entries(made)[-1].kind == OVERTAKEN
    for address in (f"/v/{code}", f"/notices/{made}"):
        assert f"公示完成之后，所依据的方案不再有效（{WITHDRAWN}" in words(app.test_client().get(address))
    with planned.desk.as_system() as ctx, pytest.raises(Conflict) as caught:
        require_certificate(ctx, made, deal)
    assert caught.value.code == "source_changed"


def test_the_page_says_why_the_notice_ended_and_the_unit_is_told(app, planned, drain):
    made = planned.desk.running()
    drain()
    planned.supersede()
    drain()
    page = words(app.test_client().get(f"/notices/{made}"))
    assert f"公示已终止：{SUPERSEDED}" in page
    officer = app.test_client().sign_in(planned.desk.cast.tto_officer)
    told = words(officer.get("/account/messages"))
    assert f"公示 {planned.desk.look(made).number} 已终止" in told


def test_the_verifier_says_of_a_notice_that_ended_with_its_plan_that_it_was_voided(app, planned, drain):
    made = expired(planned.desk)
    planned.withdraw()
    drain()
    assert "未改未撤" in failing(app, made)


def test_the_verifier_says_of_a_certificate_that_it_was_overtaken_and_finds_nothing_wrong(
    app, planned, drain
):
    made = expired(planned.desk)
    planned.desk.certify(made)
    drain()
    before = failing(app, made)
    planned.withdraw()
    drain()
    report = verified(app, made)
    assert [claim.name for claim in report.claims if not claim.holds] == before
    assert any("证明后依据失效" in claim.detail for claim in report.claims)


def test_nobody_chooses_a_reason_that_only_follows(app, planned):
    made, cast = planned.desk.running(), planned.desk.cast
    page = words(app.test_client().sign_in(cast.tto_officer).get(f"/notices/{made}/withdraw"))
    assert "集体决策撤销" in page
    assert WITHDRAWN not in page
    with planned.desk.as_(cast.tto_officer) as ctx, pytest.raises(Invalid):
        withdraw_notice(ctx, made, End("plan_withdrawn"))


def test_the_unit_is_warned_before_it_withdraws_the_plan_and_sees_the_notice_ended_after(app, planned):
    made = planned.desk.running()
    admin = app.test_client().sign_in(planned.desk.cast.unit_admin)
    path = f"/work/plans/{planned.plan}/withdraw"
    asked = admin.get(path)
    assert "依据它进行的公示随之终止" in words(asked)
    answer = admin.post(path, data={**controls(asked, path), "note": "受让方放弃。"})
    assert answer.status_code == 303, words(answer)
    assert f"公示已终止：{WITHDRAWN}" in words(app.test_client().get(f"/notices/{made}"))


def noticed(desk, made):
    with desk.as_system() as ctx:
        return noticed_deal(ctx.session.get_one(Notice, made))


def verified(app, made):
    files = bundle(app, made)
    return verify_files(files, files["policy.txt"].decode())


def failing(app, made):
    return [claim.name for claim in verified(app, made).claims if not claim.holds]
