"""Which pages of intents and deposits there are, and who sees them."""

from collections.abc import Mapping

from tests.browser.visit import Visit


def pages_of_intents(market: Mapping[str, str]) -> dict[str, list[Visit]]:
    def intent(who: str, *names: str, **more: str) -> list[Visit]:
        return [Visit(who, {"intent_id": market[f"{name} intent"], **more}) for name in names]

    def deposit(who: str, *names: str) -> list[Visit]:
        return [Visit(who, {"deposit_id": market[f"{name} deposit"]}) for name in names]

    tabs = ("to_record", "to_check", "held", "refunds", "forfeits", "ended")
    return {
        "intent_registration.new": [Visit("broker", {"trade_id": market["open trade"]})],
        "intent_registration.receipt": intent("firm_agent", "asked"),
        "intents.own": [Visit("firm_agent"), Visit("broker")],
        "intents.page": [
            *intent("firm_agent", "asked", "disputed"),
            *intent("rival_agent", "registered", "rejected"),
            *intent("tto_officer", "opined", "disputed"),
            *intent("moderator", "registered", "disputed", "rejected"),
        ],
        "intents.paper": intent("moderator", "asked"),
        "intents.supplement_paper": intent("moderator", "asked", n="1"),
        "intent_party.supplementing": intent("firm_agent", "asked"),
        "intent_party.withdrawing": intent("rival_agent", "registered"),
        "intent_host.queue": [Visit("moderator")],
        "intent_host.asking": intent("moderator", "registered"),
        "intent_host.opining": intent("moderator", "registered"),
        "intent_host.rejecting": intent("moderator", "registered"),
        "intent_host.overruling": intent("moderator", "disputed"),
        "intent_seller.objecting": intent("tto_officer", "opined"),
        "deposits.page": [
            *deposit("firm_agent", "declared", "due"),
            *deposit("settlement_clerk", "declared", "recorded", "proposed"),
            *deposit("settlement_checker", "recorded", "refunded"),
        ],
        "deposits.declaring": deposit("firm_agent", "declared"),
        "deposits.voucher": deposit("settlement_clerk", "declared"),
        "settlement.listed": [Visit("settlement_clerk", query={"state": tab}) for tab in tabs],
        "settlement_statement.form": [Visit("settlement_clerk")],
        "deposit_receipt.recording": deposit("settlement_clerk", "declared"),
        "deposit_receipt.rejecting": deposit("settlement_checker", "recorded"),
        "deposit_end.refunding": deposit("settlement_clerk", "due"),
        "deposit_end.returning": deposit("settlement_checker", "refunded"),
        "deposit_end.proposing": deposit("settlement_clerk", "due"),
        "deposit_end.deciding": deposit("settlement_checker", "proposed"),
    }
