"""Which pages of trades there are, and who sees them."""

from collections.abc import Mapping

from tests.browser.visit import PUBLIC, Visit


def pages_of_trades(market: Mapping[str, str]) -> dict[str, list[Visit]]:
    def trade(who: str, *names: str) -> list[Visit]:
        return [Visit(who, {"trade_id": market[f"{name} trade"]}) for name in names]

    def at(who: str, name: str, **more: str) -> Visit:
        return Visit(who, {"trade_id": market[f"{name} trade"], **more})

    holder = market["untold holder"]
    return {
        "trades.listed": [Visit(PUBLIC), Visit(PUBLIC, query={"group": "ended"}), Visit(PUBLIC, query={"q": "zzzz"})],
        "trades.page": [
            *trade(PUBLIC, "announced", "suspended", "ended", "supplemented"),
            *trade("tto_officer", "drafted", "submitted", "announced", "assigned"),
            *trade("moderator", "submitted", "announced", "suspended"),
        ],
        "trade_feeds.calendar": [Visit(PUBLIC)],
        "trade_feeds.one": trade(PUBLIC, "announced"),
        "trade_list.own_list": [
            Visit("tto_officer"),
            Visit("other_tto_officer"),
            Visit("tto_officer", query={"state": "over"}),
        ],
        "trade_list.new": [
            Visit("tto_officer"),
            Visit("other_tto_officer"),
            Visit("tto_officer", query={"plan": market["tradeable plan"]}),
            Visit("tto_officer", query={"before": market["ended trade"]}),
        ],
        "trade_edit.form": trade("tto_officer", "drafted"),
        "trade_submission.check": trade("tto_officer", "drafted", "complete"),
        "trade_acts.withdrawing": trade("tto_officer", "announced"),
        "trade_acts.discarding": trade("tto_officer", "drafted"),
        "trade_desk.listed": [Visit("moderator"), Visit("moderator", query={"state": "running"})],
        "trade_desk.announcing": trade("moderator", "submitted", "assessed"),
        "trade_desk.returning": trade("moderator", "submitted"),
        "trade_desk.supplementing": trade("moderator", "announced"),
        "trade_desk.suspending": trade("moderator", "announced"),
        "trade_desk.terminating": trade("moderator", "announced"),
        "trade_gates.assessment": [at("moderator", "submitted", gate=g) for g in ("secrecy", "title", "export", "relations")],
        "trade_priority.adding": trade("tto_officer", "assigned"),
        "trade_priority.notice": [at("tto_officer", "assigned", holder_id=holder)],
        "trade_priority.answer": [at("tto_officer", "assigned", holder_id=holder)],
        "trade_questions.asking": trade("firm_agent", "announced"),
        "trade_questions.answering": [at("tto_officer", "announced", question_id=market["open question"])],
    }  # fmt: skip
