"""How people trade through the pages: every act is the form that the person sees, typed into and sent."""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from auctions.gates.models import GATES, NOT_CONCERNED, PASSED, TITLE
from marketplace.core.clock import FrozenClock, local_date
from marketplace.core.context import SYSTEM
from marketplace.core.journal import entries_of
from marketplace.core.ticker import tick
from marketplace.core.uow import unit_of_work
from tests.auctions.counter import ACCOUNTS
from tests.auctions.floor import LISTING
from tests.cast import ORGANISATIONS, PARTS, Cast, Member
from tests.client import Client
from tests.house.deeds.intents import TYPED as STATED
from tests.listings.achievements.pages import controls, words

SELLER, HOST, SECOND_HOST = "tto_officer", "moderator", "second_moderator"
#: The seller's part of the text; the rest comes from the plan.
TYPED: dict[str, str] = {
    "scope": "中国境内，五年，生产、销售和许诺销售。",
    "insiders": "no",
    "contact": "技术转移中心 0571-00000000",
    "price_fen": "80",
    "deposit_fen": "8",
    "conditions-0-text": "具有环境监测设备的生产条件",
    "payment_terms": "签约后五个工作日内一次付清。",
}
_STATE = re.compile(r"交易GP\d+ (\S+) ")
_DEADLINE = re.compile(r'<section class="c-deadline".*?<time datetime="([^"]+)"', re.DOTALL)


