"""The pages of the form: saving, saving while typing, and two people at work on the same thing."""

import pytest

from listings.achievements.content import from_json
from listings.achievements.rules import LONGEST
from tests.listings.achievements.desk import ABSTRACT, TITLE
from tests.listings.achievements.pages import controls, words


def path_of(made, section="basics"):
    return f"/achievements/{made}/edit/{section}"


def opened(browser, made, section="basics"):
    """What the page would send unchanged."""
    return controls(browser.get(path_of(made, section)), path_of(made, section))


def test_a_section_is_saved_and_the_next_one_opens(officer, desk):
    made = desk.cleared()
    answer = officer.post(path_of(made), data={**opened(officer, made), "title": TITLE, "then": "next"})
    assert answer.headers["Location"] == path_of(made, "maturity")
    assert from_json(desk.working(made).content).title == TITLE
    assert "“基本信息”已保存" in words(officer.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("then", "target"), [("tasks", "edit"), ("check", "check"), ("", "edit"), ("x", "edit")]
)
def test_the_button_says_where_to_go(officer, desk, then, target):
    made = desk.cleared()
    answer = officer.post(path_of(made), data={**opened(officer, made), "then": then})
    assert answer.headers["Location"] == f"/achievements/{made}/{target}"


def test_from_the_check_page_one_comes_back_to_it(officer, desk):
    made = desk.complete()
    change = f"/achievements/{made}/edit/transfer?back=check"
    assert f"{change}#price_fen" in officer.get(f"/achievements/{made}/check").text
    page = officer.get(change)
    assert "保存并返回核对" in page.text
    form = controls(page, path_of(made, "transfer"))
    refused = officer.post(path_of(made, "transfer"), data={**form, "price_fen": "十二"})
    assert "保存并返回核对" in refused.text


def test_what_was_stored_is_sent_back_unchanged(officer, desk):
    made = desk.complete(
        price_fen=123_456_789,
        rights=[{"kind": "patent_invention", "number": "ZL202010123456.2", "state": "granted", "holder": "云岫大学", "granted": "2022-05-06"}],
        indicators=[{"name": "检出限", "value": "50 ppb", "benchmark": "100 ppb"}],
        ipc=["G01N 27/12"],
        restricted=[["risks", "nda"]],
        started="2021-03",
    )  # fmt: skip
    before = desk.working(made).content
    for section in ("basics", "maturity", "technology", "rights", "transfer", "people", "disclosure"):
        answer = officer.post(path_of(made, section), data=opened(officer, made, section))
        assert answer.status_code == 303, words(answer)
    assert desk.working(made).content == before


def test_typing_is_saved_and_the_answer_says_when(officer, desk, clock):
    made = desk.cleared()
    form = opened(officer, made)
    clock.advance(minutes=5)
    answer = officer.post(f"/achievements/{made}/autosave/basics", data={**form, "title": "半个名"})
    assert answer.json["time"] == "09:35"
    assert from_json(desk.working(made).content).title == "半个名"
    again = officer.post(
        f"/achievements/{made}/autosave/basics",
        data={**form, "title": "半个名称", "version": answer.json["version"]},
    )
    assert again.status_code == 200


def test_the_second_of_two_editors_is_told_and_keeps_the_text(officer, inventor, desk, clock):
    made = desk.complete()
    mine, theirs = opened(officer, made), opened(inventor, made)
    clock.advance(minutes=20)
    assert inventor.post(path_of(made), data={**theirs, "title": "同事的名称"}).status_code == 303

    told = officer.post(f"/achievements/{made}/autosave/basics", data={**mine, "title": "我的名称"})
    assert told.status_code == 409
    assert told.json["message"] == "草稿已被 沈禾 于 09:50 修改。你的文字仍在本页，点“保存”后可核对差异"

    page = officer.post(path_of(made), data={**mine, "title": "我的名称", "abstract": "我的简介"})
    assert page.status_code == 409
    seen = words(page)
    assert "没有保存，你的文字仍在本页" in seen
    assert "沈禾 于 2026-03-02 09:50 保存过这份草稿" in seen
    assert "同事的名称" in seen
    assert "data-autosave=" not in page.text  # nothing overwrites the colleague before the button is pressed
    kept = controls(page, path_of(made))
    assert kept["title"] == ["我的名称"]
    assert kept["abstract"] == ["我的简介"]
    assert from_json(desk.working(made).content).title == "同事的名称"

    assert officer.post(path_of(made), data=kept).status_code == 303
    assert from_json(desk.working(made).content).title == "我的名称"


