"""Parties to trades at every step, for the market that the browser looks at."""

from io import BytesIO

from auctions.deposits.forfeiture import Forfeiture, propose_forfeiture
from auctions.deposits.money import Payment
from auctions.deposits.refunds import Refund, record_refund
from auctions.deposits.services import declare_payment
from auctions.intents.reply import object_to
from auctions.intents.review import Rejection, ask_supplement, reject_intent
from auctions.intents.services import register_intent, supplement_intent
from auctions.intents.statement import Statement
from auctions.trades.services import terminate_trade
from listings.decisions.minutes import keep_minutes
from listings.decisions.record import Minutes
from marketplace.core.clock import local_date
from tests.auctions.counter import ACCOUNTS, PARTIES, STATEMENT, Counter
from tests.core.uploads.documents_made import pdf

RELATED = {
    "related": "yes",
    "related_kind": "unit_interest",
    "related_who": "云岫大学",
    "related_how": "云岫大学资产公司持股 3%",
    "no_influence": True,
}


def parties(counter: Counter, paper: Minutes, ids: dict[str, str]) -> None:
    """Intents and deposits in the states that have pages of their own."""
    early, late = counter.floor.announced(), counter.floor.announced()
    ids["open trade"] = early
    ids["asked intent"] = _with_papers(counter, early, paper)
    ids["registered intent"] = counter.registered(early, "rival_agent", **RELATED)
    ids["opined intent"] = counter.opined(early, "third_agent")
    ids["disputed intent"] = counter.opined(late)
    with counter.floor.seller() as ctx:
        object_to(ctx, ids["disputed intent"], "双方有诉讼。")
    ids["rejected intent"] = counter.registered(late, "rival_agent")
    with counter.floor.host() as ctx:
        reject_intent(ctx, ids["rejected intent"], Rejection("condition", 1, "没有产线。"))
    _deposits(counter, paper, ids)


def kept_paper() -> Minutes:
    """A file among the kept ones; needs an application context."""
    return keep_minutes("授权书.pdf", BytesIO(pdf()))


def _with_papers(counter: Counter, trade: str, paper: Minutes) -> str:
    """Supplemented once, and asked again."""
    with counter.acting("firm_agent") as ctx:
        made = register_intent(ctx, trade, Statement(**STATEMENT), paper).id
    for what in ("请提供产线清单。", "请提供设备照片。"):
        with counter.floor.host() as ctx:
            ask_supplement(ctx, made, what)
        if what.endswith("清单。"):
            with counter.acting("firm_agent") as ctx:
                supplement_intent(ctx, made, "清单见附件。", paper)
    return made


def _deposits(counter: Counter, paper: Minutes, ids: dict[str, str]) -> None:
    floor = counter.floor
    running, ended = floor.announced(), floor.announced()
    declared = counter.qualified(running)
    given = Payment("拾光储能有限公司", ACCOUNTS["firm_agent"], 8_000_000, local_date(floor.clock.now()))
    made = {"declared": declared, "recorded": counter.recorded(running, "rival_agent")}
    ids["declared deposit"] = counter.deposit(declared).id
    with counter.acting("firm_agent") as ctx:
        declare_payment(ctx, ids["declared deposit"], given, paper)
    made["proposed"] = counter.paid(running, "third_agent")
    due, refunded, locked = (counter.paid(ended, part) for part in PARTIES)
    made |= {"due": due, "refunded": refunded, "locked": locked}
    ids |= {f"{name} deposit": counter.deposit(intent).id for name, intent in made.items()}
    with counter.acting("settlement_clerk") as ctx:
        propose_forfeiture(ctx, ids["proposed deposit"], Forfeiture("collusion", "同一账户付款。"))
    with floor.host() as ctx:
        terminate_trade(ctx, ended, "成果权属发生争议。")
    with counter.acting("settlement_clerk") as ctx:
        record_refund(ctx, ids["refunded deposit"], Refund(local_date(ctx.now), "TK 0001"))
