"""The questions before anything may be typed, and what each answer leads to."""

from dataclasses import replace

import pytest

from listings.achievements.models import Assessment
from listings.classification import SECRECY_QUESTIONS
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict
from marketplace.moderation.grounds import Decision
from tests.listings.achievements.desk import COMPLETE, HARMLESS, TITLE
from tests.listings.achievements.pages import controls, words


def path_of(made):
    return f"/achievements/{made}/assessment"


def test_before_the_answers_there_is_no_page_to_type_on(officer, desk):
    made = desk.begun()
    for page in ("edit", "edit/basics", "edit/materials"):
        assert officer.get(f"/achievements/{made}/{page}").headers["Location"] == path_of(made)
    page = officer.get(path_of(made))
    assert "textarea" not in page.text
    assert "《保守国家秘密法》第 29、31 条" in words(page)


@pytest.mark.parametrize("answers", [None, {"state_secret": "yes"}])
def test_an_item_that_is_not_cleared_refuses_text_at_every_door(officer, desk, program, answers):
    made = desk.begun() if answers is None else desk.cleared(answers)
    page = officer.submit(f"/achievements/{made}/edit/basics", {"title": TITLE, "version": "x"})
    assert page.status_code == 409
    assert "请先完成保密自查" in words(page)
    typing = officer.submit(f"/achievements/{made}/autosave/basics", {"title": TITLE, "version": "x"})
    assert (typing.status_code, typing.json["code"]) == (409, "not_cleared")
    put = program.put(f"/api/v1/achievements/{made}/draft", json=COMPLETE)
    assert (put.status_code, put.json["code"]) == (409, "not_cleared")
    upload = officer.submit(f"/achievements/{made}/files", {"file": (b"", "x.png"), "level": "public"})
    assert upload.status_code in (409, 422)
    assert TITLE not in str(desk.working(made).content)
    assert desk.working(made).content["files"] == []


def test_unanswered_questions_are_named_and_given_answers_stay(officer, desk):
    made = desk.begun()
    form = controls(officer.get(path_of(made)), path_of(made))
    answer = officer.post(
        path_of(made), data={**form, "state_secret": "no", "classified_project_document": "文 1"}
    )
    assert answer.status_code == 422
    assert words(answer).count("”回答“是”或“否”") == 2 * (len(SECRECY_QUESTIONS) - 1)
    kept = controls(answer, path_of(made))
    assert kept["state_secret"] == ["no"]
    assert kept["classified_project_document"] == ["文 1"]


@pytest.mark.parametrize("question", SECRECY_QUESTIONS, ids=lambda q: q.code)
def test_every_question_counts(desk, question):
    """An answer that blocks never leaves the item as free as a harmless one."""
    made = desk.cleared({question.code: question.blocks_on})
    row = desk.look(made)
    assert row.clearance != "self_nonclassified" or row.domestic_only


@pytest.mark.parametrize(
    ("code", "document", "clearance", "domestic"),
    [
        ("state_secret", "", "blocked", False),
        ("state_secret", "国密 1 号", "blocked", False),
        ("classified_project", "", "blocked", False),
        ("classified_project", "国防解〔2024〕7 号", "security_review", False),
        ("defence_origin", "", "security_review", False),
        ("export_prohibited", "", "self_nonclassified", True),
        ("export_restricted", "", "self_nonclassified", True),
    ],
)
def test_outcomes(desk, code, document, clearance, domestic):
    made = desk.cleared({code: "yes"}, {code: document})
    row = desk.look(made)
    assert (row.clearance, row.domestic_only) == (clearance, domestic)


def test_a_blocked_page_says_why_and_what_to_do(officer, desk):
    made = desk.cleared({"state_secret": "yes", "classified_project": "yes"})
    seen = words(officer.get(path_of(made)))
    assert "不能在本平台填写" in seen
    assert "停止填报：不得在本平台填写，离线处理" in seen
    assert "须先解密：取得解密决定后再填报" in seen
    assert "删除这份草稿" in seen
    assert controls(officer.get(path_of(made)), path_of(made))["state_secret"] == ["yes"]


def test_with_the_document_the_way_is_free(officer, desk):
    made = desk.cleared({"classified_project": "yes"})
    form = controls(officer.get(path_of(made)), path_of(made))
    answer = officer.post(path_of(made), data={**form, "classified_project_document": "国防解〔2024〕7 号"})
    assert answer.headers["Location"] == f"/achievements/{made}/edit"


def test_every_assessment_is_kept_with_who_and_when(desk, ctx_for, cast, clock):
    made = desk.cleared({"state_secret": "yes"})
    clock.advance(days=1)
    with ctx_for(SYSTEM) as ctx:
        kept = ctx.session.query(Assessment).filter_by(achievement_id=made).one()
        assert kept.answers == {**HARMLESS, "state_secret": "yes"}
        assert (kept.assessed_by, kept.result) == (cast.tto_officer.user_id, "blocked")
    assert desk.kinds(made) == ["drafted", "assessed"]


def test_a_published_item_found_secret_is_to_be_withdrawn_at_once(officer, inventor, desk, clock):
    made = desk.published()
    clock.advance(hours=1)
    answer = officer.submit(path_of(made), {**HARMLESS, "state_secret": "yes"})
    assert answer.headers["Location"] == path_of(made)
    seen = officer.get(path_of(made))
    assert "请立即下架" in words(seen)
    assert f"/achievements/{made}/withdraw" in seen.text
    assert "请立即通知本单位管理员下架" in words(inventor.get(path_of(made)))


def test_what_is_found_secret_in_review_is_not_published(officer, desk, clock):
    made = desk.submitted()
    clock.advance(hours=1)
    officer.submit(path_of(made), {**HARMLESS, "state_secret": "yes"})
    assert "撤回提交" in words(officer.get(path_of(made)))
    with pytest.raises(Conflict) as refused:
        desk.publish(made)
    assert refused.value.code == "not_cleared"
    desk.give_back(made, "secrecy_recheck")
    assert desk.look(made).state == "returned"


def test_a_review_cannot_quietly_come_to_need_more_approvals(officer, desk):
    made = desk.submitted()
    answer = officer.submit(path_of(made), {**HARMLESS, "defence_origin": "yes"})
    assert answer.status_code == 409
    assert desk.look(made).clearance == "self_nonclassified"


def test_a_doubtful_item_takes_the_security_officer_too(desk, cast):
    made = desk.cleared({"defence_origin": "yes"})
    desk.save(made, **COMPLETE)
    desk.submit(made)
    desk.publish(made)
    assert desk.look(made).state == "submitted"
    officer = replace(
        cast.second_moderator,
        actor=replace(cast.second_moderator.actor, roles=frozenset({"security_officer"})),
    )
    desk.decide(made, Decision("publish"), officer)
    assert desk.look(made).state == "published"


def test_a_restricted_technology_says_so_in_public(client, desk):
    made = desk.cleared({"export_prohibited": "yes"})
    desk.save(made, **COMPLETE)
    desk.submit(made)
    desk.publish(made)
    assert "仅限境内转化" in words(client.get(f"/achievements/{made}"))
    assert client.get(f"/api/v1/achievements/{made}").json["domestic_only"] is True


@pytest.mark.parametrize("number", ["文" * 81, "文" * 5_000])
def test_a_document_number_is_a_number_not_a_document(officer, desk, number):
    made = desk.begun()
    answer = officer.submit(path_of(made), {**HARMLESS, "classified_project_document": number})
    assert answer.status_code == 422
    assert "只填写文号，不超过 80 个字" in words(answer)
