"""What goes wrong around a notice: the platform says what is true, or refuses."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest

from listings.notices.certificates import NotYet
from listings.notices.models import Edition
from listings.notices.sources import DecisionFacts
from listings.notices.watching import take_observation
from marketplace.core.calendar import PublishedYear, SpecialDay, load_calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import Invalid
from marketplace.core.runtime import EXTENSION, runtime
from marketplace.evidence.verifier import verify_files
from tests.listings.achievements.pages import words

#: Of a calendar that is complete, so that it is taken.
REST_OF_2027 = (
    *((2, day, "春节") for day in range(5, 9)),
    *((4, 5, "清明节"), (5, 1, "劳动节"), (5, 2, "劳动节"), (6, 9, "端午节"), (9, 15, "中秋节")),
    *((10, day, "国庆节") for day in range(1, 4)),
)


def bundle(app, made):
    with zipfile.ZipFile(io.BytesIO(app.test_client().get(f"/notices/{made}/bundle.zip").data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def calendar_with(folder, days_off):
    """The shipped calendar with a year 2027 that was published meanwhile."""
    new_year = [(1, day, "元旦") for day in days_off]
    days = tuple(
        SpecialDay(date(2027, month, day), True, name) for month, day, name in (*new_year, *REST_OF_2027)
    )
    year = PublishedYear(2027, days, ("https://www.example.cn/2027",), "国办发明电〔2026〕99号")
    (folder / "2027.json").write_text(json.dumps(year.as_data(), ensure_ascii=False), encoding="utf-8")
    return load_calendar(folder)


def failed(files):
    report = verify_files(files, files["policy.txt"].decode())
    return [claim.name for claim in report.claims if not claim.holds]


def test_a_text_exchanged_in_the_database_is_said_to_be_another_one(app, desk, ctx_for):
    made = desk.running()
    other = b"\xe6\x88\x90\xe6\x9e\x9c\n"
    with desk.as_system() as ctx:
        digest = runtime().files.put(other).digest
        ctx.session.query(Edition).filter(Edition.notice_id == made).update({"text": digest})
    assert "不一致，以日志和存证包为准" in words(app.test_client().get(f"/notices/{made}"))


def test_a_file_exchanged_under_its_digest_is_not_shown(app, desk):
    made = desk.running()
    with app.app_context():
        path = runtime().files.path(desk.look(made).edition.text)
    path.chmod(0o640)
    path.write_bytes("成果名称：另一项\n".encode())
    answer = app.test_client().get(f"/notices/{made}")
    assert answer.status_code == 409
    assert "另一项" not in answer.text


def test_holidays_that_are_published_late_move_the_end_and_never_forward(app, desk, papers, clock, tmp_path):
    """Over the New Year the end is provisional; the calendar that comes later moves it back."""
    clock.move_to(datetime(2026, 12, 18, 10, tzinfo=SHANGHAI))
    papers.change(decision=DecisionFacts("dec_1", "12", date(2026, 12, 10), "校长办公会", "a" * 64))
    made = desk.running()
    promised = desk.look(made).next_deadline
    assert promised == datetime(2027, 1, 5, tzinfo=SHANGHAI)  # 2 January is a Saturday
    app.extensions[EXTENSION].calendar = calendar_with(tmp_path, range(1, 6))
    clock.move_to(promised + timedelta(hours=1))
    desk.tick()
    notice = desk.look(made)
    assert notice.state == "running"
    assert notice.next_deadline == datetime(2027, 1, 7, tzinfo=SHANGHAI)


def test_without_a_published_calendar_there_is_no_certificate(desk, papers, clock):
    clock.move_to(datetime(2026, 12, 18, 10, tzinfo=SHANGHAI))
    papers.change(decision=DecisionFacts("dec_1", "12", date(2026, 12, 10), "校长办公会", "a" * 64))
    made = desk.running()
    desk.run_out(made)
    with pytest.raises(NotYet) as caught:
        desk.certify(made)
    assert [condition.code for condition in caught.value.missing] == ["calendar"]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_was_moved_by_an_hour_cuts_nobody_s_time(desk, clock, hours):
    made = desk.running()
    clock.advance(hours=hours)
    objection = desk.admitted(made)
    clock.advance(days=2)
    desk.rule(objection)
    notice = desk.look(made)
    assert notice.state == "running"
    assert notice.next_deadline >= datetime(2026, 3, 18, tzinfo=SHANGHAI)


def test_a_clock_set_back_over_midnight_still_takes_objections(desk, clock):
    made = desk.running()
    clock.advance(hours=-12)
    desk.rule(desk.admitted(made))
    assert desk.look(made).next_deadline >= datetime(2026, 3, 18, tzinfo=SHANGHAI)


def test_what_a_watcher_saw_stands_in_the_chain_and_a_lie_of_the_page_fails_the_bundle(
    app, desk, clock, drain
):
    made = desk.running()
    desk.watcher()
    clock.advance(days=1)
    client = app.test_client()
    address = f"/api/v1/notices/{made}/observations"
    true, lie = desk.sight(made), desk.sight(made, text="成果名称：另一项")
    assert client.post(address, data=true, content_type="text/plain").status_code == 201
    assert client.post(address, data=true, content_type="text/plain").status_code == 201
    assert desk.kinds(made).count("watched") == 1
    desk.run_out(made)
    desk.certify(made)
    drain()
    assert failed(bundle(app, made)) == [
        "可见·市场",
        "可见·单位",
    ]  # seen on one day only, and the unit's page never
    with desk.as_public() as ctx:
        take_observation(ctx, made, lie)
    drain()
    report = verify_files(files := bundle(app, made), files["policy.txt"].decode())
    page = words(app.test_client().get(f"/notices/{made}"))
    assert "watch.audit.example 看过 2 次，其中 1 次内容不一致或没有看到" in page
    [market] = [claim for claim in report.claims if claim.name == "可见·市场"]
    assert not market.holds


def test_a_note_that_nobody_known_has_signed_is_refused(desk):
    made = desk.running()
    note = desk.sight(made)
    with desk.as_public() as ctx, pytest.raises(Invalid):
        take_observation(ctx, made, note.replace("market", "unit"))
