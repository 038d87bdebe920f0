"""What is said about a payment: one frozen dataclass for the party's declaration and one for the bank's statement."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from listings.achievements.texts import storable, tidy
from marketplace.core.clock import local_date
from marketplace.core.errors import FieldError
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN
from marketplace.core.runtime import runtime

LONGEST_NAME = 200
LONGEST_REFERENCE = 60
LONGEST_REMARK = 200
_NOT_A_DIGIT = re.compile(r"[\s\-]+")


@dataclass(frozen=True)
class Payment:
    """What the party says it paid: from whose account, how much, on which value date."""

    payer: str = ""
    account: str = ""
    amount_fen: int | None = None
    value_date: date | None = None


@dataclass(frozen=True)
class Receipt:
    """What the bank's statement shows. `reference` is the bank's number of the entry."""

    payer: str = ""
    account: str = ""
    received_fen: int | None = None
    value_date: date | None = None
    reference: str = ""
    remark: str = ""


def payment_complaints(given: Payment, today: date) -> Iterator[FieldError]:
    yield from _common(given.payer, given.account, given.value_date, today)
    yield from _amount("amount_fen", given.amount_fen)


def receipt_complaints(given: Receipt, today: date) -> Iterator[FieldError]:
    yield from _common(given.payer, given.account, given.value_date, today)
    yield from _amount("received_fen", given.received_fen)
    if not tidy(given.reference):
        yield FieldError("reference", "required", _l("填写银行流水号"))
    for name, limit in (("reference", LONGEST_REFERENCE), ("remark", LONGEST_REMARK)):
        value = getattr(given, name)
        if len(value) > limit or not storable(value):
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))


def plain_number(text: str) -> str:
    """An account number as digits only; empty when it is none."""
    digits = _NOT_A_DIGIT.sub("", halfwidth(text))
    return digits if digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 34 else ""


def masked(text: str) -> str:
    """All that is kept readable of an account number: its last four digits."""
    return f"****{plain_number(text)[-4:]}"


def account_digest(text: str) -> str:
    """A digest under the site's key, by which two payments from one account are recognised and none is looked up."""
    key = runtime().settings.secret_key.encode()
    return hmac.new(key, f"deposit-account:{plain_number(text)}".encode(), hashlib.sha256).hexdigest()


def same_name(one: str, other: str) -> bool:
    """Are these one name, whatever the width of its brackets and the space in it?"""
    return _bare(one) == _bare(other) != ""


def last_day(due_at: datetime) -> date:
    """The last value date that is in time."""
    return local_date(due_at - timedelta(microseconds=1))


def _bare(name: str) -> str:
    return "".join(halfwidth(name).split()).casefold()


def _common(payer: str, account: str, value_date: date | None, today: date) -> Iterator[FieldError]:
    if not tidy(payer):
        yield FieldError("payer", "required", _l("填写付款户名"))
    elif len(payer) > LONGEST_NAME or not storable(payer):
        yield FieldError("payer", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NAME))
    if not plain_number(account):
        yield FieldError("account", "account", _l("填写付款账号，只含数字"))
    if value_date is None:
        yield FieldError("value_date", "required", _l("填写银行起息日"))
    elif value_date > today:
        yield FieldError("value_date", "future", _l("日期不能晚于今天"))


def _amount(name: str, fen: int | None) -> Iterator[FieldError]:
    if fen is None or not 0 < fen <= MAX_FEN:
        yield FieldError(name, "range", _l("填写大于零的金额"))
