"""The list of rights (权利清单) that a plan prices, a grant parts and a trade sells: one shape for all three."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from listings.classification import codes
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l

MOST_RIGHTS = 40
LONGEST_PART = 200  # characters of a number or a name
#: Kinds that no register knows, so that they have no number.
UNREGISTERED = frozenset({"trade_secret", "know_how"})
_SEPARATORS = re.compile(r"[;；,，、/\n]+")


@dataclass(frozen=True)
class ListedRight:
    """A right in the list. `kind` of `ip_kinds`; `holder` as registered, several separated by semicolons."""

    kind: str = ""
    number: str = ""
    holder: str = ""


def shape_complaints(rights: Sequence[ListedRight]) -> Iterator[FieldError]:
    """What may not even be saved, by the field `rights` and its parts."""
    if len(rights) > MOST_RIGHTS:
        yield FieldError("rights", "too_many", _l("最多 %(limit)s 项", limit=MOST_RIGHTS))
    for place, right in enumerate(rights):
        if right.kind not in codes("ip_kinds"):
            yield FieldError(f"rights.{place}.kind", "unknown_code", _l("选择权利类型"))
        for part in ("number", "holder"):
            if len(getattr(right, part)) > LONGEST_PART:
                words = _l("不超过 %(limit)s 个字", limit=LONGEST_PART)
                yield FieldError(f"rights.{place}.{part}", "too_long", words)


def missing_complaints(rights: Sequence[ListedRight]) -> Iterator[FieldError]:
    """Rights without the number or the holder that they need."""
    for place, right in enumerate(rights):
        if right.kind not in UNREGISTERED and not right.number.strip():
            yield FieldError(f"rights.{place}.number", "required", _l("填写登记号、专利号或申请号"))
        if not right.holder.strip():
            yield FieldError(f"rights.{place}.holder", "required", _l("填写权利人"))


def co_owners(rights: Sequence[ListedRight], holder: str) -> tuple[str, ...]:
    """Whoever else than the holder is named as holder of a right, each once."""
    named = (name.strip() for right in rights for name in _SEPARATORS.split(right.holder))
    return tuple(dict.fromkeys(name for name in named if name and name != holder))
