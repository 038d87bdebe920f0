"""Downloads of lists: the catalogue for everybody, the unit's own for its people."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from listings.achievements.policy import EXPORT, READ
from listings.achievements.queries import own, published
from listings.exports.tables import table_answer
from listings.exports.walking import ids_of
from marketplace.core.i18n import gettext as _
from marketplace.web.context import current
from marketplace.web.guard import requires

exports = Blueprint("exports", __name__)


@exports.get("/achievements.<any(csv,xlsx):ending>")
@requires(READ)
def catalogue(ending: str) -> ResponseReturnValue:
    """Everything that is public now, newest first."""
    ctx = current()
    return table_answer(ctx, ids_of(ctx, published()), ending, _("科技成果"))


@exports.get("/work/achievements.<any(csv,xlsx):ending>")
@requires(EXPORT)
def own_list(ending: str) -> ResponseReturnValue:
    """The acting organisation's achievements in every state, with their newest text."""
    ctx = current()
    return table_answer(ctx, ids_of(ctx, own(ctx)), ending, _("本单位科技成果"), own=True)
