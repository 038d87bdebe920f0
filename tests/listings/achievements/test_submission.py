"""Handing in: looked at once more, once only, with a receipt; taken back; decided."""

import pytest

from listings.achievements.content import from_json
from marketplace.core.context import SYSTEM
from marketplace.moderation.models import Case
from tests.listings.achievements.desk import TITLE
from tests.listings.achievements.pages import controls, words

STATEMENT = {"review_document": "云保审〔2026〕12 号", "confirmed": "y"}


def path_of(made):
    return f"/achievements/{made}/check"


def checked(browser, made):
    return {**controls(browser.get(path_of(made)), path_of(made)), **STATEMENT}


def cases(ctx_for, made):
    with ctx_for(SYSTEM) as ctx:
        return [(case.state, case.revision) for case in ctx.session.query(Case).filter_by(subject=made)]


def test_a_double_press_starts_one_record_and_submits_once(officer, desk, ctx_for):
    form = controls(officer.get("/achievements/new"), "/achievements/new")
    first, second = (officer.post("/achievements/new", data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert "全部 1" in words(officer.get("/work/achievements"))

    made = desk.complete()
    form = checked(officer, made)
    answers = [officer.post(path_of(made), data=form) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {f"/achievements/{made}/receipt"}
    assert cases(ctx_for, made) == [("open", 1)]
    assert desk.kinds(made).count("submitted") == 1


def test_a_page_made_before_is_not_a_second_submission(officer, desk, ctx_for):
    made = desk.complete()
    early = checked(officer, made)
    officer.post(path_of(made), data=checked(officer, made))
    assert officer.post(path_of(made), data=early).status_code == 409
    assert cases(ctx_for, made) == [("open", 1)]


def test_what_a_colleague_saved_after_the_look_is_looked_at_again(officer, desk, cast):
    made = desk.complete()
    form = checked(officer, made)
    desk.save(made, cast.inventor, title="同事改过的名称")
    answer = officer.post(path_of(made), data=form)
    assert answer.status_code == 409
    assert "沈禾 于 2026-03-02 09:30 又保存过这份草稿" in words(answer)
    assert "同事改过的名称" in words(answer)
    kept = controls(answer, path_of(made))
    assert kept["review_document"] == [STATEMENT["review_document"]]
    assert officer.post(path_of(made), data=kept).status_code == 303
    assert from_json(desk.working(made).content).title == "同事改过的名称"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"review_document": ""}, "填写本单位保密审查的文号，不超过 80 个字"),
        ({"review_document": "号" * 81}, "填写本单位保密审查的文号，不超过 80 个字"),
        ({"confirmed": None}, "确认内容真实、已经本单位保密审查"),
    ],
)
def test_the_statement_is_needed(officer, desk, given, sentence):
    made = desk.complete()
    form = {name: value for name, value in {**checked(officer, made), **given}.items() if value is not None}
    answer = officer.post(path_of(made), data=form)
    assert answer.status_code == 422
    assert words(answer).count(sentence) == 2
    assert desk.look(made).state == "draft"


def test_an_incomplete_text_offers_no_button(officer, desk):
    made = desk.complete(trl=None, abstract="太短")
    page = officer.get(path_of(made))
    assert "还有 2 项需要补充或修改" in words(page)
    assert "review_document" not in page.text
    answer = officer.submit(path_of(made), {**STATEMENT, "version": str(desk.working(made).version)})
    assert answer.status_code == 422
    assert desk.look(made).state == "draft"


def test_an_inventor_leaves_the_submission_to_the_officer(inventor, desk):
    made = desk.complete()
    assert "由本单位管理员或技术转移专员核对并提交审核" in words(inventor.get(f"/achievements/{made}/edit"))
    assert inventor.get(path_of(made)).status_code == 403
    assert inventor.submit(path_of(made), STATEMENT).status_code == 403


def test_nothing_to_hand_in_leads_to_the_task_list(officer, desk):
    for made in (desk.published(), desk.submitted(title="另一项")):
        assert officer.get(path_of(made)).headers["Location"] == f"/achievements/{made}/edit"


def test_a_submission_is_taken_back_and_handed_in_again(officer, desk, ctx_for):
    made = desk.submitted()
    answer = officer.submit(f"/achievements/{made}/recall")
    assert answer.headers["Location"] == f"/achievements/{made}/edit"
    assert desk.look(made).state == "draft"
    officer.post(path_of(made), data=checked(officer, made))
    assert cases(ctx_for, made) == [("closed", 1), ("open", 1)]
    assert officer.submit(f"/achievements/{made}/recall").status_code == 303
    assert officer.submit(f"/achievements/{made}/recall").status_code == 409


def test_the_receipt_stays_after_the_decision(officer, desk):
    made = desk.submitted()
    digest = desk.working(made).digest
    desk.publish(made)
    receipt = words(officer.get(f"/achievements/{made}/receipt"))
    assert digest in receipt
    assert "最迟在此前给出审核结果" not in receipt
    assert officer.get(f"/achievements/{desk.complete(title='未提交')}/receipt").status_code == 404


def test_the_digest_of_the_receipt_is_the_digest_of_the_page(officer, client, desk):
    made = desk.submitted()
    digest = desk.working(made).digest
    desk.publish(made)
    assert digest in client.get(f"/achievements/{made}").text
    assert client.get(f"/api/v1/achievements/{made}").json["digest"] == digest
    assert digest in client.get(f"/achievements/{made}/history").text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "", "note": "说明"}, "选择下架原因"),
        ({"reason": "boredom", "note": "说明"}, "选择下架原因"),
        ({"reason": "other", "note": "长" * 501}, "不超过 500 个字"),
    ],
)
def test_a_withdrawal_says_why(officer, desk, given, sentence):
    made = desk.published()
    answer = officer.submit(f"/achievements/{made}/withdraw", given)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert controls(answer, f"/achievements/{made}/withdraw")["note"] == [given["note"]]
    assert desk.look(made).state == "published"


def test_a_withdrawal_ends_the_review_of_a_change_too(officer, desk, ctx_for):
    made = desk.published()
    desk.save(made, title="新名称")
    desk.submit(made)
    assert officer.submit(f"/achievements/{made}/withdraw", {"reason": "superseded"}).status_code == 303
    assert cases(ctx_for, made) == [("decided", 1), ("closed", 2)]
    for page in ("edit", "edit/basics"):
        assert officer.get(f"/achievements/{made}/{page}").status_code == 303
    saved = officer.submit(f"/achievements/{made}/edit/basics", {"title": "再改", "version": "x"})
    assert saved.status_code == 409
    assert officer.get(f"/achievements/{made}").status_code == 410


def test_a_tombstone_says_who_ended_it(client, desk):
    made = desk.published()
    desk.withdraw(made)
    page = client.get(f"/achievements/{made}")
    assert "云岫大学" in words(page)
    assert TITLE in page.text
    assert client.get(f"/en/achievements/{made}").status_code == 410
