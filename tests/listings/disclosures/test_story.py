"""The way of a disclosure through its pages, from the first question to the decision and what follows it."""

import io

from marketplace.core.ticker import tick
from tests.listings.achievements.pages import controls, words
from tests.listings.disclosures.desk import HARMLESS, SECRET, TITLE, signed_paper


def test_from_the_secrecy_questions_to_the_decision(app, cast, browser_of, desk, clock, drain):
    inventor, officer = browser_of(cast.inventor), browser_of(cast.tto_officer)
    secrecy, admin = browser_of(cast.secrecy_officer), browser_of(cast.unit_admin)
    made = begin(inventor)

    # Nothing but the questions before they are answered.
    for name in ("edit", "edit/identity"):
        assert inventor.get(f"/disclosures/{made}/{name}").status_code == 303
    assert save(inventor, made, "identity", force=True, title=TITLE).status_code == 409
    blocked = inventor.submit(f"/disclosures/{made}/assessment", {**HARMLESS, "state_secret": "yes"})
    assert blocked.headers["Location"].endswith("/assessment")
    assert "不能在本平台填写" in words(inventor.get(f"/disclosures/{made}/assessment"))
    assert save(inventor, made, "identity", force=True, title=TITLE).status_code == 409
    clock.advance(minutes=5)
    cleared = inventor.submit(f"/disclosures/{made}/assessment", HARMLESS)
    assert cleared.headers["Location"].endswith("/edit")

    fill(inventor, made)
    assert "还有内容需要补充" in words(inventor.get(f"/disclosures/{made}/edit"))
    described = inventor.submit(
        f"/disclosures/{made}/confidential/text", {"text": SECRET, "version": desk.look(made).version}
    )
    assert described.status_code == 303
    tasks = words(inventor.get(f"/disclosures/{made}/edit"))
    assert "可以请完成人确认" in tasks
    assert inventor.submit(f"/disclosures/{made}/ask").status_code == 303

    # Everybody confirms: two with accounts, one on paper.
    assert "全部完成人确认后才能提交" in words(inventor.get(f"/disclosures/{made}/check"))
    early = inventor.submit(f"/disclosures/{made}/check", statements(desk, made))
    assert early.status_code == 409
    for member in (cast.inventor, cast.unit_admin):
        confirm(browser_of(member), made)
    outsider = next(row for row in desk.look(made).completers if row.user_id is None)
    paper = f"/disclosures/{made}/completers/{outsider.id}/paper"
    assert inventor.get(paper).status_code == 200
    assert inventor.submit(paper, {"document": ""}).status_code == 422
    signed = {"document": "签 2026-04", "file": (io.BytesIO(signed_paper()), "签字页.pdf")}
    assert inventor.submit(paper, signed).status_code == 303
    assert "全部完成人已确认" in words(inventor.get(f"/disclosures/{made}/edit"))

    receipt = inventor.submit(f"/disclosures/{made}/check", statements(desk, made), follow_redirects=True)
    assert receipt.status_code == 200
    assert desk.look(made).digest in receipt.text
    assert "2026-04-01（周三）24:00" in words(receipt)  # thirty days after Monday 2 March

    # The unit asks for more; every confirmation must be given again.
    review(officer, made, step="submitted")
    refused = review(officer, made, step="formal_check", outcome="return", status=422)
    assert "写明理由" in words(refused)
    review(officer, made, step="formal_check", outcome="return", reason="补充项目合同条款")
    assert "补充项目合同条款" in words(inventor.get(f"/disclosures/{made}/edit"))
    save(inventor, made, "origin", obligations="与北渚研究院的合作协议约定共同署名")
    assert desk.look(made).asked_at is None
    inventor.submit(f"/disclosures/{made}/ask")
    for member in (cast.inventor, cast.unit_admin):
        confirm(browser_of(member), made)
    assert (
        inventor.submit(paper, {**signed, "file": (io.BytesIO(signed_paper()), "签字页二.pdf")}).status_code
        == 303
    )
    clock.advance(days=1)
    assert inventor.submit(f"/disclosures/{made}/check", statements(desk, made)).status_code == 303

    # Late: the clock passes, the state stays, the head of the unit hears of it.
    review(officer, made, step="submitted")
    review(officer, made, step="formal_check", outcome="accept")
    clock.advance(days=40)
    with app.app_context():
        assert tick() == 1
        assert tick() == 0
    late = desk.look(made)
    assert (late.state, late.overdue_at is not None) == ("ownership_review", True)
    assert desk.kinds(made)[-1] == "reply_overdue"
    assert "督促答复超期的披露" in words(admin.get("/work"))
    drain()
    assert "超过答复期限" in words(admin.get("/account/messages"))

    review(officer, made, step="ownership_review", outcome="co_owned", reason="与北渚研究院共有")
    assert officer.get(f"/disclosures/{made}/review").status_code == 403  # the secrecy officer's step
    review(secrecy, made, step="secrecy_gate", outcome="clear", document="云保审〔2026〕31 号")
    given = {"outcome": "file_patent", "patentability": "有新颖性", "market": "海岛供水"}
    review(officer, made, step="evaluation", **given)

    # The administrator is a completer and must stand back.
    refused = admin.get(f"/disclosures/{made}/review")
    assert refused.status_code == 403
    assert "须回避" in words(refused)
    assert "须回避" in words(admin.get(f"/disclosures/{made}"))


