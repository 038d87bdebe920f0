"""Organisations: registration, profile, verification, directory."""

import pytest

from marketplace.accounts.models import VERIFIED, Membership, Organisation, User, Zone
from marketplace.accounts.organisations.services import return_organisation, verify_organisation
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.accounts.codes import credit_code
from tests.accounts.test_log_in import log_in

FORM = {
    "kind": "firm",
    "name": "澄江新材料有限公司",
    "credit_code": credit_code(1),
    "name_en": "Chengjiang Materials",
    "region": "330000",
    "about": "研发导热复合材料",
    "contact": "0571-88880000",
}


@pytest.fixture
def founder(client, cast, known, journal):
    log_in(client, known)
    journal.new()
    return known


def create(client, **changes):
    with client.application.app_context():
        zone_id = db.session.query(Zone).one().id
    return client.submit("/account/organisation/new", FORM | {"zone_id": zone_id} | changes)


def the_organisation(app):
    with app.app_context():
        return db.session.query(Organisation).filter_by(name=FORM["name"]).one()


def test_whoever_registers_an_organisation_administers_it_and_acts_for_it(client, app, founder, journal):
    answer = create(client)
    assert (answer.status_code, answer.location) == (303, "/account/organisation")
    assert journal.new() == ["organisation.created", "membership.added"]
    org = the_organisation(app)
    assert (org.state, org.credit_code, org.region) == ("unverified", FORM["credit_code"], "330000")
    with app.app_context():
        assert db.session.query(Membership).filter_by(org_id=org.id).one().roles == ["firm_admin"]
        assert db.session.get(User, founder.user_id).acting_org_id == org.id


def test_sending_the_form_twice_makes_one_organisation(client, app, founder, journal):
    answers = [create(client, request_key="one form") for _ in range(2)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/account/organisation")}
    assert journal.new() == ["organisation.created", "membership.added"]


def test_a_page_carries_a_key_of_its_own(client, founder):
    def key():
        return (
            client.get("/account/organisation/new")
            .text.split('name="request_key"')[1]
            .split('value="')[1][:24]
        )

    assert key() != key()


def test_a_code_pasted_with_spaces_full_width_letters_and_small_letters_is_understood(client, app, founder):
    typed = " ".join(FORM["credit_code"].lower()).replace("9", "９")
    assert create(client, credit_code=typed).status_code == 303
    assert the_organisation(app).credit_code == FORM["credit_code"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "填写统一社会信用代码"),
        ("9133", "18 位"),
        (FORM["credit_code"][:-1] + "I", "不允许的字符"),
        (FORM["credit_code"][:-2] + "77", "校验不通过"),
        ("9" * 50_000, "18 位"),
    ],
)
def test_a_wrong_code_is_explained_beside_its_field(client, founder, journal, code, words):
    answer = create(client, credit_code=code)
    assert answer.status_code == 422
    assert words in answer.text.split('id="credit_code-error"')[1].split("</p>")[0]
    assert FORM["name"] in answer.text
    assert journal.new() == []


def test_a_code_in_use_by_a_verified_organisation_is_refused_with_its_name_and_advice(
    client, app, cast, founder
):
    with app.app_context():
        db.session.get(Organisation, cast.firm_agent.org_id).credit_code = FORM["credit_code"]
        db.session.commit()
    answer = create(client)
    assert answer.status_code == 422
    assert "拾光储能有限公司已经用这个代码注册" in answer.text


