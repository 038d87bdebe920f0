"""A notice of fifteen days over the National Day holiday, as unit, platform, objector, watchers and witnesses make it.

Ends are computed with the market's own periods, which the verifier does not know.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush

from marketplace.core.calendar import load_calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.db import JSONObject
from marketplace.core.period import Period, Unit
from marketplace.core.suspension import Length, Suspension, resume, suspend
from marketplace.evidence.bundle import relevant_sizes
from marketplace.evidence.checkpoints import tree_head_of
from marketplace.evidence.keys import LogKey
from marketplace.evidence.notes import sign_note, verifier_key
from marketplace.evidence.receipts import Receipt
from marketplace.evidence.trust import remarks
from tests.evidence.market import Market, digest

CALENDAR = load_calendar(None)
START = datetime(2026, 9, 11, 9, 30, tzinfo=SHANGHAI)
URLS = {"market": "https://market.example/notices/ntc_1", "unit": "https://unit.example/gs/42.html"}
LABELS = {
    "name": "成果名称",
    "price": "拟交易价格",
    "mode": "转化方式",
    "buyer": "受让方",
    "related": "关联关系",
}
TEXT = {
    "name": "一种高温合金涂层及制备方法",
    "price": "人民币 360 万元",
    "mode": "技术转让",
    "buyer": "某材料科技有限公司",
    "related": "受让方与成果完成人无关联关系",
}
OBJECTION = "YY-2026-000001"
NUMBER, CERTIFICATE = "GS-2026-000001", "ZS-2026-000001"
LEAST_REST = Length(3, Unit.DAY)


def text_of(fields: dict[str, str]) -> str:
    return "".join(f"{LABELS[name]}：{value}\n" for name, value in fields.items())


def squeezed(text: str) -> str:
    return "".join(text.split())


def profile() -> JSONObject:
    listed = [{"name": name, "label": label, "compulsory": name != "buyer"} for name, label in LABELS.items()]
    return {
        "name": "zhejiang-17",
        "edition": "2026-1",
        "term": {"amount": 15, "unit": "day"},
        "fields": listed,
    }


def calendar_file(*, worked: str = "") -> bytes:
    """The days that depart from Monday to Friday; `worked` is a day off that a forger calls a working day."""
    days = {
        day.isoformat(): "work" if reason.is_workday else "rest"
        for year in (2026, 2027)
        for day, reason in CALENDAR.exceptions(year)
        if reason.is_workday != (day.weekday() < 5)
    }
    days |= {worked: "work"} if worked else {}
    return json.dumps({"edition": CALENDAR.edition, "days": days}).encode()


@dataclass
class Story:
    """How a notice goes, and what is wrong with it; all is well by default."""

    days: int = 15
    unit: Unit = Unit.DAY
    kind: str = "agreement_price"
    start: datetime = START
    fields: dict[str, str] = field(default_factory=lambda: dict(TEXT))
    told: JSONObject = field(default_factory=dict)  # put into the start instead of what is true
    objected: timedelta | None = timedelta(days=5, hours=1)  # after the start
    decided: bool = True
    effect: str = "continue"
    closed: bool = True
    appealed: bool = False
    refused: bool = False
    shorter: timedelta = timedelta()  # how much earlier it expires
    calendar: bytes = field(default_factory=calendar_file)
    outages: tuple[tuple[str, timedelta, timedelta, int], ...] = ()  # channel, from, until, days added
    shown: Callable[[str, datetime], str | None] = lambda channel, at: (
        ""
    )  # instead of the text; None: unreachable
    silent: Callable[[str, str, datetime], bool] = lambda watcher, channel, at: False
    captures: dict[str, str] = field(default_factory=lambda: {"middle": "same", "end": "same"})
    certificate: JSONObject | None = field(default_factory=dict)  # None: not certified
    late: tuple[tuple[str, JSONObject], ...] = ()  # events before it expires
    last: tuple[tuple[str, JSONObject], ...] = ()  # events at the end
    frozen: bool = False  # does the page show its first chain head for ever
    look_every: int = 24  # hours, at most, between two looks of a watcher


class NoticeMarket(Market):
    subject = "ntc_00000000000000000001"
    pause = timedelta()

    def __init__(self, story: Story, seed: int = 1, witnesses: int = 2, watchers: int = 2) -> None:
        super().__init__(seed, witnesses)
        self.story = story
        self.receipt_key = LogKey(f"{self.key.origin}/receipt", self.new_key())
        self.watchers = {f"watch.univ-{number}.example": self.new_key() for number in range(watchers)}
        self.now = story.start - timedelta(hours=2)
        self.text = text_of(story.fields)
        self.contents = [self.text.encode(), story.calendar]
        self.receipts: list[str] = []
        self.kept: list[str] = []
        self.heads: list[str] = []
        self.stopped: Suspension | None = None
        self.edition = 1
        self.queue: list[tuple[datetime, int, Callable[[], None]]] = []

    @property
    def policy(self) -> str:
        keys = [verifier_key(name, key) for name, key in self.watchers.items()]
        enough = (len(keys), self.story.look_every) if keys else None
        return super().policy + remarks(self.receipt_key.verifier, keys, enough)

    def put(self, content: bytes) -> str:
        self.contents.append(content)
        return digest(content)

    # ---- the events

    def prepare(self) -> None:
        self.traffic(200)
        self.checkpoint()
        self.happens("notice.drafted", {"kind": self.story.kind})
        self.happens("notice.submitted", {"edition": 1, "text": digest(self.text.encode())})
        self.person = "usr_00000000000000000009"
        self.happens("notice.approved", {"edition": 1, "text": digest(self.text.encode())})
        self.seal()

    def start(self) -> None:
        story = self.story
        self.period: Period = Length(story.days, story.unit).run(self.now, CALENDAR)
        listed = json.dumps(profile()).encode()
        says: JSONObject = {
            "edition": self.edition,
            "number": NUMBER,
            "kind": story.kind,
            "text": digest(self.text.encode()),
            "profile": {"name": "zhejiang-17", "edition": "2026-1", "digest": self.put(listed)},
            "fields": list(story.fields),
            "price_fen": 360000000,
            "channels": dict(URLS),
            "term": {"name": "notice.agreement.days", "amount": story.days, "unit": str(story.unit)},
            "decision": {"id": "dec_1", "resolution": "校办〔2026〕7号", "held_on": "2026-09-04", "minutes": digest(b"minutes")},
            "objection_procedure": {"id": "prc_1", "published_on": "2025-12-01", "digest": digest(b"procedure")},
            "related": False,
            "capture": self.put(b"start capture"),
            "end": self.period.end.isoformat(),
        }  # fmt: skip
        self.happens("notice.started", {**says, **story.told})
        self.after((self.period.end - self.now) / 2, lambda: self.capture("middle"))

    def look(self, watcher: str, channel: str) -> None:
        if self.now >= self.period.end and not self.stopped:
            return
        if not self.story.silent(watcher, channel, self.now):
            note = self.observe(watcher, channel)
            self.kept.append(note)
            self.happens("notice.watched", {"note": note})
        minutes = self.random.randrange(self.story.look_every * 30, self.story.look_every * 50)
        self.after(timedelta(minutes=minutes), lambda: self.look(watcher, channel))

    def observe(self, watcher: str, channel: str) -> str:
        shown = self.story.shown(channel, self.now)
        down = any(
            name == channel and since <= self.now - self.story.start < until
            for name, since, until, _ in self.story.outages
        )
        status = "-" if shown is None or down else "200"
        found = digest(squeezed(shown or self.text).encode()) if status == "200" else "-"
        self.heads.append(self.head)
        head = self.heads[0] if self.story.frozen else self.head
        head = head if channel == "market" and status == "200" else "-"
        time = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = ["notice-observation/v1", channel, URLS[channel], time, status, found, head]
        return sign_note(watcher, self.watchers[watcher], "".join(f"{line}\n" for line in lines))

    def object(self) -> None:
        filed = digest(b"objection")
        self.happens(
            "notice.objected", {"objection": OBJECTION, "edition": 1, "ground": "title", "digest": filed}
        )
        receipt = Receipt(OBJECTION, self.subject, self.now, self.events[-1].index, self.previous, filed)
        self.receipts.append(self.receipt_key.sign("".join(f"{line}\n" for line in receipt.lines)))
        self.stopped = suspend(self.period, self.now)
        self.happens("notice.objection_confirmed", {"objection": OBJECTION})
        self.after(timedelta(days=1), self.admit)

    def admit(self) -> None:
        if self.story.refused:
            self.happens("notice.objection_refused", {"objection": OBJECTION, "reason": "not_real_name"})
            self.resume()
            return
        self.happens("notice.objection_admitted", {"objection": OBJECTION})
        self.after(timedelta(days=3), self.decide)

    def decide(self) -> None:
        done = {"outcome": "dismissed", "effect": self.story.effect, "reasons": digest(b"reasons")}
        if self.story.decided:
            self.happens("notice.objection_decided", {"objection": OBJECTION, **done})
        if self.story.appealed:
            self.happens("notice.objection_appealed", {"objection": OBJECTION})
            self.happens("notice.appeal_decided", {"objection": OBJECTION, **done})
        if self.story.closed:
            self.happens("notice.objection_closed", {"objection": OBJECTION})
        self.after(timedelta(hours=20), self.begin_anew if self.story.effect == "restart" else self.resume)

    def begin_anew(self) -> None:
        self.edition, self.stopped = 2, None
        self.happens("notice.amended", {"edition": 2})
        self.happens("notice.approved", {"edition": 2, "text": digest(self.text.encode())})
        self.start()

    def resume(self) -> None:
        assert self.stopped is not None
        remaining = self.stopped.remaining
        self.period = resume(self.stopped, self.now, CALENDAR, LEAST_REST)
        self.stopped = None
        end = self.period.end.isoformat()
        self.happens(
            "notice.resumed", {"end": end, "remaining": remaining.amount, "unit": str(remaining.unit)}
        )

    def extend(self, channel: str, since: timedelta, until: timedelta, days: int) -> None:
        longer = Length(self.period.amount + days, self.period.unit)
        self.period = longer.run(self.period.start, CALENDAR)
        told: JSONObject = {
            "channel": channel,
            "since": (self.story.start + since).isoformat(),
            "until": (self.story.start + until).isoformat(),
            "days": days,
            "cause": "outage",
            "end": self.period.end.isoformat(),
        }
        self.happens("notice.extended", told)

    def capture(self, point: str) -> None:
        seen = self.story.captures.get(point)
        if seen:
            at, kept = self.now.isoformat(), self.put(f"{point} capture".encode())
            told = {
                "channel": "unit",
                "point": point,
                "at": at,
                "seen": seen,
                "capture": kept,
                "url": URLS["unit"],
            }
            self.happens("notice.observed", told)

    def expire(self) -> None:
        due = self.period.end - self.story.shorter
        self.now = max(self.now, due - timedelta(hours=9))
        self.capture("end")
        for kind, data in self.story.late:
            self.happens(kind, data)
        self.now = max(self.now, due)
        days = {"days": self.story.days, "calendar": digest(self.story.calendar)}
        self.happens("notice.expired", {"edition": self.edition, "due": due.isoformat(), **days})

    def certify(self) -> None:
        self.now += timedelta(hours=9)
        if self.story.certificate is None:
            return
        facts = {
            "certificate": CERTIFICATE,
            "number": NUMBER,
            "edition": self.edition,
            "text": digest(self.text.encode()),
            "price_fen": 360000000,
        } | self.story.certificate
        told = {"certificate": CERTIFICATE, "digest": self.put(json.dumps(facts).encode())}
        self.happens("notice.certified", told)

    # ---- time

    def after(self, pause: timedelta, action: Callable[[], None]) -> None:
        heappush(self.queue, (self.now + pause, self.random.getrandbits(60), action))

    def tell(self) -> "NoticeMarket":
        self.prepare()
        self.now = self.story.start
        self.start()
        for watcher in self.watchers:
            for channel in URLS:
                self.after(timedelta(minutes=5), lambda w=watcher, c=channel: self.look(w, c))
        for outage in self.story.outages:
            self.after(outage[2], lambda o=outage: self.extend(*o))
        if self.story.objected is not None:
            self.after(self.story.objected, self.object)
        while self.queue:
            at, _, action = heappop(self.queue)
            if self.stopped is None and at >= self.period.end - self.story.shorter:
                continue
            if at - self.sealed > timedelta(hours=11):
                self.seal()
            self.now = at
            self.traffic(self.random.randrange(4))
            action()
        self.seal()
        self.expire()
        self.certify()
        for kind, data in self.story.last:
            self.happens(kind, data)
        self.seal()
        return self

    def seal(self) -> None:
        """Sign the log as it is now, unless nothing came since."""
        if not self.notes or tree_head_of(self.notes[-1]).size < self.tree.size():
            self.checkpoint()
            self.sealed = self.now

    def bundle(self) -> dict[str, bytes]:
        """Only with the checkpoints that date the events, as the site gives it out."""
        sizes = {tree_head_of(note).size: note for note in self.notes}
        chosen = relevant_sizes(sorted(sizes), [event.index for event in self.events])
        self.notes = [sizes[size] for size in chosen]
        return super().bundle()


@lru_cache
def true_market() -> NoticeMarket:
    """A notice in which all is well. It is shared: nobody may change it."""
    return NoticeMarket(Story()).tell()


@lru_cache
def true_bundle() -> dict[str, bytes]:
    return true_market().bundle()
