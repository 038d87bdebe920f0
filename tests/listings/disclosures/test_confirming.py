"""Every completer confirms in person exactly what is submitted; whatever changes it voids what was said."""

import io

import pytest

from listings.disclosures.confirming import register_paper
from listings.disclosures.drafting import save_disclosure
from marketplace.accounts.members.services import remove_member
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.listings.achievements.pages import words
from tests.listings.disclosures.desk import INVENTOR, OFFICER, SECRET, TWO, WITH_OUTSIDER, signed_paper


def confirmed(desk, made):
    return [row.confirmed_at is not None for row in desk.look(made).completers]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另一个名称"},
        {"completers": [{**INVENTOR, "share_bp": 5_000}, {**OFFICER, "share_bp": 5_000}]},
        {"completers": [INVENTOR]},
        {"obligations": "新增义务"},
    ],
    ids=["text", "shares", "a completer less", "obligations"],
)
def test_an_edit_voids_every_confirmation(desk, change):
    made = desk.confirmed(completers=TWO)
    assert confirmed(desk, made) == [True, True]
    desk.save(made, **change)
    assert not any(confirmed(desk, made))
    assert desk.look(made).asked_at is None
    assert desk.kinds(made)[-1] == "confirmations_voided"
    with pytest.raises(Conflict) as refused:
        desk.submit(made)
    assert refused.value.code == "not_confirmed"


def test_changing_the_confidential_description_voids_them_too(desk):
    made = desk.confirmed(completers=TWO)
    desk.describe(made, SECRET + "。")
    assert not any(confirmed(desk, made))


def test_saving_the_same_words_voids_nothing(desk):
    made = desk.confirmed(completers=TWO)
    before = desk.kinds(made)
    desk.save(made, title=desk.look(made).title)
    assert confirmed(desk, made) == [True, True]
    assert desk.kinds(made) == before


def test_all_must_have_confirmed_before_it_is_submitted(desk, cast):
    made = desk.asked(completers=TWO)
    for member in (cast.inventor, cast.tto_officer):
        with pytest.raises(Conflict):
            desk.submit(made)
        desk.confirm(made, member)
    desk.submit(made)
    assert desk.look(made).state == "submitted"


def test_nobody_confirms_what_they_have_not_seen(desk, cast):
    made = desk.asked(completers=TWO)
    seen = desk.look(made).digest
    desk.save(made, title="改过的名称")
    desk.ask(made)
    with pytest.raises(Conflict) as refused:
        desk.confirm(made, cast.tto_officer, seen)
    assert refused.value.code == "stale"


def test_nobody_confirms_for_somebody_else(desk, cast):
    made = desk.asked(completers=TWO)
    with pytest.raises(NotFound):
        desk.confirm(made, cast.secrecy_officer)
    with pytest.raises(NotFound):
        desk.confirm(made, cast.other_tto_officer)


def test_confirming_twice_is_confirming_once(desk, cast):
    made = desk.asked(completers=TWO)
    desk.confirm(made, cast.tto_officer)
    first = desk.look(made).completers[1].confirmed_at
    desk.confirm(made, cast.tto_officer)
    assert desk.look(made).completers[1].confirmed_at == first
    assert desk.kinds(made).count("confirmed") == 1


def test_an_incomplete_one_is_not_put_before_the_completers(desk):
    made = desk.complete(completers=[{**INVENTOR, "share_bp": 9_999}])
    with pytest.raises(Invalid) as refused:
        desk.ask(made)
    assert [error.code for error in refused.value.errors] == ["share_sum"]


def test_who_declines_sends_it_back_with_a_reason(desk, cast, browser_of, drain):
    made = desk.asked(completers=TWO)
    desk.confirm(made, cast.inventor)
    officer = browser_of(cast.tto_officer)
    assert "确认披露的内容和贡献比例" in words(officer.get("/work"))
    path = f"/disclosures/{made}"
    assert officer.submit(f"{path}/decline", {"reason": " "}).status_code == 422
    assert officer.submit(f"{path}/decline", {"reason": "比例与约定不符"}).status_code == 303
    assert not any(confirmed(desk, made))
    assert desk.look(made).asked_at is None
    author = browser_of(cast.inventor)
    assert "比例与约定不符" in words(author.get(f"{path}/edit"))
    drain()
    letters = words(author.get("/account/messages"))
    assert "有完成人不同意" in letters
    assert "比例与约定不符" not in letters


