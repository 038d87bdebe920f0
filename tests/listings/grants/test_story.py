"""A grant of rights from the achievement's page to the new owners on it, through the pages that people use."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask

from listings.documents import digest_of
from listings.grants.content import EXCLUSIONS
from listings.grants.drafting import document_of
from marketplace.core.db import db
from marketplace.core.runtime import runtime
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.queries import bundle_of
from marketplace.evidence.trust import site_policy
from marketplace.evidence.verifier import verify_files
from tests.cast import Cast
from tests.client import Client
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.desk import RICH
from tests.listings.achievements.pages import controls, words
from tests.listings.grants.desk import PATENT, WORDING, GrantDesk
from tests.listings.notices.desk import PAGE
from tests.listings.plans.office import COUNTS, PRESIDENT

FILLED = {
    "option": "ownership",
    "share_bp": "70",
    "income_bp": "75 %",
    "prospect": "化工园区厂界监测，三家园区已询价。",
    "recipient": "完成人团队与受让企业共同实施。",
    "team_terms": "处置由代表提出，过半数比例同意；收益按比例分配。",
    "representative": "沈禾",
    "leaders": "no",
    "no_double_reward": "y",
    "team-0-email": "inventor@university.example",
    "team-0-share_bp": "60",
    "team-1-name": "邵行简",
    "team-1-unit": "北渚研究院",
    "team-1-share_bp": "40",
    **{f"exclusions-{code}-clear": "y" for code in EXCLUSIONS},
}


@pytest.fixture
def people(app: Flask, cast: Cast):
    """Everybody at a browser of their own; `public` has no account."""

    def person(name: str) -> Client:
        made = app.test_client()
        assert isinstance(made, Client)
        return made if name == "public" else made.sign_in(cast.members[name])

    return person


def send(browser, path, action="", **typed):
    """Open the form, type, send it; where it leads."""
    action = action or path
    answer = browser.post(
        action, data={**controls(browser.get(path), action), **typed}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, words(answer)
    return answer.headers["Location"]


def paper(name="扫描件.pdf"):
    return io.BytesIO(pdf()), name


def test_a_grant_goes_from_the_achievement_to_its_new_owners(app, people, desk: GrantDesk, clock, drain):
    achievement = desk.desk.published(**RICH)
    desk.office.rules()
    grant = write_and_sign(people, desk, achievement)
    here = f"/work/grants/{grant}"

    send(
        people("tto_officer"), f"{here}/review", checked_on="2026-03-01", title="有效", document="云大保审 11"
    )
    record = {
        **{name: str(value) for name, value in COUNTS.items()},
        "body": PRESIDENT,
        "held_on": "2026-02-27",
        "agenda_item": "赋予所有权份额",
        "result": "approved",
        "resolution": "云大校办〔2026〕9 号",
    }
    decision = f"{here}/decision"
    admin = people("unit_admin")
    typed = {**controls(admin.get(decision), decision), **record}
    refused = admin.post(decision, data={**typed, "votes_for": "9", "minutes": paper()})
    assert refused.status_code == 422
    kept = controls(refused, decision)
    decided = admin.post(decision, data={**kept, "votes_for": "5"})
    assert decided.status_code == 303, words(decided)
    assert desk.look(grant).digest == digest_of(document_of(desk.look(grant)))

    early = people("tto_officer").get(f"{here}/agreement")
    assert early.status_code == 409
    assert "赋权公示还没有完成" in words(early)
    notice = noticed(people, desk, grant, clock)

    send(
        people("tto_officer"),
        f"{here}/agreement",
        number="云大赋权 2026-01",
        signed_on=clock.now().date().isoformat(),
        decision_mechanism="单位集体决策",
        cost_sharing="从收入中扣除",
        ip_fees="单位承担",
        deal_mandate="joint",
        paper=paper("协议.pdf"),
    )
    today = clock.now().date().isoformat()
    typed = {"filings-0-day": today, "filings-0-document": "回执 0001"}
    send(people("tto_officer"), f"{here}/title-change", **typed)
    before = words(people("public").get(f"/achievements/{achievement}"))
    assert "赋权后的权属" not in before
    bare = people("tto_officer").get(f"{here}/effect")
    assert PATENT in bare.text
    typed = {"registrations-0-day": today, "registrations-0-document": "通知书 0001"}
    send(people("tto_officer"), f"{here}/effect", **typed)

    page = words(people("public").get(f"/achievements/{achievement}"))
    assert "单位 30%，完成人共同 70%" in page
    assert "由单位和完成人代表共同签订" in page
    assert desk.notices(grant).look(notice).number in page
    assert people("public").get(here).status_code == 303, (
        "the grant itself is between the unit and its people"
    )
    supervisor = words(people("supervisor").get(here))
    assert "云大赋权 2026-01" in supervisor
    drain()
    with app.app_context():
        running = runtime()
        key = load_log_key(running.settings.data, running.settings.log_origin)
        policy = site_policy(running.settings.data, key)
        report = verify_files(bundle_of(db.session(), notice, running.files, policy), policy)
    failed = {claim.name for claim in report.claims if not claim.holds}
    assert failed <= {"可见·市场", "可见·单位"}, report.lines()  # nobody watched it


def write_and_sign(people, desk, achievement):
    """Written, asked for, signed in person and on paper, submitted; the grant's id."""
    inventor = people("inventor")
    new = f"/work/grants/new?achievement={achievement}"
    sent = controls(inventor.get(new), "/work/grants/new")
    made = inventor.post("/work/grants/new", data=sent)
    again = inventor.post("/work/grants/new", data=sent)
    assert again.headers["Location"] == made.headers["Location"], "a double click makes one grant"
    edit = made.headers["Location"]
    grant = edit.split("/")[3]
    here = f"/work/grants/{grant}"

    typed = controls(inventor.get(edit), edit)
    assert typed["rights-0-number"] == [PATENT], "the rights come from the public text"
    assert typed["team-0-name"] == ["沈禾"]
    low = inventor.post(edit, data={**typed, **FILLED, "share_bp": "65", "then": "check"})
    assert low.headers["Location"] == f"{here}/check"
    assert "低于本单位制度或示范区规定的 70%" in words(inventor.get(f"{here}/check"))
    typed = controls(inventor.get(edit), edit)
    bad = inventor.post(edit, data={**typed, **FILLED, "share_bp": "七成"})
    assert bad.status_code == 422
    assert controls(bad, edit)["share_bp"] == ["七成"], "what was typed stays"
    saved = inventor.post(edit, data={**typed, **FILLED, "then": "check"})
    assert saved.headers["Location"] == f"{here}/check", words(saved)

    send(inventor, f"{here}/check")
    signing = f"{here}/sign"
    missing = inventor.post(signing, data=controls(inventor.get(signing), signing))
    assert missing.status_code == 422
    send(inventor, signing, agreed="y")
    outsider = re.search(rf"{here}/completers/([^/]+)/paper", inventor.get(here).text)
    assert outsider is not None
    send(inventor, outsider[0], document="签 2026-04", file=paper())
    assert "团队已签署" in words(inventor.get(here))
    send(inventor, here, f"{here}/submit")
    return grant