def test_a_code_in_use_by_an_unverified_organisation_does_not_give_its_name_away(client, app, founder):
    create(client, name="尚未公开的单位")
    answer = create(client)
    assert answer.status_code == 422
    assert "正在等待核验" in answer.text
    assert "尚未公开的单位" not in answer.text.split("<main")[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", ""),
        ("kind", "zone_authority"),
        ("kind", "x" * 50_000),
        ("zone_id", ""),
        ("zone_id", "zon_zzzzzzzzzzzzzzzzzzzz"),
        ("zone_id", "\x00"),
        ("name", ""),
        ("name", "名" * 101),
        ("name", "x" * 50_000),
        ("name", "澄江\x00"),
        ("region", "999999"),
        ("region", "x" * 50_000),
        ("about", "字" * 5_001),
        ("about", "联系人 13800138000"),
        ("contact", "138 0013 8000"),
        ("contact", "１３８００１３８０００"),
        ("contact", "330102199001011234"),
    ],
)
def test_bad_input_comes_back_beside_its_field(client, founder, journal, field, value):
    answer = create(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert journal.new() == []


def test_only_agencies_have_services(client, app, founder):
    create(client, services=["rd_design"])
    assert the_organisation(app).services == []


def test_an_agency_says_what_it_offers_and_unknown_services_are_refused(client, app, founder):
    assert create(client, kind="agency", services=["rd_design", "no_such"]).status_code == 422
    assert create(client, kind="agency", services=["rd_design", "technology_trading"]).status_code == 303
    assert the_organisation(app).services == ["rd_design", "technology_trading"]


def test_an_organisation_goes_from_submission_to_verification(
    client, app, cast, founder, journal, ctx_for, mailbox
):
    create(client)
    journal.new()
    assert client.submit("/account/organisation/submit").status_code == 303
    assert journal.new() == ["organisation.submitted"]
    org = the_organisation(app)
    with ctx_for(cast.moderator.actor) as ctx:
        verify_organisation(ctx, org.id)
    assert journal.new() == ["organisation.verified"]
    assert app.test_client().get(f"/organisations/{org.id}").status_code == 200
    assert "已通过核验" in str(mailbox.to(founder.email)[-1]["Subject"])


def test_a_returned_organisation_shows_the_reason_and_can_be_submitted_again(
    client, app, cast, founder, journal, ctx_for
):
    create(client)
    client.submit("/account/organisation/submit")
    org = the_organisation(app)
    with ctx_for(cast.moderator.actor) as ctx:
        return_organisation(ctx, org.id, "名称与执照不一致")
    assert "名称与执照不一致" in client.get("/account/organisation").text
    journal.new()
    edited = client.submit("/account/organisation/edit", FORM | {"name": "澄江新材料股份有限公司"})
    assert edited.status_code == 303
    assert client.submit("/account/organisation/submit").status_code == 303
    assert journal.new() == ["organisation.edited", "organisation.submitted"]


def test_a_return_needs_a_reason(cast, ctx_for, client, app, founder):
    create(client)
    client.submit("/account/organisation/submit")
    with pytest.raises(Invalid), ctx_for(cast.moderator.actor) as ctx:
        return_organisation(ctx, the_organisation(app).id, "  ")


def test_submitting_twice_is_a_conflict(client, founder, journal):
    create(client)
    client.submit("/account/organisation/submit")
    journal.new()
    assert client.submit("/account/organisation/submit").status_code == 409
    assert journal.new() == []


def test_only_staff_of_its_zone_verify_an_organisation(client, app, cast, founder, ctx_for):
    create(client)
    client.submit("/account/organisation/submit")
    org = the_organisation(app)
    with pytest.raises(Forbidden), ctx_for(cast.supervisor.actor) as ctx:
        verify_organisation(ctx, org.id)
    with pytest.raises(NotFound), ctx_for(cast.tto_officer.actor) as ctx:
        verify_organisation(ctx, org.id)


def test_staff_do_not_verify_what_was_not_submitted_but_the_system_may(client, app, cast, founder, ctx_for):
    create(client)
    org = the_organisation(app)
    with pytest.raises(Conflict), ctx_for(cast.moderator.actor) as ctx:
        verify_organisation(ctx, org.id)
    with ctx_for(SYSTEM) as ctx:
        verify_organisation(ctx, org.id)
    assert the_organisation(app).state == VERIFIED


def test_name_and_code_stay_as_they_were_verified(client, cast, journal):
    client.sign_in(cast.unit_admin)
    journal.new()
    answer = client.submit(
        "/account/organisation/edit", FORM | {"name": "别的大学", "credit_code": credit_code(2)}
    )
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert 'id="credit_code-error"' in answer.text
    assert journal.new() == []


def test_a_verified_organisation_gives_up_its_verification_to_change_its_name(client, app, cast, journal):
    client.sign_in(cast.unit_admin)
    assert client.get("/account/organisation/reopen").status_code == 200
    journal.new()
    assert client.submit("/account/organisation/reopen").status_code == 303
    assert journal.new() == ["organisation.reopened"]
    assert app.test_client().get(f"/organisations/{cast.unit_admin.org_id}").status_code == 404
    changed = client.submit("/account/organisation/edit", FORM | {"name": "云岫科技大学"})
    assert changed.status_code == 303


def test_a_zone_authority_cannot_switch_itself_off(client, cast, journal):
    client.sign_in(cast.zone_admin)
    journal.new()
    assert client.submit("/account/organisation/reopen").status_code == 403
    assert journal.new() == []


def test_an_edit_on_an_old_version_keeps_what_was_typed_and_overwrites_nothing(client, app, founder, journal):
    create(client)
    client.submit("/account/organisation/edit", FORM | {"about": "同事写的", "version": "1"})
    journal.new()
    late = client.submit("/account/organisation/edit", FORM | {"about": "我写的", "version": "1"})
    assert late.status_code == 422
    assert "我写的" in late.text
    assert the_organisation(app).about == "同事写的"
    assert journal.new() == []
    assert 'name="version" value="2"' in late.text
    assert (
        client.submit("/account/organisation/edit", FORM | {"about": "我写的", "version": "2"}).status_code
        == 303
    )


def test_who_does_not_administer_an_organisation_cannot_edit_it(client, cast, journal):
    client.sign_in(cast.inventor)
    journal.new()
    assert client.get("/account/organisation/edit").status_code == 403
    assert client.submit("/account/organisation/edit", FORM).status_code == 403
    assert client.submit("/account/organisation/submit").status_code == 403
    assert journal.new() == []


def test_an_unverified_organisation_is_seen_by_its_members_and_its_zone_only(client, app, cast, founder):
    create(client)
    path = f"/organisations/{the_organisation(app).id}"
    assert client.get(path).status_code == 200
    assert app.test_client().sign_in(cast.moderator).get(path).status_code == 200
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().sign_in(cast.tto_officer).get(path).status_code == 404


def test_the_directory_lists_verified_organisations_without_authorities(client, cast, founder):
    create(client)
    page = client.get("/organisations").text.split("<main")[1]
    for name in ("云岫大学", "南屏理工大学", "拾光储能有限公司", "青禾技术转移中心"):
        assert name in page
    for name in ("云岫示范区管理局", FORM["name"]):
        assert name not in page


def test_the_directory_is_searched_by_name_kind_zone_region_and_service(client, app, cast):
    with app.app_context():
        db.session.get(Organisation, cast.broker.org_id).services = ["rd_design"]
        db.session.commit()

    def found(path):
        return [
            name
            for name in ("云岫大学", "拾光储能有限公司", "青禾技术转移中心")
            if name in client.get(path).text
        ]

    assert found("/organisations?q=云岫") == ["云岫大学"]
    assert found("/organisations?q=%25") == []
    assert found("/organisations?kind=firm") == ["拾光储能有限公司"]
    assert found(f"/organisations?zone={cast.zone_id}") == [
        "云岫大学",
        "拾光储能有限公司",
        "青禾技术转移中心",
    ]
    assert found("/organisations?region=330000") == []
    assert found("/agencies") == ["青禾技术转移中心"]
    assert found("/agencies?service=rd_design") == ["青禾技术转移中心"]
    assert found("/agencies?service=rd_desig_") == []


@pytest.mark.parametrize("value", ["%00", "x" * 5_000, "'; --", "%F0%9F%92%A9", "zon_%25"])
@pytest.mark.parametrize("name", ["q", "kind", "zone", "region", "service", "page"])
def test_hostile_filters_find_nothing_and_break_nothing(client, cast, name, value):
    assert client.get(f"/organisations?{name}={value}").status_code == 200
    assert client.get(f"/agencies?{name}={value}").status_code == 200


def test_an_agency_has_its_own_address(client, cast):
    agency = cast.broker.org_id
    assert client.get(f"/organisations/{agency}").location == f"/agencies/{agency}"
    assert "青禾技术转移中心" in client.get(f"/agencies/{agency}").text
    assert client.get(f"/agencies/{cast.inventor.org_id}").status_code == 404


@pytest.mark.parametrize(
    "org_id", ["x", "%00", "org_zzzzzzzzzzzzzzzzzzzz", "ORG_00000000000000000001", "a" * 5_000]
)
def test_an_unknown_organisation_is_not_found(client, cast, org_id):
    assert client.get(f"/organisations/{org_id}").status_code == 404


def test_a_directory_page_costs_the_same_however_many_it_lists(client, app, cast, count_queries):
    with count_queries() as few:
        client.get("/organisations?kind=firm")
    with count_queries() as many:
        client.get("/organisations")
    assert len(few) == len(many)


def test_what_an_organisation_says_is_text_and_never_markup(client, app, cast):
    with app.app_context():
        db.session.get(Organisation, cast.inventor.org_id).about = "<script>alert(1)</script>\n<b onclick=x>"
        db.session.commit()
    page = client.get(f"/organisations/{cast.inventor.org_id}").text
    assert "<script>alert" not in page
    assert "<b onclick" not in page
