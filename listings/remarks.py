"""Why something was returned, withdrawn or ended: a remark that its readers need."""

from listings.achievements.texts import storable
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l

LONGEST_NOTE = 500


def checked_note(note: str) -> str:
    """The remark without white space around it. Raises Invalid for none, or one that cannot be kept."""
    errors = []
    if not note.strip():
        errors.append(FieldError("note", "required", _l("说明原因")))
    if len(note) > LONGEST_NOTE:
        errors.append(FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NOTE)))
    if not storable(note):
        errors.append(FieldError("note", "unstorable", _l("含有无法保存的控制字符，请删除后再提交")))
    if errors:
        raise Invalid(errors)
    return note.strip()
