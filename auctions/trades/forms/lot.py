"""The controls of a lot, which every procedure shares, and how a trade's text gets in and out of a form."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from auctions.regimes import NATURES, Nature
from auctions.trades.forms.controls import LIKE_A_DATE, LinesField, WordField
from auctions.trades.labels import FIELDS
from auctions.trades.lot import LONGEST
from listings.achievements.forms.fields import CodeField, DayField, YesNoField, line, text
from listings.achievements.forms.parts import PartForm, PartsField
from listings.content_form import ContentForm
from listings.rights import MOST_RIGHTS
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import options


class RightForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = line(_l("编号"))
    holder = line(_l("权利人"))


class LotForm(ContentForm):
    """What is sold, by whom."""

    needed = frozenset({"rights", "mode", "nature", "insiders", "contact"})

    rights = PartsField(RightForm, FIELDS["rights"], MOST_RIGHTS, description=_l("逐项列出，可以增减"))
    mode = CodeField(FIELDS["mode"], "transfer_modes")
    scope = text(FIELDS["scope"], LONGEST["scope"], _l("许可的地域、期限和使用方式；转让的不填"), 3)
    nature = WordField(FIELDS["nature"], choices=[])
    body = line(FIELDS["body"], _l("企业填写，如董事会、总经理办公会；有转化方案的不填"))
    resolution = line(FIELDS["resolution"])
    decided_on = DayField(FIELDS["decided_on"], description=LIKE_A_DATE)
    contact = line(FIELDS["contact"], _l("公开显示，填写部门和电话"))
    matters = text(
        FIELDS["matters"], LONGEST["matters"], _l("质押、许可、诉讼、实施条件等受让方须知的事项"), 4
    )
    insiders = YesNoField(FIELDS["insiders"], description=_l("参与受让的在交易页上标明"))
    related = text(FIELDS["related"], LONGEST["related"], _l("参与受让的才填写"), 2)

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        language = current_language()
        named = [(nature, NATURES[nature].text(language)) for nature in Nature]
        self.nature.choices = options([("", _l("请选择")), *named])

    def show_trade(self, *said: Any) -> None:
        """Put the values of the lot and of the terms into the controls."""
        for field in self.controls():
            holder = next(one for one in said if hasattr(one, field.short_name))
            _fill(field, getattr(holder, field.short_name))
        self.offer_more()

    def complain(self, invalid: Invalid) -> None:
        """A complaint about a row of texts goes to its only control."""
        super().complain(Invalid(self._to_control(error) for error in invalid.errors))

    def _to_control(self, error: FieldError) -> FieldError:
        field = self._fields.get(error.field.partition(".")[0])
        rows = isinstance(field, LinesField) and "." in error.field
        return FieldError(f"{error.field}.text", error.code, error.message) if rows else error


def _fill(field: Any, value: Any) -> None:
    if isinstance(field, PartsField):
        field.process(None, [_row(part) for part in value])
    else:
        field.process_data(value)


def _row(part: Any) -> Mapping[str, Any]:
    return asdict(part) if is_dataclass(part) and not isinstance(part, type) else {"text": part}
