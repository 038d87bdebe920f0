"""The form of an act that needs a reason."""

from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import text
from listings.remarks import LONGEST_NOTE
from marketplace.core.i18n import lazy_gettext as _l


class NoteForm(ActForm):
    note = text(_l("原因"), LONGEST_NOTE, rows=3)
