"""Letters of moderation: somebody with an account who reported something is told the answer."""

from collections.abc import Sequence

from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.registry import Letter, LetterBuilder
from marketplace.moderation.models import AbuseReport


def answered(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To the reporter. Somebody without an account follows the receipt's page."""
    report = ctx.session.get(AbuseReport, entry.subject)
    if report is None or report.reported_by is None:
        return ()
    letter = Letter(
        user_id=report.reported_by,
        title=_l("你的举报 %(number)s 已有答复", number=report.number),
        body=_l("举报对象：%(title)s", title=report.subject_title),
        url=path_to("reporting.receipt", report_id=report.id),
    )
    return (letter,)


LETTERS = LetterBuilder(("report.answered",), answered)
