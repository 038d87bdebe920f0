"""A bank's statement as a table: which lines may be which deposits, and why others are not. Nothing of it is kept."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import TypeAdapter, ValidationError

from auctions.deposits.models import Deposit
from auctions.deposits.money import Receipt, account_digest, last_day, receipt_complaints, same_name
from auctions.deposits.queries import awaiting_money
from auctions.deposits.services import record_receipt, recorded_before
from listings.imports.opening import kind_named, open_file
from marketplace.core.clock import local_date
from marketplace.core.context import Actor, Context
from marketplace.core.errors import FieldError, Invalid, Words
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MoneyError, parse_yuan
from marketplace.core.runtime import runtime
from marketplace.core.tabular.reading import Table

MOST_LINES = 500
#: What a column is, by the headers that banks give it.
HEADERS = {
    "value_date": ("起息日", "起息日期", "交易日期", "入账日期", "日期", "value date", "date"),
    "payer": ("对方户名", "付款户名", "付款人", "付款人名称", "payer", "payer name", "name"),
    "account": ("对方账号", "付款账号", "付款人账号", "对方帐号", "account", "payer account"),
    "received_fen": ("收入金额", "贷方发生额", "贷方金额", "入账金额", "金额", "amount", "credit"),
    "reference": ("流水号", "交易流水号", "银行流水号", "reference", "transaction id"),
    "remark": ("摘要", "附言", "用途", "remark", "memo"),
}
NEEDED = ("value_date", "payer", "account", "received_fen", "reference")
_ADAPTER = TypeAdapter(Receipt)


@dataclass(frozen=True)
class Match:
    """A line of the statement: the deposit it is proposed for, or `why` it is for none."""

    number: int
    receipt: Receipt
    deposit: Deposit | None = None
    why: Words = ""


def read_statement(name: str, stream: IO[bytes]) -> list[tuple[int, Receipt]]:
    """The lines of a sent file, by their numbers. Raises Invalid, TableError or UploadRefused; the file is not kept."""
    kind = kind_named(Path(name.replace("\\", "/")).name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"statement.{kind.value}"
        with path.open("wb") as target:
            shutil.copyfileobj(stream, target)
        if path.stat().st_size > runtime().settings.import_max_bytes:
            raise Invalid([FieldError("file", "too_large", _l("文件过大，请按日期拆分后上传"))])
        with open_file(path, kind) as table:
            return list(_lines(table))


def propose(ctx: Context, lines: Sequence[tuple[int, Receipt]]) -> list[Match]:
    """For each line the deposit it fits, or the reason that it fits none."""
    waiting, today = awaiting_money(ctx), local_date(ctx.now)
    found: list[Match] = []
    for number, receipt in lines:
        complaint = next(iter(receipt_complaints(receipt, today)), None)
        if complaint is not None:
            found.append(Match(number, receipt, why=complaint.message))
            continue
        if recorded_before(ctx, ctx.actor.zone_id or "", receipt, account_digest(receipt.account)):
            found.append(Match(number, receipt, why=_l("这笔银行流水已经登记过")))
            continue
        taken = {match.deposit.id for match in found if match.deposit is not None}
        found.append(_match(number, receipt, [one for one in waiting if one.id not in taken]))
    return found


def record_matches(ctx: Context, claims: Sequence[str]) -> str:
    """Record the ticked lines, all of them or none; the id of the last deposit. Raises Invalid for none."""
    chosen = [found for claim in claims if (found := claimed(ctx.actor, claim)) is not None]
    if not chosen:
        raise Invalid([FieldError("lines", "required", _l("勾选要登记的流水"))])
    last = ""
    for deposit_id, receipt in chosen:
        last = record_receipt(ctx, deposit_id, receipt).id
    return last


def as_claim(actor: Actor, match: Match) -> str:
    """A proposed match for a hidden control, signed for this officer: what is recorded is what was read."""
    said = [
        actor.name,
        match.deposit.id if match.deposit else "",
        _ADAPTER.dump_python(match.receipt, mode="json"),
    ]
    return str(_signer().dumps(said))


def claimed(actor: Actor, claim: str) -> tuple[str, Receipt] | None:
    """What `as_claim` said to this very officer."""
    try:
        said: Any = _signer().loads(claim)
        who, deposit_id, receipt = said
        return (deposit_id, _ADAPTER.validate_python(receipt)) if who == actor.name else None
    except (BadSignature, ValidationError, TypeError, ValueError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(runtime().settings.secret_key, salt="bank statement line")


def _match(number: int, receipt: Receipt, waiting: Sequence[Deposit]) -> Match:
    of_party = [one for one in waiting if same_name(receipt.payer, one.intent.bidder.name)]
    if not of_party:
        return Match(number, receipt, why=_l("没有待交保证金的意向方使用这个户名"))
    enough = [one for one in of_party if (receipt.received_fen or 0) >= one.due_fen]
    if not enough:
        return Match(number, receipt, why=_l("金额少于应交的保证金"))
    in_time = [one for one in enough if receipt.value_date and receipt.value_date <= last_day(one.due_at)]
    if not in_time:
        return Match(number, receipt, why=_l("起息日晚于保证金截止日"))
    exact = [one for one in in_time if one.due_fen == receipt.received_fen]
    return Match(number, receipt, (exact or in_time)[0])


def _lines(table: Table) -> Iterator[tuple[int, Receipt]]:
    places = _places(table.header)
    missing = [HEADERS[name][0] for name in NEEDED if name not in places]
    if missing:
        words = _l("缺少这些列：%(columns)s", columns=" / ".join(missing))
        raise Invalid([FieldError("file", "missing_columns", words)])
    for count, row in enumerate(table.rows):
        if count >= MOST_LINES:
            words = _l("一次最多 %(limit)s 行，请按日期拆分后上传", limit=MOST_LINES)
            raise Invalid([FieldError("file", "too_many_rows", words)])
        cells = {name: row.cells[place].strip() for name, place in places.items()}
        yield row.number, _receipt(cells)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each column is; of several headers for one thing the one named first above."""
    known = {"".join(halfwidth(text).split()).casefold(): place for place, text in enumerate(header)}
    places = {}
    for name, aliases in HEADERS.items():
        found = [known[key] for alias in aliases if (key := "".join(alias.split()).casefold()) in known]
        if found:
            places[name] = found[0]
    return places


def _receipt(cells: dict[str, str]) -> Receipt:
    return Receipt(
        payer=cells["payer"],
        account=cells["account"],
        received_fen=_fen(cells["received_fen"]),
        value_date=_day(cells["value_date"]),
        reference=cells["reference"],
        remark=cells.get("remark", ""),
    )


def _fen(text: str) -> int | None:
    try:
        return parse_yuan(text)
    except MoneyError:
        return None


def _day(text: str) -> date | None:
    """The day in `2026-03-02`, `2026/3/2`, `20260302` or `2026年3月2日`, whatever time follows it."""
    plain = halfwidth(text).strip().split(" ")[0].split("T")[0]
    for sign in "年月/.":
        plain = plain.replace(sign, "-")
    plain = plain.removesuffix("日")
    parts = plain.split("-") if "-" in plain else [plain[:4], plain[4:6], plain[6:8]]
    try:
        year, month, number = (int(part) for part in parts)
        return date(year, month, number)
    except ValueError:
        return None


def shown(match: Match) -> dict[str, Any]:
    """A line for the page; of the account number only its end."""
    said = asdict(match.receipt)
    said["account"] = f"****{match.receipt.account[-4:]}"
    return said
