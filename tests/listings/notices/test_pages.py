"""The pages of a notice, over HTTP: for the public, the unit, whoever objects, whoever handles, the zone."""

import io
import re
import zipfile

from listings.notices.objections.filing import CONFIRMING, key_of
from marketplace.evidence.verifier import verify_files
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.pages import controls, words
from tests.listings.notices.desk import FACTS, GENUINE, PAGE, REASONS, SAID, SUBJECT

DOCUMENT = pdf()


def browser(app, member=None):
    made = app.test_client()
    return made.sign_in(member) if member else made


def send(at, path, **typed):
    """Open the form, type, send it."""
    form = controls(at.get(path), path)
    return at.post(path, data={**form, **typed}, content_type="multipart/form-data")


def test_a_notice_is_begun_worded_checked_and_handed_in(app, cast, desk):
    officer = browser(app, cast.tto_officer)
    assert "还没有公示" in words(officer.get("/work/notices"))
    begun = send(officer, "/work/notices/new", about=f"agreement_price:{SUBJECT}")
    assert begun.status_code == 303, words(begun)
    edit = begun.headers["Location"]
    page = words(officer.get(edit))
    assert "1,200,000.00 元" in page  # what the source fixed is shown, not asked
    kept = send(officer, edit, then="check", **{**SAID, "amount": "15", "unit_place": PAGE})
    assert kept.status_code == 303, words(kept)
    check = words(officer.get(kept.headers["Location"]))
    assert "拟交易价格：" in check
    assert send(officer, kept.headers["Location"]).status_code == 303


def test_nothing_typed_is_lost_and_each_complaint_stands_beside_its_field(app, cast, desk):
    made, officer = desk.drafted(), browser(app, cast.tto_officer)
    path = f"/notices/{made}/edit"
    answer = send(officer, path, abstract="新的简介文字", amount="3", unit_place="")
    assert answer.status_code == 422
    assert "新的简介文字" in answer.text
    assert "公示期不少于 15" in words(answer)
    answer = send(
        officer, path, abstract="", contact="13800000000", amount="15", unit_place="x", then="check"
    )
    check = words(officer.get(f"/notices/{made}/check"))
    assert "填写成果简介" in check
    assert "请填写单位座机或邮箱" in check
    assert send(officer, f"/notices/{made}/check").status_code == 422


def test_two_people_do_not_overwrite_each_other(app, cast, desk):
    made, officer, other = desk.drafted(), browser(app, cast.tto_officer), browser(app, cast.unit_admin)
    path = f"/notices/{made}/edit"
    form = controls(officer.get(path), path)
    assert send(other, path, price_basis="另一人的说明").status_code == 303
    answer = officer.post(path, data={**form, "price_basis": "先打开的人的说明"})
    assert answer.status_code == 409
    assert "先打开的人的说明" in answer.text
    assert "另一人的说明" in officer.get(path).text


def test_the_public_page_shows_the_text_the_period_and_the_head_of_the_chain(app, desk, clock):
    made = desk.running()
    page = browser(app).get(f"/notices/{made}")
    shown = words(page)
    assert "2026-03-17 24:00" in shown
    assert "次日起算，共 15 天" in shown
    assert "起始日，不计入" in shown
    entry = desk.entries(made)[-1]
    assert f'content="{entry.n} {entry.commitment}"' in page.text
    article = re.search(r'<article id="notice-text".*?</article>', page.text, re.DOTALL).group()
    plain = re.sub(r"<[^>]+>", "", article)
    text = browser(app).get(f"/notices/{made}/text").text
    assert "".join(plain.split()) == "".join(text.split())


def test_a_notice_that_is_not_public_yet_is_nobody_s_business(app, cast, desk):
    made = desk.scheduled()
    assert browser(app).get(f"/notices/{made}").status_code == 404
    assert browser(app, cast.other_tto_officer).get(f"/notices/{made}").status_code == 404
    assert browser(app, cast.tto_officer).get(f"/notices/{made}").status_code == 200
    assert browser(app, cast.moderator).get(f"/notices/{made}").status_code == 200


def test_the_unit_starts_the_period_with_a_capture(app, cast, desk):
    made, officer = desk.scheduled(), browser(app, cast.tto_officer)
    path = f"/notices/{made}/start"
    answer = send(officer, path, taken_at="2026-03-02 09:20", taken_by="")
    assert answer.status_code == 422
    assert "2026-03-02 09:20" in answer.text
    assert "选择截图、打印件或照片" in words(answer)
    typed = {"taken_at": "2026-03-02 09:30", "taken_by": "陆望舒"}
    answer = send(officer, path, **typed, file=(io.BytesIO(DOCUMENT), "gs.pdf"))
    assert answer.status_code == 303, words(answer)
    assert desk.look(made).state == "running"
    page = words(browser(app).get(f"/notices/{made}"))
    assert "gs.pdf" in page
    href = re.search(rf'/notices/{made}/captures/[^"]+', browser(app).get(f"/notices/{made}").text).group()
    with browser(app).get(href) as kept:
        assert kept.data == DOCUMENT


