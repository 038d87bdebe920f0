"""The whole way of an agreed price, over HTTP: disclosure, decision, notice on two channels over a holiday, an objection
that is dismissed, the certificate; and an outsider who verifies it with nothing but Python and the site's policy.
"""

import io
import re
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest

from listings.notices.objections.filing import CONFIRMING, key_of
from marketplace.core.clock import SHANGHAI
from marketplace.core.ticker import tick
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.pages import controls, words
from tests.listings.achievements.test_story import hand_in
from tests.listings.achievements.test_story import save as save_section
from tests.listings.disclosures.desk import HARMLESS, SECRET, TITLE
from tests.listings.disclosures.test_story import begin, review, save
from tests.listings.notices.desk import FACTS, REASONS
from tests.listings.plans.test_story import COUNTS, FILLED
from tests.listings.unit_rules.test_story import EDIT, PUBLISH, TYPED

ABSTRACT = (
    "一种用于海水淡化的正渗透膜，支撑层孔道直通，水通量每平方米每小时四十二升，耐氯两千小时，"
    "可在现有组件中直接替换使用，已在海岛供水站连续运行十四个月。"
)
UNIT_PAGE = "https://www.yunxiu.example/notices"
OBJECTOR = {"name": "何其正", "email": "he.qizheng@example.cn"}