def test_colleagues_on_different_sections_are_in_nobodys_way(officer, inventor, desk):
    made = desk.complete()
    mine = opened(officer, made)
    inventor.post(path_of(made, "people"), data={**opened(inventor, made, "people"), "project": "云岫 2026"})
    assert officer.post(path_of(made), data={**mine, "title": "我的名称"}).status_code == 303
    content = from_json(desk.working(made).content)
    assert (content.title, content.project) == ("我的名称", "云岫 2026")


def test_a_save_meets_its_own_automatic_save(officer, desk):
    """Pressing the button takes the focus from the field, so both are sent at once with the same mark."""
    made = desk.complete()
    form = {**opened(officer, made, "transfer"), "price_fen": "十二"}
    assert officer.post(f"/achievements/{made}/autosave/transfer", data=form).status_code == 200
    answer = officer.post(path_of(made, "transfer"), data=form)
    assert answer.status_code == 422
    assert "没有保存，你的文字仍在本页" not in words(answer)


@pytest.mark.parametrize("version", [None, "", "1", "x", "9" * 50])
def test_a_form_that_names_no_mark_overwrites_nobody(officer, desk, version):
    made = desk.complete()
    form = {**opened(officer, made), "title": "别的名称", "version": version}
    if version is None:
        del form["version"]
    assert officer.post(path_of(made), data=form).status_code == 409
    assert from_json(desk.working(made).content).title == TITLE


def test_what_is_typed_while_a_colleague_submits_stays_on_the_page(officer, inventor, desk):
    made = desk.complete()
    form = opened(inventor, made)
    desk.submit(made)
    page = inventor.post(path_of(made), data={**form, "title": "最后一个改动"})
    assert page.status_code == 409
    assert "已提交审核，撤回后才能修改" in words(page)
    assert controls(page, path_of(made))["title"] == ["最后一个改动"]
    assert from_json(desk.working(made).content).title == TITLE


def test_nothing_can_be_edited_in_review(officer, desk):
    made = desk.submitted()
    assert officer.get(path_of(made)).headers["Location"] == f"/achievements/{made}/edit"
    tasks = officer.get(f"/achievements/{made}/edit")
    assert "暂不能开始" in words(tasks)
    assert path_of(made) not in tasks.text


def test_a_public_text_is_edited_beside_the_public_one(officer, inventor, desk, client):
    made = desk.published()
    mine, theirs = opened(officer, made), opened(inventor, made)
    assert officer.post(path_of(made), data={**mine, "title": "新名称"}).status_code == 303
    row = desk.look(made)
    assert (row.state, row.published_n, row.working_n, row.title) == ("published", 1, 2, TITLE)
    assert inventor.post(path_of(made), data={**theirs, "title": "另一个"}).status_code == 409
    assert "修改稿" in words(officer.get("/work/achievements"))


def test_a_list_grows_by_a_button_and_forgets_empty_rows(officer, desk):
    made = desk.cleared()
    form = opened(officer, made, "people")
    assert form["completers-1-name"] == [""]
    form |= {"completers-1-name": "沈禾", "more": "completers"}
    page = officer.post(path_of(made, "people"), data=form)
    assert page.status_code == 200
    grown = controls(page, path_of(made, "people"))
    assert grown["completers-0-name"] == ["沈禾"]
    assert "completers-2-name" in grown
    grown["completers-2-name"] = ["江临"]
    officer.post(path_of(made, "people"), data=grown)
    assert [p.name for p in from_json(desk.working(made).content).completers] == ["沈禾", "江临"]


def test_a_row_without_its_name_is_kept_and_asked_about(officer, desk):
    made = desk.complete()
    form = {**opened(officer, made, "technology"), "indicators-0-value": "50 ppb"}
    assert officer.post(path_of(made, "technology"), data=form).status_code == 303
    assert from_json(desk.working(made).content).indicators[0].value == "50 ppb"
    assert "填写指标名称" in words(officer.get(f"/achievements/{made}/check"))