def object_to(app, made, **typed):
    path = f"/notices/{made}/objection"
    fields = {
        "name": GENUINE.name, "email": GENUINE.email, "ground": "completers", "facts": FACTS,
        "remedy": GENUINE.remedy, "promised": "y", **typed,
    }  # fmt: skip
    return send(browser(app), path, **fields)


def test_anybody_objects_without_an_account_and_holds_a_signed_receipt(app, desk, drain):
    made = desk.running()
    answer = object_to(app, made, files=(io.BytesIO(DOCUMENT), "记录.pdf"))
    assert answer.status_code == 303, words(answer)
    follow = answer.headers["Location"]
    page = words(browser(app).get(follow))
    assert "YY2026000001" in page
    receipt = browser(app).get(f"{follow}/receipt.txt").text
    entry = desk.entries(made)[-1]
    assert str(entry.position) in receipt.split("\n")
    assert entry.commitment in receipt
    assert browser(app).get(follow[:-1] + ("A" if follow[-1] != "A" else "B")).status_code == 404


def test_who_objects_stays_between_the_handler_and_the_supervisor(app, cast, desk, drain):
    made = desk.running()
    objection = desk.admitted(made)
    drain()
    page = f"/work/objections/{objection}"
    hidden = [cast.tto_officer, cast.zone_admin]
    for member in hidden:
        assert GENUINE.name not in browser(app, member).get(page).text
    for member in (cast.unit_admin, cast.supervisor):
        assert GENUINE.name in browser(app, member).get(page).text
    desk.rule(objection)
    drain()
    for path in (
        f"/notices/{made}",
        "/notices.atom",
        "/notices.ics",
        f"/api/v1/notices/{made}",
        "/api/v1/changes",
    ):
        text = browser(app).get(path).text
        assert GENUINE.name not in text
        assert GENUINE.email not in text
        assert FACTS not in text
    packed = browser(app).get(f"/notices/{made}/bundle.zip").data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (GENUINE.name, GENUINE.email, FACTS, REASONS):
        assert secret.encode() not in everything
    assert all(GENUINE.name not in str(entry.data) for entry in desk.entries(made))


def test_the_objector_confirms_follows_and_appeals_and_the_zone_reviews(app, cast, desk, clock):
    made = desk.running()
    follow = object_to(app, made).headers["Location"]
    objection = follow.split("/")[2]
    with app.app_context():
        confirm = f"/objections/{objection}/confirm/{key_of(objection, CONFIRMING)}"
    assert send(browser(app), confirm).status_code == 303
    admin = browser(app, cast.unit_admin)
    page = f"/work/objections/{objection}"
    assert "由我承办" in words(admin.get(page))
    assert admin.submit(f"{page}/take", {"unrelated": "y"}).status_code == 303
    assert admin.submit(f"{page}/admit").status_code == 303
    bad = admin.submit(
        f"{page}/decide", {"outcome": "dismissed", "effect": "void", "reasons": "短", "summary": ""}
    )
    assert bad.status_code == 422
    assert "异议不成立的，公示继续" in words(bad)
    good = {"outcome": "dismissed", "effect": "continue", "reasons": REASONS, "summary": "名单无误"}
    assert admin.submit(f"{page}/decide", good).status_code == 303
    assert "名单无误" in words(browser(app).get(f"/notices/{made}"))
    assert REASONS in browser(app).get(follow).text
    assert send(browser(app), follow, appeal="没有回应附件中的第三条记录，请示范区复核。").status_code == 303
    assert desk.look(made).state == "suspended"
    supervisor = browser(app, cast.supervisor)
    assert "没有回应附件" in words(supervisor.get(page))
    upheld = {
        "outcome": "upheld",
        "effect": "void",
        "reasons": "名单与记录不符，应当终止。" * 2,
        "summary": "名单不实",
    }
    assert supervisor.submit(f"{page}/review", upheld).status_code == 303
    assert "公示已终止" in words(browser(app).get(f"/notices/{made}"))


def test_a_certificate_is_found_by_its_code_and_a_wrong_code_tells_nothing(app, cast, desk):
    made = desk.running()
    desk.run_out(made)
    admin = browser(app, cast.zone_admin)
    assert "出具公示完成证明" in words(admin.get(f"/notices/{made}"))
    issued = admin.submit(f"/notices/{made}/certificate")
    assert issued.status_code == 303
    page = words(browser(app).get(issued.headers["Location"]))
    assert "本证明只证明公示的过程，不对价格作出判断" in page
    assert "¥1,200,000" in page
    code = issued.headers["Location"].rpartition("/")[2]
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower()
    assert browser(app).get(f"/verify?code={typed}").status_code == 303
    wrong = browser(app).get("/verify?code=AAAA-BBBB-CCCC-DDDD")
    assert wrong.status_code == 422
    assert "没有这个验证码的证明" in words(wrong)