def noticed(people, desk, grant, clock):
    """Worded, verified, shown, run out and certified; the notice's id."""
    officer = people("tto_officer")
    begun = officer.get(f"/work/notices/new?about=grant:{grant}")
    assert controls(begun, "/work/notices/new")["about"] == [f"grant:{grant}"], "it is chosen already"
    edit = send(
        officer, f"/work/notices/new?about=grant:{grant}", "/work/notices/new", about=f"grant:{grant}"
    )
    notice = edit.split("/")[2]
    send(officer, edit, **WORDING, amount="15", unit_place=PAGE)
    text = words(officer.get(f"/notices/{notice}/check"))
    assert "完成人共同享有 70% 的所有权份额，单位保留 30%；完成人取得转化净收入的 75%" in text
    assert "全体 2 名完成人已签署内部约定；完成人代表：沈禾" in text
    notices = desk.notices(grant)
    notices.hand_in(notice)
    notices.verify(notice)
    clock.advance(days=1)
    notices.start(notice)
    clock.advance(hours=1)
    assert "赋权公示" in words(people("public").get(f"/notices/{notice}"))
    notices.run_out(notice)
    notices.certify(notice)
    clock.advance(hours=1)
    assert timedelta(days=15) <= clock.now() - notices.look(notice).started_at
    return notice