def at(month, day, hour=10, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def people(app, cast):
    """Everybody at a browser of their own; `public` has no account."""

    def person(name):
        made = app.test_client()
        return made if name == "public" else made.sign_in(cast.members[name])

    return person


def send_to(browser, page, action, **typed):
    """The same for a page with several forms."""
    answer = browser.post(action, data={**controls(browser.get(page), action), **typed})
    assert answer.status_code == 303, words(answer)


def send(browser, path, **typed):
    """Open the form, type, send it."""
    answer = browser.post(
        path, data={**controls(browser.get(path), path), **typed}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, words(answer)
    return answer.headers["Location"]


def test_an_invention_is_disclosed_decided_noticed_objected_to_and_certified(
    app, people, clock, drain, tmp_path
):
    made = disclose(people)
    classify(people, made)
    achievement = publish(people, made)
    put_rules_in_force(people)
    plan = plan_and_decide(people, achievement, clock)
    notice = word_and_verify(people, plan)

    clock.move_to(at(4, 17))
    captured = {"taken_at": "2026-04-17 09:50", "taken_by": "陆望舒", "file": document()}
    send(people("tto_officer"), f"/notices/{notice}/start", **captured)
    page = words(people("public").get(f"/notices/{notice}"))
    assert "2026-05-06 24:00" in page  # fifteen days end on 2 May, and 1 to 5 May are days off
    assert "期满日逢休息日，顺延" in page

    clock.move_to(at(4, 22))
    follow = objected(app, people, notice)
    assert "期限已中止" in words(people("public").get(f"/notices/{notice}"))
    clock.move_to(at(4, 27))
    dismissed(people, follow.split("/")[2])
    page = words(people("public").get(f"/notices/{notice}"))
    assert "2026-05-08 24:00" in page  # four whole days were used; eleven remain after the 27th
    assert REASONS in people("public").get(follow).text

    look(people, notice, clock, at(5, 7))  # whatever day was drawn by lot, it has come
    clock.move_to(at(5, 9, 9))
    with app.app_context():
        tick()
    look(people, notice, clock, at(5, 9, 9, 30))
    assert "公示期满" in words(people("public").get(f"/notices/{notice}"))
    code = certify(people, notice)
    certificate = words(people("public").get(f"/v/{code}"))
    assert "异议不成立" in certificate
    assert "不对价格作出判断" in certificate

    drain()
    verified(people, notice, follow, tmp_path)


def document():
    return io.BytesIO(pdf()), "公示网页.pdf"


def disclose(people):
    inventor = people("inventor")
    made = begin(inventor)
    inventor.submit(f"/disclosures/{made}/assessment", HARMLESS)
    save(
        inventor,
        made,
        "identity",
        title=TITLE,
        abstract=ABSTRACT,
        keywords="正渗透；膜",
        fields="05",
        trl="7",
    )
    completer = {
        "name": "沈禾", "email": "inventor@university.example", "unit": "云岫大学", "status": "staff",
        "share_bp": "100%", "contribution": "提出膜结构并完成制备",
    }  # fmt: skip
    save(inventor, made, "people", **{f"completers-0-{name}": value for name, value in completer.items()})
    save(inventor, made, "origin", ground="task")
    save(inventor, made, "dates", conceived_on="2025-03-01", completed_on="2026-01-20")
    save(inventor, made, "rights", ip_state="none")
    save(inventor, made, "wishes", wish="file")
    described = f"/disclosures/{made}/confidential"
    send_to(inventor, described, f"{described}/text", text=SECRET)
    assert inventor.submit(f"/disclosures/{made}/ask").status_code == 303
    send(inventor, f"/disclosures/{made}/confirm", contributed="y", agreed="y")
    send(inventor, f"/disclosures/{made}/check", truthful="y", complete="y")
    return made


def classify(people, made):
    officer, admin = people("tto_officer"), people("unit_admin")
    review(officer, made, step="submitted")
    review(officer, made, step="formal_check", outcome="accept")
    review(officer, made, step="ownership_review", outcome="service_task", reason="任务书列明")
    review(
        people("secrecy_officer"), made, step="secrecy_gate", outcome="clear", document="云保审〔2026〕31 号"
    )
    evaluation = {"outcome": "transform_now", "patentability": "有新颖性", "market": "海岛供水"}
    review(officer, made, step="evaluation", **evaluation)
    review(admin, made, step="classified_decision", outcome="transform_now", reason="已有受让意向")


def publish(people, made):
    officer = people("tto_officer")
    made = officer.submit(f"/disclosures/{made}/achievement").headers["Location"].split("/")[2]
    save_section(officer, made, "basics", abstract=ABSTRACT, keywords="正渗透；膜", field="05")
    save_section(officer, made, "maturity", trl="7", trl_evidence="连续运行记录", trl_assessor="self")
    save_section(officer, made, "transfer", modes=["licence_ordinary"], price_mode="negotiable", price_fen="")
    hand_in(officer, made)
    decide(people, made)
    assert people("public").get(f"/achievements/{made}").status_code == 200
    return made


def decide(people, subject):
    """The moderator opens what waits, and lets it pass."""
    moderator = people("moderator")
    cases = re.findall(r'href="(/moderation/cas_[0-9a-z]+)"', moderator.get("/moderation").text)
    assert cases, subject
    send(moderator, cases[0], outcome="publish")


def put_rules_in_force(people):
    admin = people("unit_admin")
    send(admin, EDIT, **{**TYPED, "then": "check"})
    send(admin, PUBLISH)


def plan_and_decide(people, achievement, clock):
    officer, admin = people("tto_officer"), people("unit_admin")
    new = f"/work/plans/new?achievement={achievement}"
    edit = officer.post("/work/plans/new", data=controls(officer.get(new), "/work/plans/new")).headers[
        "Location"
    ]
    plan = edit.split("/")[3]
    send(officer, edit, **{**FILLED, "rights-0-kind": "trade_secret", "rights-0-holder": "云岫大学", "mode": "licence_ordinary", "payment_terms": "验收付清", "risks": "高盐度下通量下降", "then": "check"})  # fmt: skip
    send(officer, f"/work/plans/{plan}/check")
    clock.move_to(at(4, 15))
    record = {name: str(value) for name, value in COUNTS.items()}
    send(
        admin,
        f"/work/plans/{plan}/decision",
        **record,
        body="技术转移办公室",
        held_on="2026-04-15",
        agenda_item="普通许可",
        result="approved",
        resolution="云大技转会〔2026〕7 号",
        minutes=(io.BytesIO(pdf()), "纪要.pdf"),
    )
    return plan


def word_and_verify(people, plan):
    officer = people("tto_officer")
    edit = send(officer, "/work/notices/new", about=f"agreement_price:{plan}")
    notice = edit.split("/")[2]
    assert "¥1,200,000（壹佰贰拾万元整）" in words(officer.get(edit))
    check = send(officer, edit, contact="技术转移中心 0571-00000000", then="check")
    send(officer, check)
    decide(people, notice)
    start = f"/notices/{notice}/start"
    early = {"taken_at": "2026-04-15 10:00", "taken_by": "陆望舒", "file": document()}
    answer = officer.post(
        start, data={**controls(officer.get(start), start), **early}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "最早次日开始公示" in words(answer)  # on the day of the decision itself it cannot start
    return notice


def objected(app, people, notice):
    path = f"/notices/{notice}/objection"
    follow = send(
        people("public"), path, **OBJECTOR, ground="completers", facts=FACTS, remedy="更正名单", promised="y"
    )
    objection = follow.split("/")[2]
    with app.app_context():
        key = key_of(objection, CONFIRMING)
    send(people("public"), f"/objections/{objection}/confirm/{key}")
    return follow


def dismissed(people, objection):
    """Handled by the one of the unit who had no part in it; who has one is told to recuse themselves."""
    page = f"/work/objections/{objection}"
    assert "应当回避" in words(people("tto_officer").get(page))
    second = people("unit_admin")
    assert "应当回避" not in words(second.get(page))
    assert second.submit(f"{page}/take", {"unrelated": "y"}).status_code == 303
    assert second.submit(f"{page}/admit").status_code == 303
    ruling = {"outcome": "dismissed", "effect": "continue", "reasons": REASONS, "summary": "名单无误"}
    assert second.submit(f"{page}/decide", ruling).status_code == 303


def look(people, notice, clock, moment):
    clock.move_to(moment)
    seen = {"taken_at": f"{moment:%Y-%m-%d %H:%M}", "taken_by": "陆望舒", "seen": "same", "file": document()}
    send(people("tto_officer"), f"/notices/{notice}/capture", **seen)


def certify(people, notice):
    admin = people("zone_admin")
    assert "未满足" not in words(admin.get(f"/notices/{notice}"))
    issued = admin.submit(f"/notices/{notice}/certificate")
    assert issued.status_code == 303, words(issued)
    return issued.headers["Location"].rpartition("/")[2]


def verified(people, notice, follow, folder):
    """By an outsider: the bundle, the receipt and the policy, on a Python without anything."""
    public = people("public")
    packed = public.get(f"/notices/{notice}/bundle.zip").data
    (folder / "gs.zip").write_bytes(packed)
    (folder / "policy.txt").write_text(public.get("/transparency/policy.txt").text, encoding="utf-8")
    (folder / "receipt.txt").write_text(public.get(f"{follow}/receipt.txt").text, encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (folder / "zsverify.py").write_bytes(archive.read("zsverify.py"))
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (*OBJECTOR.values(), FACTS, REASONS):
        assert secret.encode() not in everything
    command = [
        sys.executable,
        "-I",
        "-S",
        "zsverify.py",
        "gs.zip",
        "--policy",
        "policy.txt",
        "--receipt",
        "receipt.txt",
    ]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    for claim in ("清单", "检查点", "事件链", "首尾", "未改未撤", "内容", "期限", "可见", "异议", "勤勉"):
        assert re.search(rf"^PASS {claim}", said.stdout, re.MULTILINE), said.stdout
