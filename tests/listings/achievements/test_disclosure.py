"""Who sees what of a public text: everybody, verified organisations, those under an agreement. Every deep look is kept."""

import pytest

from marketplace.accounts.models import UNVERIFIED, Organisation
from marketplace.core.context import SYSTEM
from marketplace.core.journal import entries_of
from tests.cast import organisation_id
from tests.listings.achievements.desk import RICH
from tests.listings.achievements.pages import words
from tests.listings.achievements.pictures import add_picture

OPEN, VERIFIED, SECRET = RICH["cases"], RICH["market"], RICH["principle"]


@pytest.fixture
def made(app, desk, cast) -> str:
    """Market for verified readers, principle under an agreement, and a picture of each level."""
    achievement = desk.complete(**RICH)
    for level in ("public", "verified", "nda"):
        add_picture(app, cast.tto_officer, achievement, f"{level}.png", level)
    desk.submit(achievement)
    desk.publish(achievement)
    return achievement


@pytest.fixture
def firm(app, cast):
    return app.test_client().sign_in(cast.firm_agent)


def seen(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return words(answer)


def status(browser, path):
    return browser.get(path, buffered=True).status_code


def addresses(desk, made):
    files = desk.public(made).content["files"]
    return {file["level"]: f"/achievements/{made}/files/{file['digest']}/{file['name']}" for file in files}


def test_the_public_sees_locks_and_how_they_open(client, made, desk):
    page = seen(client, f"/achievements/{made}")
    assert OPEN in page
    assert VERIFIED not in page
    assert SECRET not in page
    assert "市场与效益：通过核验的单位登录后可以查看" in page
    assert "技术原理：先与持有单位签署保密协议" in page
    assert page.count("另有 1 个文件") == 2
    answers = {level: status(client, path) for level, path in addresses(desk, made).items()}
    assert answers == {"public": 200, "verified": 404, "nda": 404}


def test_the_api_keeps_the_same_levels(client, made):
    answer = client.get(f"/api/v1/achievements/{made}").json
    assert answer["content"]["market"] == answer["content"]["principle"] == ""
    assert answer["content"]["cases"] == OPEN
    assert answer["hidden"] == [["market", "verified"], ["principle", "nda"]]
    assert len(answer["files"]) == 1


def test_a_verified_organisation_sees_its_level(firm, made, desk):
    page = seen(firm, f"/achievements/{made}")
    assert VERIFIED in page
    assert SECRET not in page
    answers = {level: status(firm, path) for level, path in addresses(desk, made).items()}
    assert answers == {"public": 200, "verified": 200, "nda": 404}


def test_an_unverified_organisation_sees_what_the_public_sees(app, firm, made, ctx_for):
    with ctx_for(SYSTEM) as ctx:
        ctx.session.get_one(Organisation, organisation_id(app, "firm")).state = UNVERIFIED
    page = seen(firm, f"/achievements/{made}")
    assert VERIFIED not in page
    assert "当前单位通过核验后可以查看" in page
    assert firm.submit(f"/achievements/{made}/confidential").status_code == 403


def test_an_agreement_opens_the_rest_and_every_look_is_kept(firm, made, desk, ctx_for, cast):
    assert firm.submit(f"/achievements/{made}/confidential").status_code == 403
    desk.agree(made)
    before = desk.kinds(made)
    assert SECRET not in seen(firm, f"/achievements/{made}")
    assert "约束" in seen(firm, f"/achievements/{made}/confidential")
    assert desk.kinds(made) == before  # looking around changes nothing

    opened = firm.submit(f"/achievements/{made}/confidential")
    assert opened.status_code == 200
    assert SECRET in opened.text
    assert "本次查看已记录" in opened.text
    secret_file = addresses(desk, made)["nda"]
    assert (
        secret_file not in opened.text
    )  # a picture under an agreement is taken by a button, not loaded by the page
    assert status(firm, secret_file) == 404
    digest = secret_file.split("/")[4]
    taken = firm.submit(f"/achievements/{made}/confidential/{digest}", buffered=True)
    assert taken.status_code == 200
    assert taken.data

    with ctx_for(SYSTEM) as ctx:
        looks = [e for e in entries_of(ctx.session, made) if e.kind == "achievement.confidential_viewed"]
        assert [entry.actor for entry in looks] == [cast.firm_agent.user_id] * 2
        assert [entry.data.get("file") for entry in looks] == [None, digest]


def test_a_file_that_is_none_of_it_is_not_given_and_not_kept(firm, made, desk):
    desk.agree(made)
    before = desk.kinds(made)
    assert firm.submit(f"/achievements/{made}/confidential/{'0' * 64}").status_code == 404
    assert firm.submit(f"/achievements/{made}/confidential/..").status_code == 404
    assert desk.kinds(made) == before


def test_the_agreement_of_one_is_not_the_agreement_of_another(app, made, desk, cast):
    desk.agree(made, "firm")
    other = app.test_client().sign_in(cast.other_tto_officer)
    assert other.submit(f"/achievements/{made}/confidential").status_code == 403


def test_a_level_on_an_empty_block_shows_no_lock(client, desk):
    made = desk.published(restricted=[["risks", "nda"]])
    assert "风险提示" not in seen(client, f"/achievements/{made}")


def test_nothing_of_a_withdrawn_text_is_left(client, firm, officer, made, desk):
    desk.agree(made)
    desk.withdraw(made)
    paths = addresses(desk, made)
    assert status(client, paths["public"]) == 410
    assert firm.submit(f"/achievements/{made}/confidential").status_code == 403
    assert firm.submit(f"/achievements/{made}/confidential/{paths['nda'].split('/')[4]}").status_code == 403
    assert client.get(f"/api/v1/achievements/{made}").status_code == 410
    assert status(officer, paths["public"]) == 200  # the holder still has its own


def test_a_file_removed_from_the_next_text_stays_with_the_public_one(client, officer, made, desk):
    digest = addresses(desk, made)["public"].split("/")[4]
    assert officer.submit(f"/achievements/{made}/files/{digest}/remove").status_code == 303
    assert len(desk.working(made).content["files"]) == 2
    assert status(client, addresses(desk, made)["public"]) == 200


def test_agreements_are_recorded_by_the_holder(officer, made, desk):
    path = f"/achievements/{made}/access"
    wrong = officer.submit(path, {"credit_code": "123", "agreement": ""})
    assert wrong.status_code == 422
    assert "平台上没有这个统一社会信用代码的单位" in words(wrong)
    assert "填写保密协议编号，不超过 80 个字" in words(wrong)
    assert officer.submit(path, {"credit_code": "\0", "agreement": "x"}).status_code == 422
    desk.agree(made)
    desk.agree(made)
    assert words(officer.get(path)).count("云岫密协 2026-07") == 1


def test_a_draft_file_is_its_editors_own(app, client, firm, inventor, desk, cast):
    made = desk.cleared()
    file = add_picture(app, cast.tto_officer, made, "草图.png")
    path = f"/achievements/{made}/files/{file.digest}/草图.png"
    assert status(client, path) == 404
    assert status(firm, path) == 404
    assert status(inventor, path) == 200


def test_the_same_bytes_elsewhere_open_no_door(app, client, desk, cast, made):
    """Files are kept by their digest; knowing one is no right to it."""
    mine = desk.published(title="另一项")
    digest = addresses(desk, made)["nda"].split("/")[4]
    assert status(client, f"/achievements/{mine}/files/{digest}/x.png") == 404
