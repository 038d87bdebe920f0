"""The message at the end of an import, to the person who began it."""

from collections.abc import Sequence

from listings.imports.keeping import counted
from listings.imports.models import COMPLETE, DUPLICATE, IN_REVIEW, INCOMPLETE, REFUSED, UPDATED, ImportJob
from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.registry import Letter, LetterBuilder

FINISHED, FAILED = "import.finished", "import.failed"


def ended(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """How many rows went in and how many did not; for a file that could not be read, that it could not."""
    job = ctx.session.get(ImportJob, entry.subject)
    if job is None:
        return ()
    title = _l("“%(name)s”已导入", name=job.name)
    body = _l(
        "导入 %(made)s 行，其中 %(drafts)s 行为待补齐的草稿；重复 %(same)s 行；不能导入 %(refused)s 行",
        made=counted(job, COMPLETE, INCOMPLETE, IN_REVIEW, UPDATED),
        drafts=counted(job, INCOMPLETE),
        same=counted(job, DUPLICATE),
        refused=counted(job, REFUSED),
    )
    if entry.kind == FAILED:
        title = _l("“%(name)s”未能导入完", name=job.name)
    url = path_to("imports.job", job_id=job.id)
    return (Letter(user_id=job.created_by, title=title, body=body, url=url, mail=False),)


LETTERS = LetterBuilder((FINISHED, FAILED), ended)
