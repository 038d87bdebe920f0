"""An organisation that asks to be verified waits in its zone's queue, and is verified or returned there."""

import pytest

from marketplace.accounts.models import VERIFIED, Organisation
from marketplace.accounts.organisations.services import (
    reopen_organisation,
    submit_organisation,
    verify_organisation,
)
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Forbidden, Invalid
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import Case
from marketplace.moderation.queries import case_page


@pytest.fixture
def case_of(ctx_for, cast, drain):
    """The latest case about the cast's firm, after the relay has run: (id, state), None without a case."""

    def find() -> tuple[str, str] | None:
        drain()
        with ctx_for(cast.moderator.actor) as ctx:
            cases = ctx.session.query(Case).filter_by(kind="organisation", subject=cast.firm_agent.org_id)
            latest = cases.order_by(Case.id.desc()).first()
            return (latest.id, latest.state) if latest else None

    return find


@pytest.fixture
def firm_admin(cast, ctx_for):
    """The firm's administrator, whose firm has given up its verification to change its name."""
    with ctx_for(SYSTEM) as ctx:
        membership = ctx.session.get(Organisation, cast.firm_agent.org_id).memberships[0]
        membership.roles = ["firm_admin"]
    actor = cast.firm_agent.actor.__class__(
        **{**vars(cast.firm_agent.actor), "roles": frozenset({"firm_admin"})}
    )
    with ctx_for(actor) as ctx:
        reopen_organisation(ctx, actor.org_id)
    return actor


def organisation(ctx_for, cast) -> tuple[str, str]:
    with ctx_for(SYSTEM) as ctx:
        org = ctx.session.get(Organisation, cast.firm_agent.org_id)
        return org.state, org.reason


def test_a_request_opens_one_case_counted_from_the_request(things, cast, ctx_for, firm_admin, case_of, clock):
    asked_at = clock.now()
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    clock.advance(hours=5)
    case_id, state = case_of()
    assert state == "open"
    with ctx_for(cast.moderator.actor) as ctx:
        case = ctx.session.get(Case, case_id)
        assert (case.submitted_at, case.submitted_by) == (asked_at, firm_admin.user_id)
        assert case.title == "拾光储能有限公司"
        assert ctx.session.query(Case).count() == 1
    assert case_of() == (case_id, "open")


def test_a_moderator_verifies(things, cast, ctx_for, firm_admin, case_of):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    case_id, _state = case_of()
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))
    assert organisation(ctx_for, cast) == (VERIFIED, "")
    assert case_of() == (case_id, "decided")


def test_a_return_tells_the_organisation_why(things, cast, ctx_for, firm_admin, case_of, clock):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    case_id, _state = case_of()
    given = Decision("return", ("name_mismatch", "other"), "以营业执照为准")
    with ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, case_id, given)
    assert organisation(ctx_for, cast) == ("returned", "名称与登记证照不一致；以营业执照为准")
    clock.advance(hours=1)
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    again, state = case_of()
    assert again != case_id
    assert state == "open"


def test_reasons_of_other_owners_are_refused(things, cast, ctx_for, firm_admin, case_of):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    case_id, _state = case_of()
    with pytest.raises(Invalid), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("return", ("price_unit",)))


def test_a_request_given_up_before_the_relay_ran_leaves_nothing_to_decide(
    things, ctx_for, firm_admin, case_of
):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    with ctx_for(firm_admin) as ctx:
        reopen_organisation(ctx, firm_admin.org_id)
    assert case_of()[1] == "closed"


def test_what_the_operator_verified_need_not_be_decided(things, ctx_for, firm_admin, case_of):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    assert case_of()[1] == "open"
    with ctx_for(SYSTEM) as ctx:
        verify_organisation(ctx, firm_admin.org_id)
    assert case_of()[1] == "closed"


def test_an_officer_who_belongs_to_the_organisation_cannot_verify_it(
    things, cast, ctx_for, firm_admin, case_of
):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    case_id, _state = case_of()
    with ctx_for(SYSTEM) as ctx:
        org = ctx.session.get(Organisation, firm_admin.org_id)
        org.memberships[0].user_id = cast.moderator.user_id
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))


def test_a_namesake_is_pointed_out(app, things, cast, ctx_for, firm_admin, case_of):
    with ctx_for(firm_admin) as ctx:
        submit_organisation(ctx, firm_admin.org_id)
    case_id, _state = case_of()

    def warnings() -> int:
        with app.test_request_context(), ctx_for(cast.moderator.actor) as ctx:
            return len(case_page(ctx, case_id).warnings)

    assert warnings() == 0
    with ctx_for(SYSTEM) as ctx:
        ctx.session.get(Organisation, cast.broker.org_id).name = "拾光储能有限公司"
    assert warnings() == 1
