"""On paper a page is its content: no menus, no buttons, on A4."""

import pytest

from tests.browser.pdf_text import pages_of, plain
from tests.listings.achievements.desk import RICH

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
