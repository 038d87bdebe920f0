"""The way to the imports, for those who may bring achievements in; and what waits for them there."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from listings.imports.models import CHECKED, MAPPED, UPLOADED, ImportJob
from listings.imports.policy import IMPORT, MANAGE
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

_WAITING = (UPLOADED, MAPPED, CHECKED)
_MOST = 20


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """For the registry."""
    return [(url_for("imports.listed"), _("批量导入"))] if IMPORT.possible(ctx.actor) else []


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """Files that this person sent and that wait for the next step."""
    query = (
        select(ImportJob)
        .where(
            MANAGE.clause(ctx.actor, ImportJob),
            ImportJob.created_by == ctx.actor.user_id,
            ImportJob.state.in_(_WAITING),
        )
        .order_by(ImportJob.updated_at.desc())
        .limit(_MOST)
    )
    return [
        WorkItem(
            _("查看试算结果并导入") if job.state == CHECKED else _("核对导入文件的列"),
            job.name,
            url_for("imports.job", job_id=job.id),
        )
        for job in ctx.session.scalars(query)
    ]
