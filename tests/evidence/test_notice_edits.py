"""A notice's bundle edited at random, and logged anew with other facts: nothing but the truth passes."""

import json
import random
from datetime import timedelta

import rfc8785

from marketplace.evidence import verifier
from marketplace.evidence.leaves import OpenedEvent
from tests.evidence.market import digest, failed, lines_of, remanifest
from tests.evidence.notices import NoticeMarket, Story, true_market
from tests.evidence.test_frauds import edit

EDITS = 2_000


def test_random_edits_are_all_refused() -> None:
    source = random.Random(23)
    market = NoticeMarket(Story(kind="tender_candidates", days=4, objected=timedelta(days=1))).tell()
    bundle = market.bundle()
    assert failed(bundle, market.policy) == []
    names = [name for name in bundle if name not in {"manifest.json", "policy.txt", "zsverify.py"}]
    refused = 0
    while refused < EDITS:
        name = source.choice([*names, "events.jsonl"])
        content = edit(bundle[name], source)
        if content == bundle[name] or fewer_checkpoints(name, content, bundle):
            continue
        assert failed(remanifest({**bundle, name: content}), market.policy), (name, content)
        refused += 1


def fewer_checkpoints(name: str, content: bytes, bundle: dict[str, bytes]) -> bool:
    """Leaving out whole checkpoints, but not the last, leaves a bundle true: it says less."""
    if name != "checkpoints.jsonl":
        return False
    true, left = lines_of(bundle, name), content.splitlines(keepends=True)
    return left == [line for line in true if line in left] and true[-1] in left


def test_history_logged_as_forged_is_judged_by_what_it_says() -> None:
    """Random changes to what the operator itself logs, with every proof valid: only harmless ones pass."""
    source = random.Random(5)
    true = true_market()
    harmful = {"notice.started", "notice.expired", "notice.certified"}
    tried = 0
    for opened in [event for event in true.events if event.event["type"] in harmful]:
        for name in set(opened.event["data"]) - HARMLESS:  # type: ignore[arg-type]
            forged = relogged(true, opened, str(name), source)
            assert failed(forged.bundle(), forged.policy), (opened.event["type"], name)
            tried += 1
    assert tried >= 10


#: Parts with which no other fact must agree while nobody watches and no policy asks.
HARMLESS = {"channels", "decision", "objection_procedure", "capture", "related", "end", "days"}


def relogged(true: NoticeMarket, changed: OpenedEvent, name: str, source: random.Random) -> NoticeMarket:
    forged = NoticeMarket(Story())
    forged.traffic(200)
    forged.checkpoint()
    for opened in true.events:
        event = json.loads(rfc8785.dumps(opened.event))
        if opened is changed:
            event["data"][name] = spoilt(event["data"][name], source)
        if event["type"] != "notice.watched":  # the watchers would betray it at once
            forged.now, forged.person = verifier.instant(event["t"]), event["by"]
            forged.happens(event["type"], event["data"])
            forged.checkpoint()
    forged.watchers = {}
    named = {part for opened in forged.events for part in verifier.digests_in(opened.event["data"])}
    forged.contents = [content for content in true.contents if digest(content) in named]
    return forged


def spoilt(value: object, source: random.Random) -> object:
    if isinstance(value, str):
        return value[:-1] + source.choice([letter for letter in "0123456789" if letter != value[-1]])
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[1:]
    assert isinstance(value, dict)
    key = min(value)
    return {**value, key: spoilt(value[key], source)}
