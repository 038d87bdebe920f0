"""What a trade says besides the terms of its procedure: one frozen dataclass that form and API fill alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from auctions.regimes import Nature
from listings.achievements.texts import storable
from listings.classification import codes
from listings.rights import ListedRight, missing_complaints
from listings.rights import shape_complaints as right_shapes
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Words
from marketplace.core.i18n import lazy_gettext as _l

LONGEST = {"scope": 2_000, "matters": 4_000, "related": 1_000, "contact": 200, "resolution": 80, "body": 60}


@dataclass(frozen=True)
class Lot:
    """What is sold, by whom. Empty values mean: not filled in.

    `mode` of `transfer_modes`; `scope`: of a licence its territory, term and kind of use. `nature` is what the seller is
    (`Nature`). `matters`: what a buyer must know (重大事项). `insiders` is `yes` when completers or leaders of the seller
    take part as buyers, and `related` says who is related to whom. `body`, `resolution` and `decided_on` are the internal
    decision of a seller that has no plan on this platform.
    """

    rights: tuple[ListedRight, ...] = ()
    mode: str = ""
    scope: str = ""
    nature: str = ""
    matters: str = ""
    insiders: str = ""
    related: str = ""
    contact: str = ""
    body: str = ""
    resolution: str = ""
    decided_on: date | None = None


_ADAPTER = TypeAdapter(Lot)


def lot_json(lot: Lot) -> JSONObject:
    """As stored, hashed and published."""
    dumped: JSONObject = _ADAPTER.dump_python(lot, mode="json")
    return dumped


def lot_from(stored: JSONObject) -> Lot:
    """The lot of a stored trade. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)


def shape_complaints(lot: Lot) -> Iterator[FieldError]:
    """What may not even be saved."""
    for name, value in lot_json(lot).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        if len(getattr(lot, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    yield from right_shapes(lot.rights)
    if lot.mode and lot.mode not in codes("transfer_modes"):
        yield FieldError("mode", "unknown_code", _l("选择转化方式"))
    if lot.nature and lot.nature not in set(Nature):
        yield FieldError("nature", "unknown_code", _l("选择出让方性质"))
    if lot.insiders not in {"", "yes", "no"}:
        yield FieldError("insiders", "unknown_code", _l("选择是或否"))


def submission_complaints(lot: Lot, holder_kind: str, today: date) -> Iterator[FieldError]:
    """What is missing or contradictory before the host looks at it."""
    yield from shape_complaints(lot)
    for name, words in _required(lot, holder_kind):
        if not getattr(lot, name):
            yield FieldError(name, "required", words)
    yield from missing_complaints(lot.rights)
    if holder_kind == UNIVERSITY and lot.nature == Nature.STATE_ENTERPRISE:
        yield FieldError("nature", "contradiction", _l("高等院校和科研机构不是企业"))
    if holder_kind != UNIVERSITY and lot.nature == Nature.STATE_INSTITUTION:
        yield FieldError("nature", "contradiction", _l("企业不是国家设立的研究开发机构或高等院校"))
    if lot.decided_on is not None and lot.decided_on > today:
        yield FieldError("decided_on", "future", _l("日期不能晚于今天"))


def _required(lot: Lot, holder_kind: str) -> Iterator[tuple[str, Words]]:
    yield "rights", _l("列出至少一项权利")
    yield "mode", _l("选择转化方式")
    yield "nature", _l("选择出让方性质")
    yield "insiders", _l("选择是或否")
    yield "contact", _l("填写联系方式")
    if lot.mode.startswith("licence"):
        yield "scope", _l("写明许可的地域、期限和使用方式")
    if lot.insiders == "yes":
        yield "related", _l("写明谁参与受让、与谁有什么关系")
    if holder_kind != UNIVERSITY and lot.nature == Nature.STATE_ENTERPRISE:
        yield "body", _l("填写作出决策的机构")
        yield "resolution", _l("填写决议文号")
        yield "decided_on", _l("填写决策日期")
