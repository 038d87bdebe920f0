#!/usr/bin/env python3
"""A watcher of public notices. It runs alone; besides Python 3.8 it needs PyNaCl.

    python watch.py --name watch.univ.example --key KEYFILE --notes FOLDER [--post] [--once] URL...

Each URL is a notice's page on the market. The watcher fetches it as any stranger would, without cookies, at random
moments; so it does with the page of the unit, which the market's page names in `<meta name="unit-page">` or you with
`--unit MARKET_URL UNIT_URL`. What it finds, it writes into a signed note, failures too, and keeps the note in FOLDER. With
`--post` the market gets a copy, at once or when it is there again; copies it has taken are moved to FOLDER/posted.

Run it in another organisation than the market's and the unit's. Give your verifier key (the first line printed) to those
who write policies, and keep the notes: they show whether the market has left one out.

The text of a note (C2SP signed-note), a line each: notice-observation/v1 · channel (market or unit) · address · time ·
HTTP status, `-` when unreachable · SHA-256 of the text without white space, `-` when there is none · chain head shown.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import os
import random
import re
import stat
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from nacl.signing import SigningKey

HEADER = "notice-observation/v1"
MARKET, UNIT = "market", "unit"
BLOCK = "notice-text"  # id of the article that holds nothing but the text
MOST_BYTES = 5_000_000  # of a page
PATIENCE = 30  # seconds
NOTE_KEY = 1
DASH = "\u2014"


class Watcher(NamedTuple):
    """Who signs."""

    name: str
    signing: SigningKey

    @property
    def public(self) -> bytes:
        return bytes([NOTE_KEY]) + bytes(self.signing.verify_key)

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def sign(self, text: str) -> str:
        signature = self.id + self.signing.sign(text.encode()).signature
        return f"{text}\n{DASH} {self.name} {base64.b64encode(signature).decode()}\n"


class Answer(NamedTuple):
    """What came back: `status` is `-` when nothing did."""

    status: str
    body: str


class Page(HTMLParser):
    """The text of a page, of the block with the notice's text, and what its head says."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.block: list[str] = []
        self.named: dict[str, str] = {}
        self._depth = self._silent = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta":
            self.named.setdefault(given.get("name") or "", given.get("content") or "")
        self._silent += tag in ("script", "style", "template")
        if tag == "article" and (self._depth or given.get("id") == BLOCK):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "template") and self._silent > 0
        self._depth -= tag == "article" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)
            if self._depth:
                self.block.append(data)


def squeezed(text: str) -> str:
    """The text without any white space, so that layout makes no difference."""
    return "".join(text.split())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_address(text: str) -> bool:
    """May this be asked for, and stand in a line of a note?"""
    return re.match(r"https?://[\x21-\x7e]{1,2000}\Z", text) is not None


def fetch(url: str, data: bytes | None = None) -> Answer:
    """Ask for an address, as somebody who has never been there."""
    headers = {"User-Agent": "notice-watcher/1", "Cache-Control": "no-cache"}
    headers.update({"Content-Type": "text/plain; charset=utf-8"} if data is not None else {})
    if not is_address(url):
        return Answer("-", "")
    try:
        request = urllib.request.Request(url, data, headers)  # noqa: S310 - is_address
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            return Answer(str(response.status), decoded(response.read(MOST_BYTES), response.headers))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(str(error.code), "")
    except (OSError, ValueError, http.client.HTTPException):
        return Answer("-", "")


def decoded(body: bytes, headers: http.client.HTTPMessage) -> str:
    """Read a page in the characters it says it is in; many a unit's page is in those of GB 18030."""
    named = re.search(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{2,30})", body[:4000], re.IGNORECASE)
    said = headers.get_content_charset() or (named.group(1).decode() if named else "utf-8")
    charset = "gb18030" if said.lower() in ("gb2312", "gbk") else said
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def lines(channel: str, url: str, answer: Answer, found: str, head: str) -> str:
    return "".join(f"{line}\n" for line in (HEADER, channel, url, now(), answer.status, found, head))


def look_at_market(url: str) -> tuple[str, Page]:
    """Return the text of the note about a notice's page, and the page."""
    answer = fetch(url)
    page = Page(answer.body)
    shown = page.named.get("chain-head", "")
    head = shown if re.match(r"[1-9][0-9]{0,8} [0-9a-f]{64}\Z", shown) else "-"
    text = squeezed("".join(page.block))
    return lines(MARKET, url, answer, digest(text) if text else "-", head), page


def look_at_unit(url: str, sought: str) -> str:
    """Return the text of the note about the unit's page, on which the sought text should be."""
    answer = fetch(url)
    there = sought in squeezed("".join(Page(answer.body).text))
    return lines(UNIT, url, answer, digest(sought) if there else "-", "-")


