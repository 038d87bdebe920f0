"""Reports of abuse: by anybody, about what is public, answered by somebody without a stake in it."""

import pytest

from marketplace.accounts.models import Membership
from marketplace.core.context import ANONYMOUS
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from marketplace.core.journal import entries_of
from marketplace.core.registry import Letter
from marketplace.moderation.letters import LETTERS
from marketplace.moderation.models import AbuseReport
from marketplace.moderation.reports import Answer, NewReport, answer_report, report_abuse
from tests.moderation.things import KIND

STATEMENT = "第三项指标与检测报告不符"
UPHELD = Answer("upheld", "已核实，指标应予更正")


def a_report(**given) -> NewReport:
    values = {
        "kind": KIND,
        "subject": "thg_1",
        "reason": "not_owner",
        "statement": STATEMENT,
        "contact": "someone@example.org",
    }
    return NewReport(**{**values, **given})


@pytest.fixture
def report_id(things, cast, ctx_for) -> str:
    things.publish_unasked(cast)
    with ctx_for(cast.firm_agent.actor) as ctx:
        return report_abuse(ctx, a_report()).id


def test_anybody_may_report_and_gets_a_number(things, cast, ctx_for, journal):
    things.publish_unasked(cast)
    with ctx_for(ANONYMOUS) as ctx:
        report = report_abuse(ctx, a_report())
        assert report.number == "JB2026000001"
        assert report.reported_by is None
        report_id = report.id
    assert journal(report_id) == [
        ("report.received", {"kind": KIND, "subject": "thg_1", "reason": "not_owner"})
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "inaccurate"}, "reason"),
        ({"statement": "太短"}, "statement"),
        ({"statement": "长" * 2_001}, "statement"),
        ({"contact": "长" * 201}, "contact"),
    ],
)
def test_an_incomplete_report_is_not_taken(things, cast, ctx_for, given, field):
    things.publish_unasked(cast)
    with pytest.raises(Invalid) as raised, ctx_for(ANONYMOUS) as ctx:
        report_abuse(ctx, a_report(**given))
    assert [error.field for error in raised.value.errors] == [field]
    with ctx_for(ANONYMOUS) as ctx:
        assert ctx.session.query(AbuseReport).count() == 0


@pytest.mark.parametrize("given", [{"subject": "thg_2"}, {"kind": "nothing"}])
def test_only_what_is_public_can_be_reported(things, cast, ctx_for, given):
    things.publish_unasked(cast)
    with pytest.raises(NotFound), ctx_for(ANONYMOUS) as ctx:
        report_abuse(ctx, a_report(**given))


def test_an_answer_is_given_once(things, cast, ctx_for, report_id, journal):
    with ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, UPHELD)
    with pytest.raises(Conflict), ctx_for(cast.second_moderator.actor) as ctx:
        answer_report(ctx, report_id, Answer("dismissed", "不成立"))
    assert journal(report_id)[1:] == [
        (
            "report.answered",
            {
                "kind": KIND,
                "subject": "thg_1",
                "outcome": "upheld",
                "reasons": ["not_owner"],
                "roles": ["moderator"],
                "zone": cast.zone_id,
            },
        )
    ]


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer("", "已核实"), "outcome"),
        (Answer("upheld", "  "), "answer"),
        (Answer("upheld", "长" * 2_001), "answer"),
    ],
)
def test_an_answer_says_what_and_why(things, cast, ctx_for, report_id, answer, field):
    with pytest.raises(Invalid) as raised, ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, answer)
    assert [error.field for error in raised.value.errors] == [field]


def test_the_reporter_cannot_answer_their_own_report(things, cast, ctx_for):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        own = report_abuse(ctx, a_report()).id
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, own, UPHELD)


def test_a_member_of_the_reported_organisation_cannot_answer(things, cast, ctx_for, report_id):
    with ctx_for(cast.zone_admin.actor) as ctx:
        own = Membership(
            user_id=cast.moderator.user_id, org_id=cast.inventor.org_id, roles=["inventor"], since=ctx.now
        )
        ctx.session.add(own)
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, UPHELD)


def test_supervisors_watch_and_other_zones_see_nothing(things, cast, ctx_for, report_id, officer):
    with pytest.raises(Forbidden), ctx_for(cast.supervisor.actor) as ctx:
        answer_report(ctx, report_id, UPHELD)
    with pytest.raises(NotFound), ctx_for(officer("moderator", elsewhere=True).actor) as ctx:
        answer_report(ctx, report_id, UPHELD)


def test_a_reporter_with_an_account_is_written_to(things, cast, ctx_for, report_id, app):
    with ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, UPHELD)
    with ctx_for(cast.moderator.actor) as ctx:
        entry = _last_entry(ctx, report_id)
        (letter,) = LETTERS.build(ctx, entry)
        assert isinstance(letter, Letter)
        assert (letter.user_id, letter.url) == (cast.firm_agent.user_id, f"/report/{report_id}")


def test_nobody_is_written_to_about_an_anonymous_report(things, cast, ctx_for):
    things.publish_unasked(cast)
    with ctx_for(ANONYMOUS) as ctx:
        report_id = report_abuse(ctx, a_report()).id
    with ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, UPHELD)
        ctx.session.flush()
        assert list(LETTERS.build(ctx, _last_entry(ctx, report_id))) == []


def _last_entry(ctx, subject):
    return entries_of(ctx.session, subject)[-1]
