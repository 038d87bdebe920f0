"""What readers bring along: a policy that asks for more, receipts, observations that watchers kept."""

from datetime import timedelta

import pytest

from marketplace.evidence import verifier
from marketplace.evidence.verifier import Held
from tests.evidence.market import failed
from tests.evidence.notices import NoticeMarket, Story, true_bundle, true_market

MARKET_SEEN, UNIT_SEEN = "可见·市场", "可见·单位"


def test_a_policy_may_ask_for_more_than_the_law_and_never_for_less() -> None:
    market = true_market()
    for line, claims in (("20 day", ["期限"]), ("15 workday", ["期限"]), ("3 day", [])):
        policy = f"{market.policy}# floor agreement_price {line}\n"
        assert failed(true_bundle(), policy) == claims
    short = NoticeMarket(Story(days=14)).tell()
    assert failed(short.bundle(), f"{short.policy}# floor agreement_price 3 day\n") == ["期限"]


@pytest.mark.parametrize(
    "line", ["# watcher x", "# watchers 2", "# watchers 3 gap 8", "# watchers 0 gap 8", "# receipt x", "# floor a b day",
             "# floor a 3 week", "# watchers 1 gap 8"],
)  # fmt: skip
def test_a_policy_that_says_nothing_clear_about_notices_is_refused(line: str) -> None:
    assert failed(true_bundle(), f"{true_market().policy}{line}\n") == ["读取"]


def test_without_watchers_it_is_said_who_speaks() -> None:
    market = NoticeMarket(Story(), watchers=0).tell()
    report = verifier.verify_files(market.bundle(), market.policy)
    assert report.holds
    assert (
        "\n".join(report.lines()).count("the policy names no watcher: only the parties' own records speak")
        == 2
    )


def test_watchers_that_the_policy_does_not_know_count_for_nothing() -> None:
    market = true_market()
    stranger = NoticeMarket(Story(), seed=2)
    swapped = market.policy
    for line in [line for line in swapped.splitlines() if line.startswith("# watcher ")]:
        swapped = swapped.replace(line, "")
    for line in [line for line in stranger.policy.splitlines() if line.startswith("# watcher ")]:
        swapped = f"{line}\n{swapped}"
    assert failed(true_bundle(), swapped) == [MARKET_SEEN, UNIT_SEEN]


def test_an_objection_left_out_is_betrayed_by_its_receipt() -> None:
    clean = NoticeMarket(Story(objected=None)).tell()
    assert failed(clean.bundle(), clean.policy) == []
    receipts = true_market().receipts
    assert failed(clean.bundle(), clean.policy, held=Held(receipts=receipts)) == ["异议"]


@pytest.mark.parametrize("line", range(7))
def test_a_receipt_that_says_something_else_is_refused(line: int) -> None:
    market = true_market()
    lines = market.receipts[0].split("\n\n")[0].split("\n")
    lines[line] = {0: "receipt/v2", 2: "ntc_2", 4: "7"}.get(line, lines[line][::-1])
    other = market.receipt_key.sign("\n".join(lines) + "\n")
    expected = [] if line == 3 else ["异议"]  # the time is the objector's to read; the chain has its own
    assert failed(true_bundle(), market.policy, held=Held(receipts=[other])) == expected
    forged = "\n".join(lines) + "\n\n" + market.receipts[0].split("\n\n")[1]
    assert failed(true_bundle(), market.policy, held=Held(receipts=[forged])) == ["异议"]


def test_a_receipt_of_a_key_that_the_policy_does_not_name_proves_nothing() -> None:
    market = true_market()
    policy = "".join(f"{line}\n" for line in market.policy.splitlines() if not line.startswith("# receipt"))
    assert failed(true_bundle(), policy, held=Held(receipts=market.receipts)) == ["异议"]


def test_an_observation_left_out_is_betrayed_by_the_watcher() -> None:
    market = NoticeMarket(Story()).tell()
    kept = Held(notes=[market.observe("watch.univ-0.example", "market")])
    assert failed(market.bundle(), market.policy, held=kept) == []  # after the end: it does not matter
    market.now = market.story.start + timedelta(days=3)
    for channel, claim in (("market", MARKET_SEEN), ("unit", UNIT_SEEN)):
        kept = Held(notes=[market.observe("watch.univ-0.example", channel)])
        assert claim in failed(market.bundle(), market.policy, held=kept)
