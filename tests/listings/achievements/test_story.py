"""The way of an achievement through its pages, from the first question to the tombstone."""

from tests.listings.achievements.desk import ABSTRACT, HARMLESS, TITLE
from tests.listings.achievements.pages import controls, words

STATEMENT = {"review_document": "云保审〔2026〕12 号", "confirmed": "y"}


def test_from_the_first_question_to_the_tombstone(app, client, officer, cast, desk, clock, drain):
    made = begin(officer)
    answer_questions(officer, made)
    fill(officer, made)
    assert "各段已填写完整" in words(officer.get(f"/achievements/{made}/edit"))
    receipt = hand_in(officer, made)
    assert f"{desk.look(made).number}" in receipt
    assert desk.working(made).digest in receipt
    assert "2026-03-05（周四）24:00" in receipt  # three working days after Monday

    desk.give_back(made, "abstract_thin", "trl_evidence_missing", note="补充检测报告")
    tasks = words(officer.get(f"/achievements/{made}/edit"))
    assert "审核退回，需要修改" in tasks
    assert "简介过短，缺少指标" in tasks
    assert "补充检测报告" in tasks
    assert tasks.count("需要修改") >= 3  # heading and two sections

    save(officer, made, "basics", abstract=ABSTRACT + "连续运行十四个月。", then="tasks")
    save(officer, made, "maturity", trl_evidence="检测报告 2026-017", then="tasks")
    assert "已改动" in words(officer.get(f"/achievements/{made}/edit"))
    hand_in(officer, made)
    desk.publish(made)

    public = app.test_client()
    seen = public.get(f"/achievements/{made}")
    assert seen.status_code == 200
    assert "连续运行十四个月" in seen.text
    assert desk.public(made).digest in seen.text

    save(officer, made, "basics", title="新名称的气体传感阵列", then="tasks")
    hand_in(officer, made)
    assert TITLE in public.get(f"/achievements/{made}").text
    assert "新名称" not in public.get(f"/achievements/{made}").text
    desk.publish(made)
    assert "新名称" in public.get(f"/achievements/{made}").text

    clock.advance(days=2)
    withdrawn = officer.submit(
        f"/achievements/{made}/withdraw", {"reason": "licensed_exclusively", "note": "已独占许可给一家企业"}
    )
    assert withdrawn.status_code == 303
    stone = public.get(f"/achievements/{made}")
    assert stone.status_code == 410
    assert "已独占许可给一家企业" in stone.text
    assert "2026-03-04 09:30:00" in stone.text
    assert "连续运行十四个月" not in stone.text
    history = public.get(f"/achievements/{made}/history").text
    assert history.count("<tr>") == 1 + 3  # heading, published twice, withdrawn


def begin(browser):
    form = controls(browser.get("/achievements/new"), "/achievements/new")
    answer = browser.post("/achievements/new", data=form)
    assert answer.status_code == 303
    return answer.headers["Location"].split("/")[2]


def answer_questions(browser, made):
    path = f"/achievements/{made}/assessment"
    form = controls(browser.get(path), path)
    answer = browser.post(path, data={**form, **HARMLESS})
    assert answer.headers["Location"] == f"/achievements/{made}/edit"


def fill(browser, made):
    save(browser, made, "basics", title=TITLE, abstract=ABSTRACT, keywords="气体传感器；微热板", field="0105")
    save(browser, made, "maturity", trl="7", trl_evidence="连续运行记录", trl_assessor="self")
    save(browser, made, "transfer", modes=["licence_ordinary"], price_mode="fixed", price_fen="120")
    people = {"completers-0-name": "沈禾", "completers-0-unit": "云岫大学"}
    save(browser, made, "people", **people)


def save(browser, made, section, **typed):
    """Open the section, type, press a button: the next page."""
    path = f"/achievements/{made}/edit/{section}"
    form = controls(browser.get(path), path)
    answer = browser.post(path, data={**form, "then": "next", **typed})
    assert answer.status_code == 303, words(answer)
    return answer.headers["Location"]


def hand_in(browser, made):
    path = f"/achievements/{made}/check"
    form = controls(browser.get(path), path)
    answer = browser.post(path, data={**form, **STATEMENT})
    assert answer.headers["Location"] == f"/achievements/{made}/receipt", words(answer)
    return words(browser.get(answer.headers["Location"]))
