"""Checks of what people type, shared by the commands of this package. Complaints are gathered and raised together."""

import re

from marketplace.core.errors import FieldError, Invalid, Words
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l

# RFC 5321 lengths; the local part as browsers check it, the domain in its ASCII form.
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")
EMAIL_LENGTH = 254
# Tab and newline may stand in a long text; no other control character, no half of a surrogate pair, and nothing that
# turns the reading direction.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANK = re.compile(r"\s+")
# Personal data does not belong on public pages: mobile and resident identity numbers, however they are spaced.
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


class Checks:
    """Complaints about one input. `settle` raises Invalid if there are any."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def complain(self, field: str, code: str, message: Words) -> None:
        self.errors.append(FieldError(field, code, message))

    def complained(self, field: str) -> bool:
        return any(error.field == field for error in self.errors)

    def settle(self) -> None:
        if self.errors:
            raise Invalid(self.errors)

    def line(self, field: str, typed: str, most: int, missing: Words | None = None) -> str:
        """`typed` on one line, without blanks around it; at most `most` characters. `missing` asks for it when empty."""
        return self._sized(field, _BLANK.sub(" ", self._plain(field, typed, most)).strip(), most, missing)

    def text(self, field: str, typed: str, most: int, missing: Words | None = None) -> str:
        """`typed` with its line breaks, written the same way on every system."""
        plain = self._plain(field, typed, most).replace("\r\n", "\n").replace("\r", "\n")
        return self._sized(field, plain.strip(), most, missing)

    def email(self, field: str, typed: str) -> str:
        """The address in lower case and half width."""
        if len(typed) > 2 * EMAIL_LENGTH:
            self.complain(field, "length", _l("邮箱地址过长"))
            return ""
        address = halfwidth(typed).strip().lower()
        if not address:
            self.complain(field, "missing", _l("填写邮箱地址"))
        elif len(address) > EMAIL_LENGTH or not _EMAIL.fullmatch(address):
            self.complain(field, "email", _l("填写完整的邮箱地址，例如 name@example.cn"))
        return address

    def impersonal(self, field: str, text: str) -> None:
        """Nothing public may hold a mobile or identity number."""
        if _PERSONAL.search(re.sub(r"[ \-]", "", halfwidth(text))):
            self.complain(
                field, "personal", _l("此处内容会公开，请填写单位座机或邮箱，不要填写手机号或身份证号")
            )

    def _plain(self, field: str, typed: str, most: int) -> str:
        text = typed[: 4 * most]  # far too long is too long, without looking at all of it
        if _CONTROL.search(text.replace("\r", "\n")):
            self.complain(field, "characters", _l("含有无法显示的字符，请重新输入"))
            return _CONTROL.sub("", text)
        return text

    def _sized(self, field: str, text: str, most: int, missing: Words | None) -> str:
        if len(text) > most:
            self.complain(field, "length", _l("最多 %(most)s 个字", most=most))
        if not text and missing is not None and not self.complained(field):
            self.complain(field, "missing", missing)
        return text
