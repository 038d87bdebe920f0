"""Names of states and outcomes, for pages, programs and the command."""

from collections.abc import Sequence

from listings.imports.models import (
    CANCELLED,
    CHECKED,
    CHECKING,
    COMPLETE,
    DONE,
    DUPLICATE,
    EXAMPLE,
    FAILED,
    IN_REVIEW,
    INCOMPLETE,
    MAPPED,
    REFUSED,
    RUNNING,
    UNCHANGED,
    UPDATED,
    UPLOADED,
    ImportJob,
)
from listings.imports.notes import Weight
from marketplace.core.db import JSONObject
from marketplace.core.errors import Words
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_pgettext as _lp

#: State → (word, tone of its tag).
STATES: dict[str, tuple[Words, str]] = {
    UPLOADED: (_lp("导入状态", "待对应列"), "info"),
    MAPPED: (_lp("导入状态", "待检查"), "info"),
    CHECKING: (_lp("导入状态", "检查中"), "warn"),
    CHECKED: (_lp("导入状态", "待导入"), "info"),
    RUNNING: (_lp("导入状态", "导入中"), "warn"),
    DONE: (_lp("导入状态", "已完成"), "ok"),
    FAILED: (_lp("导入状态", "未能完成"), "bad"),
    CANCELLED: (_lp("导入状态", "已取消"), ""),
}
OUTCOMES: dict[str, tuple[Words, str]] = {
    COMPLETE: (_lp("导入结果", "完整草稿"), "ok"),
    INCOMPLETE: (_lp("导入结果", "待补齐草稿"), "warn"),
    IN_REVIEW: (_lp("导入结果", "提交审核"), "ok"),
    UPDATED: (_lp("导入结果", "更新"), "ok"),
    UNCHANGED: (_lp("导入结果", "内容相同"), ""),
    DUPLICATE: (_lp("导入结果", "重复"), "warn"),
    REFUSED: (_lp("导入结果", "不能导入"), "bad"),
    EXAMPLE: (_lp("导入结果", "示例行"), ""),
}


def said(note: JSONObject) -> str:
    """A kept note in the language of the page, with the column it is about."""
    words = str(note["en"] if current_language() == "en" else note["zh"])
    column = str(note["column"])
    return _("%(column)s：%(words)s", column=column, words=words) if column else words


def complaint_line(number: int, notes: Sequence[JSONObject]) -> str:
    """What is wrong with a row, in one text: for the table of failed rows and the command."""
    errors = [said(note) for note in notes if note["weight"] == Weight.ERROR]
    return _("第 %(row)s 行", row=number) + " · " + _("；").join(errors)


def reason_of(job: ImportJob) -> str:
    """Why a job failed."""
    return str(job.reason.get("en" if current_language() == "en" else "zh", ""))
