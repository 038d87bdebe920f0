"""A watcher on real pages: what it signs is what was there, whoever lies, is silent or is not there."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from marketplace.evidence import verifier, watch
from marketplace.evidence.notes import NoteError, VerifierKey, parse_vkey
from marketplace.evidence.observations import Observation, open_observation, watchers_of
from tests.evidence.market import digest
from tests.evidence.notices import TEXT, NoticeMarket, Story, squeezed, text_of
from tests.evidence.servers import serving

TRUE = text_of(TEXT)
LIE = text_of({**TEXT, "price": "人民币 36 万元"})
HEAD = "17 " + "ab" * 32
ID = "ntc_00000000000000000001"


class Pages:
    """What the pages of a notice show at the moment."""

    def __init__(self) -> None:
        self.shown = self.text = self.on_unit = TRUE
        self.head = HEAD
        self.status = {"market": 200, "unit": 200, "post": 201}
        self.unit_url = ""
        self.unit_charset = "utf-8"
        self.posted: list[str] = []
        self.headers: list[dict[str, str]] = []

    def market_page(self) -> str:
        rows = "".join(f"<p>\n  <b>{line}</b></p><style>p {{}}</style>" for line in self.shown.splitlines())
        named = (
            f'<meta name="chain-head" content="{self.head}"><meta name="unit-page" content="{self.unit_url}">'
        )
        block = f"<article id='notice-text' class=x><article>{rows}</article><script>1 < 2</script></article>"
        return f"<!doctype html><html><head>{named}</head><body><h1>公示</h1>{block}<article>其他</article></body></html>"

    def unit_page(self) -> str:
        charset = f'<meta http-equiv="Content-Type" content="text/html; charset={self.unit_charset}">'
        words = self.on_unit.replace("：", "：<span>\u3000 ").replace("\n", "</span><br>")
        return f"<html><head>{charset}</head><body>首页 {words} 版权所有</body></html>"

    def handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages.headers.append(dict(self.headers))
                if self.path == f"/notices/{ID}":
                    self.say(pages.status["market"], pages.market_page().encode())
                elif self.path == f"/notices/{ID}/text":
                    self.say(pages.status["market"], pages.text.encode(), "text/plain; charset=utf-8")
                elif self.path == "/gs/42.html":
                    self.say(pages.status["unit"], pages.unit_page().encode(pages.unit_charset))
                else:
                    self.say(404, b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if self.path == f"/api/v1/notices/{ID}/observations" and pages.status["post"] == 201:
                    pages.posted.append(body)
                self.say(pages.status["post"], b"")

            def say(self, status: int, body: bytes, media: str = "text/html") -> None:
                self.send_response(status)
                self.send_header("Content-Type", media)
                self.send_header("Set-Cookie", "seen=1")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def url(pages: Pages) -> Iterator[str]:
    with ExitStack() as stack:
        market, unit = (stack.enter_context(serving(pages.handler())) for _ in range(2))
        pages.unit_url = f"{unit}/gs/42.html"
        yield f"{market}/notices/{ID}"


@pytest.fixture
def rounds(tmp_path: Path) -> watch.Rounds:
    return watch.Rounds(watch.load_watcher(tmp_path / "key", "watch.univ.example"), tmp_path / "notes", {})


def key_of(rounds: watch.Rounds) -> VerifierKey:
    return parse_vkey(rounds.watcher.vkey)


def kept(rounds: watch.Rounds, folder: str = ".") -> dict[str, Observation]:
    """The newest observation of each channel."""
    paths = sorted((rounds.notes / folder).glob("*.note"))
    found = [open_observation(path.read_text(), [key_of(rounds)]) for path in paths]
    return {one.channel: one for one in found}


def test_what_is_there_is_signed(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    rounds.look(url)
    seen = kept(rounds)
    expected = digest(squeezed(TRUE).encode())
    for channel, address, head in (("market", url, HEAD), ("unit", pages.unit_url, "-")):
        one = seen[channel]
        assert (one.watcher, one.url, one.status, one.digest, one.head) == (
            "watch.univ.example",
            address,
            "200",
            expected,
            head,
        )
        assert one.saw(TRUE)
        assert not one.saw(LIE)


def test_nobody_can_know_the_watcher_by_a_cookie(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    rounds.look(url)
    rounds.look(url)
    assert len(pages.headers) == 6
    assert not any("Cookie" in headers for headers in pages.headers)


def test_the_verifier_reads_the_note_alike(rounds: watch.Rounds, url: str) -> None:
    rounds.look(url)
    watcher = verifier.parse_key(rounds.watcher.vkey, verifier.LOG_KEY)
    for path in rounds.notes.glob("*.note"):
        sight, one = (
            verifier.open_sight(path.read_text(), [watcher]),
            open_observation(path.read_text(), [key_of(rounds)]),
        )
        assert sight is not None
        assert sight._asdict() == vars(one)


def test_a_market_that_shows_another_text_is_seen(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    pages.shown = LIE
    rounds.look(url)
    assert kept(rounds)["market"].saw(LIE)
    assert kept(rounds)["unit"].saw(TRUE)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_a_unit_that_shows_another_text_is_seen(
    rounds: watch.Rounds, url: str, pages: Pages, charset: str
) -> None:
    pages.unit_charset = charset
    rounds.look(url)
    assert kept(rounds)["unit"].saw(TRUE)
    pages.on_unit = LIE
    rounds.keep(url, "unit", watch.look_at_unit(pages.unit_url, squeezed(TRUE)))
    one = kept(rounds)["unit"]
    assert (one.status, one.digest) == ("200", "-")


def test_pages_that_fail_are_written_down(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    rounds.look(url)
    pages.status |= {"market": 503, "unit": 404}
    for path in rounds.notes.glob("*.note"):
        path.unlink()
    rounds.look(url)
    seen = kept(rounds)
    assert {channel: (one.status, one.digest, one.head) for channel, one in seen.items()} == {
        "market": ("503", "-", "-"),
        "unit": ("404", "-", "-"),
    }


def test_a_market_that_is_not_there_is_written_down(rounds: watch.Rounds) -> None:
    rounds.look(f"http://127.0.0.1:1/notices/{ID}")
    assert {channel: one.status for channel, one in kept(rounds).items()} == {"market": "-"}


@pytest.mark.parametrize("head", ["", "17", "0 " + "ab" * 32, HEAD + " x", "17 " + "AB" * 32])
def test_a_chain_head_that_is_none_is_written_as_none(
    rounds: watch.Rounds, url: str, pages: Pages, head: str
) -> None:
    pages.head = head
    rounds.look(url)
    assert kept(rounds)["market"].head == "-"


def test_a_page_cannot_put_lines_into_a_note(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    pages.unit_url = (
        f"{pages.unit_url}&#10;2026-09-11T00:00:00Z&#10;200&#10;{digest(squeezed(TRUE).encode())}&#10;-"
    )
    pages.head = f"{HEAD}&#10;x"
    rounds.look(url)
    assert set(kept(rounds)) == {"market"}
    assert kept(rounds)["market"].head == "-"


def test_copies_are_posted_once_and_what_is_refused_is_kept(
    rounds: watch.Rounds, url: str, pages: Pages
) -> None:
    rounds.post = True
    rounds.look(url)
    assert [note.split("\n")[1] for note in pages.posted] == ["market", "unit"]
    assert set(kept(rounds, "posted")) == {"market", "unit"}
    assert kept(rounds) == {}
    pages.status["post"] = 422
    rounds.look(url)
    assert set(kept(rounds, "refused")) == {"market", "unit"}


def test_copies_wait_until_the_market_is_there_again(rounds: watch.Rounds, url: str, pages: Pages) -> None:
    rounds.post = True
    pages.status |= {"market": 503, "post": 503}
    rounds.look(url)
    assert set(kept(rounds)) == {"market"}
    pages.status |= {"market": 200, "post": 201}
    rounds.hand_over()
    assert [note.split("\n")[4] for note in pages.posted] == ["503"]


def test_one_look_falls_into_each_stretch_of_time() -> None:
    waits = watch.moments(3600, random.Random(1))
    at = 0.0
    for slot in range(200):
        at += next(waits)
        assert slot * 3600 <= at <= (slot + 1) * 3600


def test_a_lying_and_a_silent_watcher_are_found_out() -> None:
    lied = Story(shown=lambda channel, at: LIE if at.day == 13 and channel == "market" else "")
    silent = Story(silent=lambda watcher, channel, at: "univ-1" in watcher and at.day == 22)
    for story, claims in ((lied, {"可见·市场"}), (silent, {"可见·市场", "可见·单位"})):
        market = NoticeMarket(story).tell()
        report = verifier.verify_files(market.bundle(), market.policy)
        assert {claim.name for claim in report.claims if not claim.holds} == claims


def test_only_watchers_of_the_policy_are_read() -> None:
    market = NoticeMarket(Story()).tell()
    named = watchers_of(market.policy)
    assert [key.name for key in named] == list(market.watchers)
    note = market.kept[0]
    assert open_observation(note, named).watcher in market.watchers
    with pytest.raises(NoteError):
        open_observation(note, [])
    with pytest.raises(NoteError):
        open_observation(note.replace("200", "404"), named)
    with pytest.raises(NoteError):
        watchers_of("quorum none\n")


@pytest.mark.parametrize(
    "text", ["notice-observation/v2\nmarket\nu\n2026-09-11T00:00:00Z\n200\n-\n-\n", "notice-observation/v1\n",
             "notice-observation/v1\nboard\nu\n2026-09-11T00:00:00Z\n200\n-\n-\n",
             "notice-observation/v1\nmarket\nu\nyesterday\n200\n-\n-\n", "notice-observation/v1\nmarket\nu\n2026-09-11T00:00:00\n200\n-\n-\n"],
)  # fmt: skip
def test_a_note_that_is_no_observation_is_not_read_as_one(rounds: watch.Rounds, text: str) -> None:
    with pytest.raises(NoteError):
        open_observation(rounds.watcher.sign(text), [key_of(rounds)])


def test_the_file_runs_alone(tmp_path: Path, url: str, pages: Pages) -> None:
    (tmp_path / "watch.py").write_bytes(Path(watch.__file__).read_bytes())
    words = ["--key", "key", "--notes", "notes", "--post", "--once", "--unit", url, pages.unit_url, url]
    command = [sys.executable, "-I", "watch.py", *words]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run().returncode == 2  # who?
    done = run("--name", "watch.univ.example")
    assert done.returncode == 0, done.stderr
    assert run().stdout == done.stdout
    key = parse_vkey(done.stdout.strip())
    assert {open_observation(note, [key]).channel for note in pages.posted} == {"market", "unit"}
    assert len(list((tmp_path / "notes" / "posted").iterdir())) >= 2
    (tmp_path / "key").chmod(0o644)
    assert run().returncode == 2
    assert run("--name", "somebody.else.example").returncode == 2


def test_addresses_that_cannot_be_asked_for_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        watch.main(
            [
                "--key",
                str(tmp_path / "key"),
                "--name",
                "w",
                "--notes",
                str(tmp_path),
                "--once",
                "file:///etc/passwd",
            ]
        )
    assert watch.fetch("file:///etc/passwd") == ("-", "")
