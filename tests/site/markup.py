"""Reading the site's pages as a person does."""

import re
from html import unescape

from werkzeug.test import TestResponse

_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


def content(answer: TestResponse) -> str:
    """The page between header and footer."""
    return answer.text.partition("</header>")[2].partition('<footer class="c-foot"')[0]


def words(answer: TestResponse) -> str:
    """Its words, with single spaces."""
    return " ".join(unescape(_TAG.sub(" ", content(answer))).split())


def links(answer: TestResponse) -> list[str]:
    """The addresses it leads to."""
    return [unescape(link) for link in _LINK.findall(content(answer))]