class Rounds:
    """Looks at every notice once a round, and remembers what it needs for the next."""

    def __init__(self, watcher: Watcher, notes: Path, units: dict[str, str], *, post: bool = False) -> None:
        self.watcher, self.notes, self.post = watcher, notes, post
        self.units = dict(units)
        self.sought: dict[str, str] = {}
        notes.mkdir(parents=True, exist_ok=True)

    def look(self, url: str) -> None:
        """Look at both pages of a notice; write down what is there."""
        text, page = look_at_market(url)
        self.keep(url, MARKET, text)
        self.units.setdefault(url, page.named.get("unit-page", "").strip())
        self.sought[url] = squeezed(fetch(f"{url.rstrip('/')}/text").body) or self.sought.get(url, "")
        unit = self.units[url] if is_address(self.units[url]) else self.units.pop(url)
        if url in self.units and self.sought[url]:  # without the text nobody could say whether it is there
            self.keep(url, UNIT, look_at_unit(unit, self.sought[url]))

    def keep(self, url: str, channel: str, text: str) -> None:
        """Sign a note and write it down; it is not lost when the market cannot be reached."""
        stamp = text.split("\n")[3].replace(":", "").replace("-", "")
        write_whole(self.notes / f"{notice_of(url)}.{stamp}.{channel}.note", self.watcher.sign(text))
        write_whole(self.notes / f"{notice_of(url)}.address", url)
        if self.post:
            self.hand_over()

    def hand_over(self) -> None:
        """Give the market what it does not have yet, the oldest first; stop when it cannot be reached."""
        for path in sorted(self.notes.glob("*.note"), key=lambda path: path.name.split(".")[1:]):
            notice = path.name.split(".")[0]
            url = (self.notes / f"{notice}.address").read_text(encoding="utf-8")
            status = fetch(observations_url(url), path.read_bytes()).status
            if status == "-" or status[0] == "5" or status == "429":
                return
            folder = self.notes / ("posted" if status[0] == "2" else "refused")
            folder.mkdir(exist_ok=True)
            path.replace(folder / path.name)


def notice_of(url: str) -> str:
    """The notice's id: the last part of its address, in letters that a file name may have."""
    return re.sub(r"[^\w-]", "_", urllib.parse.urlsplit(url).path.rstrip("/").rpartition("/")[2]) or "notice"


def observations_url(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/api/v1/notices/{notice_of(url)}/observations"


def write_whole(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def moments(every: float, source: random.Random) -> Iterator[float]:
    """Seconds to wait: one random moment in each `every` seconds, so that nobody knows when the watcher comes."""
    last = 0.0
    for slot in range(sys.maxsize):
        chosen = (slot + source.random()) * every
        yield chosen - last
        last = chosen


def load_watcher(path: Path, name: str) -> Watcher:
    """Read name and key, or make the key at the first start. Raises ValueError in words for the operator."""
    if not path.exists():
        if not re.match(r"[^\s+]+\Z", name):
            raise ValueError("the first start needs --name: a domain of yours, without spaces and plus signs")
        handle = os.open(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{name} {base64.b64encode(bytes(SigningKey.generate())).decode()}\n")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ValueError(f"{path} can be read by others: chmod 600 {path}")
    kept, encoded = path.read_text(encoding="ascii").split()
    if name not in ("", kept):
        raise ValueError(f"{path} belongs to {kept}")
    return Watcher(kept, SigningKey(base64.b64decode(encoded, validate=True)))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="watch", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="+", metavar="URL", help="page of a notice on the market")
    parser.add_argument("--name", default="", help="name under which it signs; needed at the first start")
    parser.add_argument("--key", required=True, type=Path, help="file of the key")
    parser.add_argument("--notes", required=True, type=Path, help="folder for the signed notes")
    parser.add_argument(
        "--unit",
        nargs=2,
        action="append",
        default=[],
        metavar=("MARKET_URL", "UNIT_URL"),
        help="the unit's page",
    )
    parser.add_argument("--post", action="store_true", help="give the market a copy of each note")
    parser.add_argument("--every", type=float, default=180, help="one look in so many minutes (default 180)")
    parser.add_argument("--once", action="store_true", help="look once, now, and end")
    chosen = parser.parse_args(arguments)
    addresses = [*chosen.urls, *(url for pair in chosen.unit for url in pair)]
    if not all(map(is_address, addresses)):
        parser.error("an address begins with http:// or https:// and has no spaces")
    try:
        watcher = load_watcher(chosen.key, chosen.name)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print(watcher.vkey, flush=True)
    rounds = Rounds(watcher, chosen.notes, dict(chosen.unit), post=chosen.post)
    waits = iter([0.0]) if chosen.once else moments(chosen.every * 60, random.SystemRandom())
    for wait in waits:
        time.sleep(wait)
        for url in chosen.urls:
            rounds.look(url)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