def test_the_bundle_of_a_finished_notice_is_verified_here_and_elsewhere(app, cast, desk, drain):
    made = desk.running()
    desk.run_out(made)
    desk.certify(made)
    drain()
    packed = browser(app).get(f"/notices/{made}/bundle.zip").data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    report = verify_files(files, files["policy.txt"].decode())
    assert report.holds, "\n".join(report.lines())
    answer = send(browser(app), "/verify", file=(io.BytesIO(packed), "x.zip"))
    assert "全部成立" in words(answer)
    answer = send(browser(app), "/verify", file=(io.BytesIO(b"no zip"), "x.zip"))
    assert "有不成立的项目" in words(answer)


def test_feeds_tell_of_notices_and_of_their_ends(app, desk):
    made = desk.running()
    assert made in browser(app).get("/notices.atom").text
    calendar = browser(app).get("/notices.ics").text
    assert "DTSTART:20260317T160000Z" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


def test_the_zone_records_an_outage_and_the_page_says_so(app, cast, desk, clock):
    made = desk.running()
    clock.advance(days=5)
    admin = browser(app, cast.zone_admin)
    answer = send(
        admin,
        "/work/outages",
        cause="outage",
        since="2026-03-04 10:00",
        until="2026-03-04 12:00",
        note="机房断电",
    )
    assert answer.status_code == 303, words(answer)
    page = words(browser(app).get(f"/notices/{made}"))
    assert "机房断电" in page
    assert "2026-03-18 24:00" in page


def test_a_page_looked_at_after_the_end_shows_the_end_without_a_worker(app, desk, clock):
    made = desk.running()
    clock.advance(days=20)
    assert "公示期满" in words(browser(app).get(f"/notices/{made}"))
    assert desk.look(made).state == "expired"


def test_the_bundle_of_a_notice_that_ran_on_while_nobody_worked_is_verified_too(app, desk, clock, drain):
    made = desk.running()
    clock.advance(days=3)
    desk.object(made, confirmed=False)
    clock.advance(days=9)  # it lapsed six days ago
    desk.tick()
    desk.run_out(made)
    clock.advance(days=8)
    desk.tick()
    desk.certify(made)
    drain()
    with zipfile.ZipFile(io.BytesIO(browser(app).get(f"/notices/{made}/bundle.zip").data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    report = verify_files(files, files["policy.txt"].decode())
    assert report.holds, "\n".join(report.lines())


def test_the_moderation_log_names_a_notice_only_once_it_is_shown(app, desk):
    made = desk.scheduled()
    title = desk.look(made).title
    assert title not in browser(app).get("/transparency/moderation").text
    desk.start(made)
    assert title in browser(app).get("/transparency/moderation").text


def test_the_days_shown_are_those_of_the_whole_period_through_stops_and_ends(app, desk, clock):
    made = desk.running()
    clock.advance(days=8)
    assert "第 8 天，共 15 天" in words(browser(app).get(f"/notices/{made}"))
    objection = desk.admitted(made)
    assert "第 7 天，共 15 天" in words(
        browser(app).get(f"/notices/{made}")
    )  # the day of the stop was not whole
    clock.advance(days=5)
    desk.rule(objection)
    clock.advance(days=1)
    assert "第 8 天，共 15 天" in words(browser(app).get(f"/notices/{made}"))
    desk.run_out(made)
    assert "第 15 天，共 15 天" in words(browser(app).get(f"/notices/{made}"))


def test_a_notice_that_is_void_does_not_look_finished(app, desk, clock):
    made = desk.running()
    clock.advance(days=3)
    desk.rule(desk.admitted(made), "upheld", "void")
    page = words(browser(app).get(f"/notices/{made}"))
    assert "公示终止2026-03-05 09:30:00" in page
    assert "第 2 天，共 15 天" in page


def test_whoever_corrects_the_form_does_not_run_into_the_limit(app, desk):
    made = desk.running()
    for _try in range(8):
        assert object_to(app, made, facts="短").status_code == 422
    assert object_to(app, made).status_code == 303


def test_an_objection_by_program_that_is_sent_twice_is_one(app, desk):
    made = desk.running()
    fields = {**GENUINE.__dict__}
    sent = [
        app.test_client().post(
            f"/api/v1/notices/{made}/objections", json=fields, headers={"Idempotency-Key": "one"}
        )
        for _twice in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json == sent[1].json
    assert desk.kinds(made).count("objected") == 1


def test_a_notice_given_up_after_its_end_keeps_its_page(app, cast, desk):
    made = desk.running()
    desk.run_out(made)
    officer = browser(app, cast.tto_officer)
    answer = officer.submit(f"/notices/{made}/withdraw", {"reason": "withdrawn", "note": "受让方退出"})
    assert answer.status_code == 303
    page = browser(app).get(f"/notices/{made}")
    assert page.status_code == 200
    assert "第 15 天，共 15 天" in words(page)


def test_a_notice_ended_while_it_was_corrected_does_not_promise_a_next_edition(app, cast, desk):
    made = desk.running()
    desk.rule(desk.admitted(made), "partly", "restart")
    assert "更正后从头公示" in words(browser(app).get(f"/notices/{made}"))
    browser(app, cast.tto_officer).submit(f"/notices/{made}/withdraw", {"reason": "withdrawn"})
    page = words(browser(app).get(f"/notices/{made}"))
    assert "公示已终止" in page
    assert "更正后从头公示" not in page