def test_paper_is_for_those_without_an_account(app, desk, cast):
    made = desk.asked(completers=TWO)
    with app.app_context():
        for row in desk.look(made).completers:
            with pytest.raises(Conflict) as refused:
                register_paper(cast.inventor.actor, made, row.id, "签 1", "x.pdf", io.BytesIO(signed_paper()))
            assert refused.value.code == "has_account"


def test_who_has_left_the_unit_meanwhile_confirms_on_paper(app, desk, cast, ctx_for, browser_of):
    made = desk.asked(completers=TWO)
    with ctx_for(cast.unit_admin.actor) as ctx:
        remove_member(ctx, cast.tto_officer.org_id, cast.tto_officer.user_id)
    author, row = browser_of(cast.inventor), desk.look(made).completers[1]
    path = f"/disclosures/{made}/completers/{row.id}/paper"
    assert path in author.get(f"/disclosures/{made}/edit").text
    signed = {"document": "签 7", "file": (io.BytesIO(signed_paper()), "签字.pdf")}
    assert author.submit(path, signed).status_code == 303
    assert browser_of(cast.tto_officer).get(f"/disclosures/{made}").status_code in {403, 404}


def test_paper_stands_for_the_exact_text_and_falls_with_it(app, desk, cast):
    made = desk.confirmed(completers=WITH_OUTSIDER)
    outsider = desk.look(made).completers[1]
    with app.app_context():
        register_paper(cast.inventor.actor, made, outsider.id, "签 1", "签字.pdf", io.BytesIO(signed_paper()))
    row = desk.look(made).completers[1]
    assert (row.confirmed_digest, row.paper_document) == (desk.look(made).digest, "签 1")
    desk.save(made, title="另一个名称")
    row = desk.look(made).completers[1]
    assert (row.confirmed_at, row.paper_document, row.paper) == (None, "", {})


def test_a_file_that_is_no_paper_is_refused(desk, cast, browser_of):
    made = desk.asked(completers=WITH_OUTSIDER)
    outsider = desk.look(made).completers[1]
    author = browser_of(cast.inventor)
    path = f"/disclosures/{made}/completers/{outsider.id}/paper"
    for name in ("签字.exe", "签字.pdf"):
        answer = author.submit(path, {"document": "签 1", "file": (io.BytesIO(b"MZ"), name)})
        assert answer.status_code == 422
        assert "未保存" in words(answer)
    assert desk.look(made).completers[1].confirmed_at is None


def test_once_submitted_nothing_is_changed_or_confirmed(desk, cast, ctx_for):
    made = desk.submitted(completers=TWO)
    for act in (
        lambda: desk.save(made, title="另一个"),
        lambda: desk.describe(made, "另一段"),
        lambda: desk.ask(made),
        lambda: desk.confirm(made, cast.tto_officer),
        lambda: desk.submit(made),
    ):
        with pytest.raises(Conflict):
            act()


def test_two_editors_do_not_overwrite_each_other(desk, cast, ctx_for):
    made = desk.complete(completers=TWO)
    version = desk.look(made).version
    desk.save(made, cast.tto_officer, title="同事的名称")
    with ctx_for(cast.inventor.actor) as ctx, pytest.raises(Conflict) as refused:
        save_disclosure(ctx, made, {"title": "我的名称"}, version=version)
    assert refused.value.code == "stale"
    assert desk.look(made).title == "同事的名称"


def test_an_officer_does_not_edit_what_others_disclose(desk, cast):
    made = desk.submitted()
    with pytest.raises(Forbidden):
        desk.save(made, cast.tto_officer, title="另一个")
