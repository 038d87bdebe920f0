"""Pages and programs around grants: who sees what, and what is told when it cannot be done."""

from datetime import timedelta

import pytest

from listings.disclosures.models import Disclosure
from listings.grants.drafting import create_grant
from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.context import SYSTEM
from marketplace.core.ids import new_id
from tests.listings.achievements.desk import RICH
from tests.listings.achievements.pages import words
from tests.listings.disclosures.desk import DisclosureDesk
from tests.listings.grants.desk import OWNERSHIP, USE_RIGHT


@pytest.fixture
def browser(app, cast):
    def person(name):
        return app.test_client().sign_in(cast.members[name])

    return person


@pytest.fixture
def program(app, cast, clock, ctx_for):
    """A client with a token of somebody, with some scopes."""

    def of(part, *scopes):
        member, secret = cast.members[part], f"{part} {scopes}"
        with ctx_for(SYSTEM) as ctx:
            ctx.session.add(
                ApiToken(
                    id=new_id("tok", ctx.now),
                    user_id=member.user_id,
                    org_id=member.org_id,
                    label="test",
                    scopes=list(scopes),
                    digest=token_digest(secret),
                    created_at=ctx.now,
                    expires_at=ctx.now + timedelta(days=30),
                )
            )

        def call(method, path, **body):
            return app.test_client().open(
                f"/api/v1{path}",
                method=method,
                headers={"Authorization": f"Bearer {secret}"},
                json=body if method != "GET" else None,
            )

        return call

    return of


def test_the_list_shows_ones_own_and_to_officers_what_was_handed_in(browser, desk):
    draft, waiting = desk.look(desk.drafted()), desk.look(desk.submitted())
    inventor = words(browser("inventor").get("/work/grants"))
    assert draft.number in inventor
    assert waiting.number in inventor
    officer = words(browser("tto_officer").get("/work/grants"))
    assert draft.number not in officer, "a draft is its team's own"
    assert waiting.number in officer
    assert draft.number not in words(browser("other_tto_officer").get("/work/grants"))
    assert "没有" in words(browser("inventor").get("/work/grants?state=effective"))


@pytest.mark.parametrize(
    ("state", "who", "task"),
    [
        ("asked", "inventor", "核对并签署赋权的团队约定"),
        ("agreed", "inventor", "提交赋权"),
        ("submitted", "tto_officer", "审查赋权申请"),
        ("decided", "tto_officer", "起草赋权公示"),
        ("certified", "tto_officer", "登记赋权协议"),
        ("signed", "unit_admin", "登记权属变更的申请"),
        ("filed", "unit_admin", "登记赋权生效"),
    ],
)
def test_the_workbench_says_whose_turn_it_is(browser, desk, state, who, task):
    getattr(desk, state)()
    assert task in words(browser(who).get("/work"))


def test_nobody_is_asked_to_review_or_decide_about_their_own(browser, desk, cast):
    desk.submitted()
    assert "审查赋权申请" not in words(browser("inventor").get("/work"))


def test_the_zone_sees_a_grant_only_once_it_is_decided(browser, desk):
    waiting, decided = desk.reviewed(), desk.decided()
    supervisor = browser("supervisor")
    assert supervisor.get(f"/work/grants/{waiting}").status_code == 404
    page = words(supervisor.get(f"/work/grants/{decided}"))
    assert "校长办公会" in page


def test_a_signed_paper_is_for_the_team_and_the_unit(browser, desk):
    made = desk.effective()
    row = next(row for row in desk.look(made).completers if row.paper_document)
    path = f"/work/grants/{made}/completers/{row.id}/signed-paper"
    for who, status in (("inventor", 200), ("tto_officer", 200), ("supervisor", 404), ("firm_agent", 403)):
        answer = browser(who).get(path, buffered=True)
        assert answer.status_code == status, who
    saved = browser("inventor").get(path, buffered=True)
    assert "attachment" in saved.headers["Content-Disposition"]


def test_the_signed_agreement_is_for_its_parties(browser, desk):
    path = f"/work/grants/{desk.signed()}/agreement/paper"
    for who, status in (("inventor", 200), ("unit_admin", 200), ("supervisor", 404), ("firm_agent", 403)):
        assert browser(who).get(path, buffered=True).status_code == status, who


