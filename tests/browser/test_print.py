"""On paper a page is its content: no menus, no buttons, on A4."""

import pytest

from tests.browser.pdf_text import pages_of, plain
from tests.listings.achievements.desk import RICH
from tests.listings.notices.desk import FACTS, SAID, NoticeDesk, announce, papers_of

#: Words that stand on the screen, around and beside the content.
SCREEN_ONLY = ("跳到主要内容", "注册", "English", "外观", "规则与期限", "开放接口", "打印", "深色")


@pytest.fixture
def printed(desk, page, visit) -> list[str]:
    """The sheets of an achievement's page."""
    made = desk.complete(**RICH)
    desk.submit(made)
    desk.publish(made)
    visit(f"/achievements/{made}")
    assert all(page.get_by_text(word).count() for word in SCREEN_ONLY)
    return pages_of(page.pdf(prefer_css_page_size=True))


def test_paper_has_the_content_and_nothing_to_press(printed):
    text = "".join(printed)
    for words in (RICH["title"], RICH["abstract"], RICH["payment_terms"], "ZL202010123456.2", "内容摘要"):
        assert plain(words) in text
    assert [word for word in SCREEN_ONLY if word in text] == []


def test_it_takes_few_sheets_and_none_is_empty(printed):
    assert 1 <= len(printed) <= 4
    assert all(len(sheet) > 20 for sheet in printed)


@pytest.fixture
def notices(app, cast, clock, ctx_for) -> NoticeDesk:
    papers = papers_of(cast)
    announce(app, papers)
    return NoticeDesk(app, cast, clock, ctx_for, papers)


def test_a_notice_on_paper_is_the_whole_notice(notices, page, visit):
    """It hangs on a board, and goes to a court: text, period day by day, marks of verification, and where it was."""
    made = notices.running()
    notices.object(made)
    visit(f"/notices/{made}")
    sheets = pages_of(page.pdf(prefer_css_page_size=True))
    text = "".join(sheets)
    notice, head = notices.look(made), notices.entries(made)[-1]
    for words in (
        *SAID.values(),
        notices.papers.basis.fixed["price"],
        notice.number,
        notice.edition.text,
        head.commitment,
        f"链首（第{head.n}条）",
        "期限怎样计算",
        "起始日，不计入",
        "浙江省促进科技成果转化条例",
        "收到异议，期限中止",
        f"/notices/{made}",
    ):
        assert plain(words) in text, words
    assert [
        word for word in (*SCREEN_ONLY, "提出异议", "举报这项公示", "下载公示存证包", FACTS) if word in text
    ] == []
    assert all(len(sheet) > 20 for sheet in sheets)


def test_a_certificate_on_paper_has_all_that_its_reader_checks(notices, page, visit):
    made = notices.running()
    notices.run_out(made)
    code = notices.certify(made)
    certificate = notices.look(made).certificate
    visit(f"/v/{code}")
    sheets = pages_of(page.pdf(prefer_css_page_size=True))
    text = "".join(sheets)
    assert len(sheets) == 1
    for words in (
        certificate.number,
        certificate.digest,
        certificate.facts["text"],
        "-".join(code[n : n + 4] for n in range(0, 16, 4)),
        f"/v/{code}",
        "2026-03-17 24:00",
        "15 日",
        "不对价格作出判断",
    ):
        assert plain(words) in text, words
    assert [word for word in SCREEN_ONLY if word in text] == []


def test_a_code_to_scan_is_drawn_on_paper_as_on_the_screen(notices, page, visit):
    made = notices.running()
    notices.run_out(made)
    for address in (f"/v/{notices.certify(made)}", f"/notices/{made}"):
        visit(address)
        page.emulate_media(media="print")
        assert page.locator("svg.c-qr").bounding_box()["width"] >= 100
        page.emulate_media(media="screen")