def test_what_was_not_understood_waits_with_its_complaint(officer, desk):
    made = desk.complete()
    form = {
        **opened(officer, made, "rights"),
        "rights-0-kind": "patent_invention",
        "rights-0-number": "ZL2020",
    }
    refused = officer.post(path_of(made, "rights"), data={**form, "rights_checked_on": "去年夏天"})
    assert refused.status_code == 422
    later = officer.get(path_of(made, "rights"))
    kept = controls(later, path_of(made, "rights"))
    assert kept["rights-0-number"] == ["ZL2020"]
    assert kept["rights_checked_on"] == ["去年夏天"]
    assert "专利号应为 ZL 或 CN 加 12 位数字和校验位" in words(later)
    assert "按“2024-06-30”的格式填写日期" in words(later)
    assert "修改或清空这一项" in words(officer.get(f"/achievements/{made}/check"))
    assert "填写中" in words(officer.get(f"/achievements/{made}/edit"))

    kept |= {"rights-0-number": "ZL202010123456.2", "rights_checked_on": "2026年2月3日"}
    assert officer.post(path_of(made, "rights"), data=kept).status_code == 303
    assert desk.working(made).typed == {}
    content = from_json(desk.working(made).content)
    assert content.rights[0].number == "ZL202010123456.2"
    assert str(content.rights_checked_on) == "2026-02-03"


def test_one_bad_field_does_not_hold_up_the_others(officer, desk):
    made = desk.cleared()
    form = {**opened(officer, made), "title": "名" * (LONGEST["title"] + 1), "abstract": ABSTRACT}
    page = officer.post(path_of(made), data=form)
    assert page.status_code == 422
    content = from_json(desk.working(made).content)
    assert (content.title, content.abstract) == ("", ABSTRACT)
    assert controls(officer.get(path_of(made)), path_of(made))["title"] == ["名" * (LONGEST["title"] + 1)]


def test_what_a_page_does_not_send_stays_as_it_is(officer, desk):
    made = desk.complete(indicators=[{"name": "检出限", "value": "50 ppb", "benchmark": ""}])
    version = opened(officer, made, "technology")["version"]
    answer = officer.submit(path_of(made, "technology"), {"version": version, "market": "很大"})
    assert answer.status_code == 303
    content = from_json(desk.working(made).content)
    assert (content.market, len(content.indicators)) == ("很大", 1)


def test_an_unknown_section_is_not_there(officer, desk):
    made = desk.cleared()
    assert officer.get(path_of(made, "nothing")).status_code == 404
    assert officer.submit(path_of(made, "nothing")).status_code == 404


def test_others_do_not_see_that_there_is_a_draft(app, desk, cast):
    made = desk.complete()
    for member in (cast.other_tto_officer, cast.firm_agent):
        stranger = app.test_client().sign_in(member)
        for page in (f"/achievements/{made}", f"/achievements/{made}/edit", path_of(made)):
            assert stranger.get(page).status_code == 404, page
    assert app.test_client().get(f"/achievements/{made}").status_code == 404


def test_a_draft_is_thrown_away_after_a_question(officer, desk):
    made = desk.complete()
    question = officer.get(f"/achievements/{made}/discard")
    assert "此操作不能撤销" in words(question)
    answer = officer.post(
        f"/achievements/{made}/discard", data=controls(question, f"/achievements/{made}/discard")
    )
    assert answer.headers["Location"] == "/work/achievements"
    assert desk.look(made).state == "discarded"
    assert officer.get(f"/achievements/{made}/edit").status_code == 404
    assert TITLE not in officer.get("/work/achievements").text


def test_throwing_a_revision_away_leaves_the_public_text(officer, desk):
    made = desk.published()
    desk.save(made, title="新名称")
    answer = officer.submit(f"/achievements/{made}/discard")
    assert answer.headers["Location"] == f"/achievements/{made}"
    assert (desk.look(made).working_n, desk.look(made).state) == (None, "published")


def test_the_task_list_warns_of_the_same_title(officer, desk):
    first, second = desk.published(), desk.complete(title=f" {TITLE} ")
    seen = words(officer.get(f"/achievements/{second}/edit"))
    assert "本单位已有同名成果" in seen
    assert desk.look(first).number in seen
