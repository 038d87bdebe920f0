"""Where to go next: never off the site."""

from time import perf_counter
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.web.redirects import safe_next

HERE = "https://market.example/auth/sign-in"
PAYLOADS = [
    None,
    "",
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f/evil.example",
    "/%2F%2Fevil.example",
    "/%5cevil.example",
    " /achievements",
    "/achievements\r\nSet-Cookie: a=b",
    "/\t/evil.example",
    "/achievements%0d%0aSet-Cookie:%20a=b",
    "/.//evil.example",
    "/a/..//evil.example",
    "/\u2028/evil.example",
    "/" + "a" * 600,
    "//[evil",
]


def as_a_browser_reads(url: str) -> str:
    """The host that a browser would go to: it drops tabs and newlines and turns backslashes (WHATWG URL, 4.4)."""
    cleaned = (
        "".join(character for character in url if character not in "\t\r\n").strip("\x00 ").replace("\\", "/")
    )
    return urlsplit(urljoin(HERE, cleaned)).netloc


@pytest.mark.parametrize("url", PAYLOADS)
def test_addresses_that_may_lead_away_are_dropped(url):
    assert safe_next(url) == "/"
    assert safe_next(url, "/workspace") == "/workspace"


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/achievements",
        "/en/achievements?q=a%20b&page=2",
        "/tenders/1?x=//a#b",
        "/成果?领域=新材料",
        "/a%20b?u=https://x",
    ],
)
def test_pages_of_the_site_are_kept(url):
    assert safe_next(url) == url


pieces = st.sampled_from(
    ["/", "\\", ".", ":", "@", "?", "#", "%2f", "%5C", "%09", "\t", "\n", "evil.example", "https", "a"]
)


@given(
    st.one_of(
        st.text(max_size=50), st.lists(pieces, max_size=12).map("".join), st.lists(pieces).map("/".join)
    )
)
def test_no_address_leaves_the_site(url):
    target = safe_next(url)
    assert as_a_browser_reads(target) == "market.example"
    assert target.startswith("/")
    assert "\n" not in target
    assert "\r" not in target


@pytest.mark.parametrize("pattern", ["/", "%2f", "%", "/a", "\\", "é"])
def test_fifty_kilobytes_take_no_time(pattern):
    started = perf_counter()
    assert safe_next("/" + pattern * 50_000) == "/"
    assert perf_counter() - started < 0.05
