"""What a unit or an operator may try with a notice; each fraud fails on the claim it breaks, and on no other."""

from datetime import datetime, timedelta

import pytest

from marketplace.core.clock import SHANGHAI
from marketplace.core.db import JSONObject
from marketplace.core.period import Unit
from marketplace.evidence import verifier
from marketplace.evidence.verifier import Held
from tests.evidence.market import digest, failed, lines_of, remanifest
from tests.evidence.notices import (
    NUMBER,
    OBJECTION,
    TEXT,
    URLS,
    NoticeMarket,
    Story,
    calendar_file,
    text_of,
    true_bundle,
    true_market,
)

CLAIMS = [
    "清单",
    "检查点",
    "事件链",
    "首尾",
    "未改未撤",
    "内容",
    "期限",
    "可见·市场",
    "可见·单位",
    "异议",
    "勤勉",
]
MARKET_SEEN, UNIT_SEEN = "可见·市场", "可见·单位"


#: The text says in its last line for how long it is shown.
SAYS_TWENTY = {**TEXT, "related": TEXT["related"] + "\n公示期：自公示之日的次日起 20 日，截止于当日 24:00"}


def asked(amount: int, least: int, since: str = "2026-09-01") -> JSONObject:
    """A start under a rule of the zone."""
    rule: JSONObject = {"id": "ztm_1", "amount": least, "from": since}
    return {"term": {"name": "notice.agreement.days", "amount": amount, "unit": "day", "zone": rule}}


def failing(story: Story) -> list[str]:
    market = NoticeMarket(story).tell()
    return failed(market.bundle(), market.policy)


def reasons(story: Story) -> str:
    market = NoticeMarket(story).tell()
    claims = verifier.verify_files(market.bundle(), market.policy).claims
    return "\n".join(claim.detail for claim in claims if not claim.holds)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def test_every_claim_about_a_true_notice_holds() -> None:
    market = true_market()
    kept = Held(market.head, market.receipts, market.kept)
    report = verifier.verify_files(true_bundle(), market.policy, held=kept)
    assert report.holds, "\n".join(report.lines())
    assert [claim.name for claim in report.claims] == CLAIMS
    said = "\n".join(report.lines())
    for words in (
        NUMBER,
        "360000000",
        "2026-10-09T00:00:00+08:00",
        "2026-10-01 rest",
        "receipts agree: 1",
        "停计 stops 1",
    ):
        assert words in said


@pytest.mark.parametrize(
    "story",
    [
        Story(objected=None),
        Story(refused=True),
        Story(appealed=True),
        Story(effect="restart"),
        Story(certificate=None),
        Story(days=20),
        Story(days=15, unit=Unit.WORKDAY),
        Story(days=20, told=asked(20, 20)),
        Story(days=20, fields=SAYS_TWENTY),
        Story(kind="reward", days=15, unit=Unit.WORKDAY),
        Story(kind="tender_candidates", days=9),
        Story(kind="result", days=9, unit=Unit.WORKDAY),
        Story(objected=None, outages=(("market", days(3), days(3) + hours(30), 2),)),
        Story(objected=None, outages=(("unit", days(3), days(3) + hours(5), 1), ("market", days(3), days(3) + hours(5), 0))),
    ],
)  # fmt: skip
def test_every_claim_about_another_true_notice_holds(story: Story) -> None:
    market = NoticeMarket(story).tell()
    report = verifier.verify_files(market.bundle(), market.policy, market.head)
    assert report.holds, "\n".join(report.lines())