def test_letters_reach_whoever_acts_next(desk, drain, browser):
    desk.give_back(desk.submitted())
    drain()
    assert "已退回修改" in words(browser("inventor").get("/account/messages"))
    assert "待单位审查" in words(browser("tto_officer").get("/account/messages"))


def test_a_program_brings_a_grant_from_the_start_to_the_unit(program, desk):
    achievement = desk.desk.published(**desk.text)
    call = program("inventor", "read", "grants:write")
    made = call("POST", "/grants", achievement_id=achievement)
    assert made.status_code == 201, made.text
    grant = made.json["id"]
    alone = [{**OWNERSHIP["team"][0], "share_bp": 10_000}]
    assert call("POST", f"/grants/{grant}/ask").status_code == 422
    written = call("PUT", f"/grants/{grant}", **{**OWNERSHIP, "team": alone})
    assert written.status_code == 200, written.text
    assert call("POST", f"/grants/{grant}/ask").status_code == 200
    assert call("POST", f"/grants/{grant}/sign", digest="0" * 64, agreed=True).status_code == 409
    digest = written.json["digest"]
    signed = call("POST", f"/grants/{grant}/sign", digest=digest, agreed=True)
    assert signed.json["state"] == "team_agreed"
    assert signed.json["signatures"][0]["signed_at"] is not None
    done = call("POST", f"/grants/{grant}/submit")
    assert done.json["state"] == "submitted"
    listed = call("GET", "/grants?state=submitted")
    assert [row["id"] for row in listed.json["items"]] == [grant]
    assert program("inventor", "read")("POST", "/grants", achievement_id=achievement).status_code == 403


def test_a_new_grant_takes_the_shares_that_the_completers_confirmed(app, desk, ctx_for, cast, browser):
    achievement = desk.desk.published(**RICH)
    source = DisclosureDesk(cast, ctx_for).closed("grant_rights")
    with ctx_for(SYSTEM) as ctx:
        ctx.session.get_one(Disclosure, source).achievement_id = achievement
    page = browser("inventor").get(f"/disclosures/{source}")
    assert f"/work/grants/new?achievement={achievement}" in page.text, "the decision leads on to the grant"
    with ctx_for(cast.inventor.actor) as ctx:
        content = create_grant(ctx, achievement).content
    team = [(person["name"], person["email"], person["share_bp"]) for person in content["team"]]
    assert team == [("沈禾", "inventor@university.example", 10_000)]


def test_an_ended_right_of_use_makes_room_though_nobody_has_noted_its_end(
    browser, desk, clock, ctx_for, cast
):
    desk.terms = USE_RIGHT
    grant = desk.look(desk.effective())
    new = f"/work/grants/new?achievement={grant.achievement_id}"
    assert "已有办理中或已生效的赋权" in words(browser("inventor").get(new))
    clock.move_to(grant.ends_at)
    assert desk.look(grant.id).state == "effective", "the worker has not run"
    page = words(browser("inventor").get(new))
    assert "开始起草" in page
    assert "已有办理中或已生效的赋权" not in page
    assert "到期" in words(browser("tto_officer").get(f"/work/grants/{grant.id}"))
    with ctx_for(cast.inventor.actor) as ctx:
        assert create_grant(ctx, grant.achievement_id).id != grant.id


def test_a_program_of_the_zone_gets_no_addresses_of_completers(program, desk):
    made = desk.decided()
    own = program("tto_officer", "read")("GET", f"/grants/{made}")
    assert own.json["content"]["team"][0]["email"] == "inventor@university.example"
    zone = program("supervisor", "read")("GET", f"/grants/{made}")
    assert zone.status_code == 200
    assert "@" not in zone.text


def test_whoever_plans_a_deal_is_shown_whom_the_achievement_belongs_to(browser, desk):
    granted = desk.look(desk.effective()).achievement_id
    plan = desk.office.drafted(granted)
    page = words(browser("tto_officer").get(f"/work/plans/{plan}"))
    assert "单位 30%，完成人共同 70%" in page