def test_deferred_decided_and_offered(app, cast, browser_of, desk, clock, drain):
    made = desk.at("classified_decision")
    admin, officer = browser_of(cast.unit_admin), browser_of(cast.tto_officer)
    undated = review(admin, made, step="classified_decision", outcome="defer", reason="等待中试", status=422)
    assert "须确定复核日期" in words(undated)
    review(
        admin, made, step="classified_decision", outcome="defer", reason="等待中试", review_on="2026-06-01"
    )
    deferred = desk.look(made)
    assert (deferred.state, deferred.outcome, deferred.next_deadline) == (
        "classified_decision",
        "defer",
        None,
    )
    assert "办理披露" not in words(admin.get("/work"))
    assert admin.get(f"/disclosures/{made}/review").status_code == 409
    clock.advance(days=91)  # 1 June
    assert "办理披露：分类处置" in words(admin.get("/work"))
    review(admin, made, step="classified_decision", outcome="transform_now", reason="中试完成")
    assert desk.look(made).state == "closed"
    drain()
    inventor = browser_of(cast.inventor)
    assert "已作出分类处置决定" in words(inventor.get("/account/messages"))

    first = officer.submit(f"/disclosures/{made}/achievement")
    again = officer.submit(f"/disclosures/{made}/achievement")
    assert first.headers["Location"] == again.headers["Location"]
    assert TITLE in words(officer.get(first.headers["Location"]))
    assert SECRET not in officer.get(first.headers["Location"]).text


def test_a_step_pressed_twice_is_taken_once(cast, browser_of, desk):
    made = desk.submitted()
    officer = browser_of(cast.tto_officer)
    for _press in range(2):
        data = {"step": "submitted", "request_key": "one press"}
        assert officer.submit(f"/disclosures/{made}/review", data).status_code == 303
    assert desk.look(made).state == "formal_check"
    assert desk.kinds(made).count("taken_up") == 1


def begin(browser):
    assert browser.get("/disclosures/new").status_code == 200
    answer = browser.submit("/disclosures/new")
    assert answer.status_code == 303
    return answer.headers["Location"].split("/")[2]


def save(browser, made, name, *, force=False, **fields):
    path = f"/disclosures/{made}/edit/{name}"
    if force:
        return browser.submit(path, fields)
    answer = browser.post(path, data={**controls(browser.get(path), path), "then": "next", **fields})
    assert answer.status_code == 303, words(answer)
    return answer


def fill(browser, made):
    abstract = "一种用于海水淡化的正渗透膜，水通量高。"
    save(
        browser, made, "identity", title=TITLE, abstract=abstract, keywords="正渗透；膜", fields="05", trl="4"
    )
    people = [
        ("沈禾", "inventor@university.example", "云岫大学", "staff", "50%"),
        ("江临", "unit.admin@university.example", "云岫大学", "staff", "３３.33"),
        ("邵行简", "", "北渚研究院", "outsider", "16.67"),
    ]
    rows = {}
    for number, (name, email, unit, status, share) in enumerate(people):
        part = {
            "name": name,
            "email": email,
            "unit": unit,
            "status": status,
            "share_bp": share,
            "contribution": "膜结构",
        }
        rows |= {f"completers-{number}-{key}": value for key, value in part.items()}
    save(browser, made, "people", **rows)
    save(
        browser,
        made,
        "origin",
        ground="task",
        **{"co_owners-0-name": "北渚研究院", "co_owners-0-agreement": "共有"},
    )
    save(browser, made, "dates", conceived_on="2025.3.1", completed_on="2026年1月20日")
    save(browser, made, "rights", ip_state="none")
    save(browser, made, "wishes", wish="file")


def statements(desk, made):
    return {"truthful": "y", "complete": "y", "version": desk.look(made).version}


def confirm(browser, made):
    path = f"/disclosures/{made}/confirm"
    page = browser.get(path)
    assert "16.67%" in words(page)
    assert browser.post(path, data={**controls(page, path)}).status_code == 422  # without the statements
    answer = browser.post(path, data={**controls(page, path), "contributed": "y", "agreed": "y"})
    assert answer.status_code == 303, words(answer)


def review(browser, made, status=303, **fields):
    path = f"/disclosures/{made}/review"
    assert browser.get(path).status_code == 200
    answer = browser.submit(path, fields)
    assert answer.status_code == status, words(answer)
    return answer