@pytest.mark.parametrize(
    ("story", "claims"),
    [
        # the period
        (Story(days=14), ["期限"]),
        (Story(shorter=days(1)), ["期限"]),
        (Story(told=asked(15, 20)), ["期限"]),
        (Story(told=asked(15, 10)), ["期限"]),
        (Story(days=20, told=asked(20, 20, "2026-12-31")), ["期限"]),
        (Story(fields=SAYS_TWENTY), ["期限"]),
        (Story(kind="reward", days=15), ["期限"]),
        (Story(kind="a kind of its own"), ["期限"]),
        (Story(calendar=calendar_file(worked="2026-10-02")), ["期限"]),
        (Story(objected=None, outages=(("market", days(3), days(3) + hours(5), 0),)), ["期限"]),
        (Story(told={"end": "2026-12-01T00:00:00+08:00"}), ["期限"]),
        (Story(told={"channels": {**URLS, "unit": ""}}), ["期限", UNIT_SEEN]),
        # what was seen
        (Story(shown=lambda channel, at: text_of({**TEXT, "price": "人民币 36 万元"}) if at.day == 13 and channel == "market" else ""), [MARKET_SEEN]),
        (Story(shown=lambda channel, at: "别的内容" if at.day == 23 and channel == "unit" else ""), [UNIT_SEEN]),
        (Story(shown=lambda channel, at: None if at.day == 24 and channel == "market" else ""), [MARKET_SEEN]),
        (Story(silent=lambda who, channel, at: channel == "market" and at.astimezone(SHANGHAI).day == 25), [MARKET_SEEN]),
        (Story(silent=lambda who, channel, at: "univ-1" in who and channel == "unit" and at.month == 10), [UNIT_SEEN]),
        (Story(silent=lambda who, channel, at: True), [MARKET_SEEN, UNIT_SEEN]),
        (Story(captures={"middle": "same"}), [UNIT_SEEN]),
        (Story(captures={"end": "same"}), [UNIT_SEEN]),
        (Story(captures={"middle": "different", "end": "same"}), [UNIT_SEEN]),
        (Story(captures={"middle": "absent", "end": "same"}), [UNIT_SEEN]),
        (Story(frozen=True), [MARKET_SEEN]),
        # objections
        (Story(decided=False, closed=False), ["异议"]),
        (Story(decided=False, closed=True), ["异议"]),
        (Story(closed=False), ["异议"]),
        (Story(effect="void"), ["异议"]),
        (Story(late=(("notice.objected", {"objection": "YY-2", "edition": 1, "ground": "price", "digest": digest(b"2")}),)), ["期限", MARKET_SEEN, UNIT_SEEN, "异议"]),
        (Story(last=(("notice.objection_closed", {"objection": OBJECTION}),)), ["首尾", "异议"]),
        # beginning and end
        (Story(late=(("notice.amended", {"edition": 2}),)), ["未改未撤"]),
        (Story(late=(("notice.voided", {"reason": "withdrawn"}),)), ["未改未撤"]),
        (Story(last=(("notice.voided", {"reason": "withdrawn"}),)), ["首尾", "未改未撤"]),
        (Story(certificate=None, last=(("notice.expired", {"edition": 1}),)), ["首尾", "期限", MARKET_SEEN, UNIT_SEEN, "异议"]),
        (Story(last=(("notice.certified", {"certificate": "ZS-2", "digest": digest(b"2")}),)), ["首尾", "内容", "异议"]),
        (Story(told={"edition": 2}), ["首尾", "内容"]),
        # contents
        (Story(fields={name: TEXT[name] for name in TEXT if name != "price"}), ["内容"]),
        (Story(fields={**TEXT, "price": " "}), ["内容"]),
        (Story(told={"fields": list(TEXT)[1:]}), ["内容"]),
        (Story(told={"price_fen": None}), ["内容"]),
        (Story(certificate={"text": digest(b"another text")}), ["内容"]),
        (Story(certificate={"price_fen": 300000000}), ["内容"]),
        (Story(certificate={"number": "GS-2026-000002"}), ["内容"]),
        # diligence
        (Story(told={"decision": {"id": "d", "resolution": "7", "held_on": "2026-09-14", "minutes": digest(b"m")}}), ["勤勉"]),
        (Story(told={"decision": None}), ["勤勉"]),
        (Story(told={"objection_procedure": {"id": "p", "published_on": "2026-09-30", "digest": digest(b"p")}}), ["勤勉"]),
        (Story(told={"related": None}), ["勤勉"]),
    ],
)  # fmt: skip
def test_a_notice_that_was_not_held_as_it_must_be_fails(story: Story, claims: list[str]) -> None:
    assert failing(story) == claims