@dataclass
class Exchange:
    """Everybody at a browser of their own; `public` has no account."""

    app: Flask
    cast: Cast
    clock: FrozenClock
    others: dict[str, Member] = field(default_factory=dict)
    _browsers: dict[str, Client] = field(default_factory=dict)

    def of(self, name: str) -> Client:
        """The browser of that part of the cast."""
        if name not in self._browsers:
            made = self.app.test_client()
            assert isinstance(made, Client)
            if name != "public":
                made.sign_in({**self.cast.members, **self.others}[name])
            self._browsers[name] = made
        return self._browsers[name]

    def try_(self, name: str, page: str, action: str = "", **typed: Any) -> TestResponse:
        """Open the page, type into the form with this action, send it; whatever comes back."""
        action, browser = action or page, self.of(name)
        found = browser.get(page)
        assert found.status_code == 200, (name, page, found.status_code, words(found))
        return browser.post(action, data={**controls(found, action), **typed})

    def send(self, name: str, page: str, action: str = "", **typed: Any) -> str:
        """The same, taken; where it leads."""
        answer = self.try_(name, page, action, **typed)
        assert answer.status_code == 303, words(answer)
        return answer.headers["Location"]

    def reads(self, trade: str, name: str = "public") -> str:
        """The words of the trade's page."""
        answer = self.of(name).get(f"/trades/{trade}")
        assert answer.status_code == 200, (name, answer.status_code)
        return words(answer)

    def state(self, trade: str) -> str:
        """Where it stands, as the head of the page tells everybody."""
        found = _STATE.search(self.reads(trade))
        assert found is not None
        return found[1]

    def deadline(self, trade: str) -> datetime:
        """Until when the running period lasts, as everybody is told."""
        found = _DEADLINE.search(self.of("public").get(f"/trades/{trade}").text)
        assert found is not None, self.reads(trade)
        return datetime.fromisoformat(found[1])

    def move_to(self, moment: datetime) -> None:
        """The time comes, and the worker with it."""
        self.clock.move_to(moment)
        with self.app.app_context():
            tick()

    def pass_days(self, days: int) -> None:
        self.move_to(self.clock.now() + timedelta(days=days))

    def run_out(self, trade: str) -> None:
        """The running period is over."""
        self.move_to(self.deadline(trade) + timedelta(seconds=1))

    def kinds(self, trade: str) -> list[str]:
        """The kinds of the trade's journal, oldest first."""
        with self.app.app_context(), unit_of_work(SYSTEM) as ctx:
            return [entry.kind.removeprefix("trade.") for entry in entries_of(ctx.session, trade)]

    # The seller

    def begin(self, about: str, by: str = SELLER) -> str:
        """Begin a trade from what the query names; its id."""
        page = f"/work/trades/new?{about}"
        edit = self.send(by, page, "/work/trades/new", kind=LISTING)
        return edit.split("/")[3]

    def write(self, trade: str, by: str = SELLER, **changes: str) -> None:
        self.send(by, f"/work/trades/{trade}/edit", **{**TYPED, **changes})

    def submit(self, trade: str, by: str = SELLER) -> None:
        self.send(by, f"/work/trades/{trade}/check", f"/work/trades/{trade}/submit")

    def tell_holders(self, trade: str, by: str = SELLER) -> list[str]:
        """Every holder of the right of first refusal is told; where each of them is asked."""
        page = self.of(by).get(f"/trades/{trade}").text
        told = re.findall(rf'href="(/work/trades/{trade}/holders/\w+)/notice"', page)
        for holder in told:
            self.send(by, f"{holder}/notice", way="书面送达", document="送达回证 2026-01")
        return told

    # The host

    def open_gates(self, trade: str) -> None:
        today = local_date(self.clock.now())
        for gate in GATES:
            passed = gate in {"secrecy", TITLE}
            self.send(
                HOST,
                f"/work/trade-desk/{trade}/gates/{gate}",
                result=PASSED if passed else NOT_CONCERNED,
                document="核查意见 2026-01",
                checked_on=today.isoformat() if gate == TITLE else "",
            )

    def announce(self, trade: str) -> None:
        self.send(HOST, f"/work/trade-desk/{trade}/announce")

    def listed(self, about: str, by: str = SELLER, **changes: str) -> str:
        """Written, submitted, assessed and announced; its id."""
        made = self.begin(about, by)
        self.write(made, by, **changes)
        self.submit(made, by)
        self.open_gates(made)
        if self.tell_holders(made, by):
            self.pass_days(4)
        self.announce(made)
        return made

    def confirm(self, trade: str) -> str:
        """By another officer than the one who ran the trade; the words of the public confirmation."""
        page = f"/trades/{trade}/confirm"
        self.send(SECOND_HOST, page)
        return words(self.of("public").get(f"/trades/{trade}/confirmation"))

    # Firms and the settlement desk

    def register(self, trade: str, firm: str) -> str:
        """Registered with the host; the intent's id."""
        where = self.send(firm, f"/trades/{trade}/intents/new", **STATED)
        return where.split("/")[3]

    def qualify(self, intent: str, seller: str = SELLER) -> None:
        """The host finds it qualified, the seller agrees."""
        page = f"/work/intents/{intent}"
        self.send(HOST, f"{page}/opinion")
        self.send(seller, page, f"{page}/agree")

    def pay(self, intent: str, firm: str, wan: str = "8") -> None:
        """The firm pays and says so, the clerk finds the money, the checker agrees."""
        page = self.of(firm).get(f"/work/intents/{intent}").text
        found = re.search(r"/work/deposits/(dep_\w+)", page)
        assert found is not None, page
        deposit = found[1]
        sent = {
            "payer": ORGANISATIONS[PARTS[firm][0]][1],
            "account": ACCOUNTS[firm],
            "value_date": local_date(self.clock.now()).isoformat(),
        }
        self.send(firm, f"/work/deposits/{deposit}/declare", **sent, amount_fen=wan)
        desk = f"/work/settlement/{deposit}"
        self.send(
            "settlement_clerk",
            f"{desk}/record",
            **sent,
            received_fen=wan,
            reference=f"LS{os.urandom(4).hex()}",
        )
        self.send("settlement_checker", f"/work/deposits/{deposit}", f"{desk}/check")

    def join(self, trade: str, *firms: str) -> list[str]:
        """The firms register, are found qualified and have paid; the ids of their intents."""
        made = [self.register(trade, firm) for firm in firms]
        for intent, firm in zip(made, firms, strict=True):
            self.qualify(intent)
            self.pay(intent, firm)
        return made

    def offer(self, trade: str, firm: str, amount: str) -> str:
        """Typed, looked at once more, handed in; the words of the receipt."""
        page = f"/trades/{trade}/offer"
        again = self.try_(firm, page, amount_fen=amount)
        assert again.status_code == 200, words(again)
        assert "报价是最终的" in words(again)
        answer = self.of(firm).post(page, data=controls(again, page))
        assert answer.status_code == 303, words(answer)
        return words(self.of(firm).get(f"{page}/receipt"))
