"""The form of a unit's rules."""

import re
from decimal import Decimal
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from listings.achievements.forms.fields import CodeField, DayField, WanField, line, text
from listings.achievements.forms.parts import PartForm, PartsField
from listings.content_form import ContentForm
from listings.unit_rules.labels import FIELDS
from listings.unit_rules.rules import LONGEST, MOST_TIERS, REQUIRED
from marketplace.core.db import JSONValue
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%?")
_LIKE_A_DATE = _l("如 2024-06-30")


class PercentField(StringField):  # type: ignore[misc]
    """A percentage with at most two decimals, or nothing. Kept as basis points."""

    @property
    def kept(self) -> JSONValue:
        return self._points()

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else f"{Decimal(value) / 100:f}"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            self._points()
        except ValueError as error:
            raise ValidationError(_("填写百分数，最多两位小数")) from error

    def _points(self) -> int | None:
        typed = "".join(halfwidth(str(self.data or "")).split())
        if not typed:
            return None
        found = _PERCENT.fullmatch(typed)
        if found is None:
            raise ValueError("not a percentage")
        return int(Decimal(found[1]) * 100)


class TierForm(PartForm):
    needed = "body"

    up_to_fen = WanField(_l("低于"), description=_l("单位万元，最后一级不填"))
    body = line(_l("决策机构"), _l("如 校长办公会"))


class RulesForm(ContentForm):
    """单位制度"""

    needed = frozenset(REQUIRED)

    title = line(FIELDS["title"])
    document_number = line(FIELDS["document_number"])
    adopted_on = DayField(FIELDS["adopted_on"], description=_LIKE_A_DATE)
    consulted_on = DayField(FIELDS["consulted_on"], description=_LIKE_A_DATE)
    consultation = text(
        FIELDS["consultation"], LONGEST["consultation"], _l("如教职工代表大会审议、公开征求意见"), 3
    )
    objection_procedure = text(
        FIELDS["objection_procedure"],
        LONGEST["objection_procedure"],
        _l("写明向谁提出、怎样受理、谁来调查、多久答复、不服怎么办"),
        10,
    )
    notice_url = line(FIELDS["notice_url"], _l("本单位网站上发布公示的网页，是公示的单位渠道"))
    tiers = PartsField(
        TierForm, FIELDS["tiers"], MOST_TIERS, description=_l("金额上限由低到高填写，最后一级不填上限")
    )
    related_route = CodeField(FIELDS["related_route"], "related_routes")
    grant_share_min_bp = PercentField(
        FIELDS["grant_share_min_bp"], description=_l("赋予完成人所有权时完成人的最低份额，单位 %")
    )