def test_the_reason_is_said_in_words() -> None:
    assert "it ends not before 15 day: 2026-10-09T00:00:00+08:00" in reasons(Story(shorter=days(1)))
    assert "the term is shorter than 15 day: 14" in reasons(Story(days=14))
    assert "the calendar denies a holiday: 2026-10-02" in reasons(
        Story(calendar=calendar_file(worked="2026-10-02"))
    )
    assert "resumed before a decision" in reasons(Story(decided=False, closed=False))
    assert "a decision was not obeyed" in reasons(Story(effect="void"))
    assert "an old head" in reasons(Story(frozen=True))
    assert "a compulsory field is missing: price" in reasons(
        Story(fields={name: TEXT[name] for name in TEXT if name != "price"})
    )


def test_a_parallel_chain_without_the_objection_is_betrayed_by_the_watchers() -> None:
    """The operator logs the notice a second time, leaves the objection out, and uses the watchers' notes again."""
    true = true_market()
    forged = NoticeMarket(Story())
    forged.traffic(200)
    forged.checkpoint()
    forged.contents = true.contents
    for opened in true.events:
        event = opened.event
        if "objection_" in str(event["type"]) or event["type"] in {"notice.objected", "notice.resumed"}:
            continue
        forged.now = verifier.instant(str(event["t"]))
        forged.person = str(event["by"])
        forged.happens(str(event["type"]), event["data"])
        forged.checkpoint()
    assert failed(forged.bundle(), forged.policy) == [MARKET_SEEN]
    assert failed(forged.bundle(), forged.policy, true.head)[0] == "事件链"


def test_the_end_left_out_is_no_end() -> None:
    files = dict(true_bundle())
    for name in ("events.jsonl", "proofs.jsonl"):
        files[name] = b"".join(lines_of(files, name)[:-2])
    files = {
        name: data for name, data in files.items() if name == "zsverify.py" or b'"certificate"' not in data
    }
    assert failed(remanifest(files), true_market().policy)[0] == "首尾"
    assert failed(remanifest(files), true_market().policy, true_market().head)[0] == "事件链"


def test_checkpoints_signed_again_without_the_witnesses_are_refused() -> None:
    market = NoticeMarket(Story()).tell()
    market.notes = ["".join(note.splitlines(keepends=True)[:5]) for note in market.notes]
    assert failed(market.bundle(), market.policy)[0] == "检查点"


def test_another_policy_is_not_satisfied() -> None:
    assert failed(true_bundle(), NoticeMarket(Story(), seed=2).policy)[0] == "检查点"


class BackDated(NoticeMarket):
    """The operator writes a start three days into the past, behind what witnesses have signed since."""

    def happens(self, kind: str, data: JSONObject, *, claimed: datetime | None = None) -> None:
        super().happens(kind, data, claimed=self.now - days(3) if kind == "notice.started" else claimed)


def test_a_start_that_is_back_dated_contradicts_the_witnesses() -> None:
    market = BackDated(Story()).tell()
    assert failed(market.bundle(), market.policy)[0] == "事件链"


@pytest.mark.parametrize("what", ["text", "profile", "calendar", "certificate"])
def test_a_file_that_must_be_there_is_missed(what: str) -> None:
    market = true_market()
    of = {
        "text": market.text.encode(),
        "profile": next(content for content in market.contents if b"zhejiang" in content),
        "calendar": calendar_file(),
        "certificate": next(content for content in market.contents if b'"certificate"' in content),
    }
    claims = {"text": ["内容", MARKET_SEEN, UNIT_SEEN], "calendar": ["期限", MARKET_SEEN, UNIT_SEEN]}
    name = f"files/{digest(of[what])}"
    files = {key: value for key, value in true_bundle().items() if key != name}
    assert failed(remanifest(files), market.policy) == claims.get(what, ["内容"])
    altered = {**true_bundle(), name: of[what] + b" "}
    assert failed(remanifest(altered), market.policy)[0] == "内容"
