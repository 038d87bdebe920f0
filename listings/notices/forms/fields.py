"""Controls of these forms: a Beijing date and time that keeps what was typed."""

from datetime import datetime
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import Words
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l

_SHAPES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


class MomentField(StringField):  # type: ignore[misc]
    """An instant, typed as Beijing time. `instant` is None until it is understood."""

    instant: datetime | None = None

    def __init__(self, label: Words, **options: Any) -> None:
        super().__init__(label, description=_l("北京时间，如 2026-11-24 09:30"), **options)

    def _value(self) -> str:
        if isinstance(self.data, datetime):
            return f"{self.data.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        return str(self.data or "")

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        typed = halfwidth(str(self.data or "")).strip().replace("/", "-")
        if not typed:
            return
        for shape in _SHAPES:
            try:
                self.instant = datetime.strptime(typed, shape).replace(tzinfo=SHANGHAI)
            except ValueError:
                continue
            return
        raise ValidationError(_("按“2026-11-24 09:30”的格式填写"))
