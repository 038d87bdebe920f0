"""Tables of imports: the job with its file, and what became of each row."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.core.db import Base, JSONObject

UPLOADED, MAPPED, CHECKING, CHECKED, RUNNING, DONE, FAILED, CANCELLED = (
    "uploaded",
    "mapped",
    "checking",
    "checked",
    "running",
    "done",
    "failed",
    "cancelled",
)
#: Who carries a job out: the site's worker, or a command at a terminal.
WORKER, COMMAND = "worker", "command"

#: What becomes of a row. Before the import is run it says what would.
COMPLETE, INCOMPLETE, IN_REVIEW, UPDATED, UNCHANGED, DUPLICATE, REFUSED, EXAMPLE = (
    "complete",  # a draft that may be submitted
    "incomplete",  # a draft that lacks something
    "submitted",
    "updated",
    "unchanged",
    "duplicate",
    "failed",
    "example",
)
OUTCOMES = (COMPLETE, INCOMPLETE, IN_REVIEW, UPDATED, UNCHANGED, DUPLICATE, REFUSED, EXAMPLE)


class ImportJob(Base):
    """One file on its way in. `position` counts the rows that are settled; `rows` is how many there are, once known.

    `mapping` is header → column name, empty for a column that is left out; `defaults` is column name → text. `counts`
    is outcome → number. `go_on`: run as soon as it is checked. `reason` says in both languages why it failed.
    """

    __tablename__ = "import_job"
    __table_args__ = (Index("ix_import_job_org_id_created_at", "org_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str] = mapped_column(String(12), default=UPLOADED)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    header: Mapped[list[str]] = mapped_column(JSON)
    sample: Mapped[list[list[str]]] = mapped_column(JSON)
    mapping: Mapped[JSONObject] = mapped_column(default=dict)
    defaults: Mapped[JSONObject] = mapped_column(default=dict)
    review_document: Mapped[str] = mapped_column(String(80), default="")
    update: Mapped[bool] = mapped_column(default=False)
    submit: Mapped[bool] = mapped_column(default=False)
    all_or_nothing: Mapped[bool] = mapped_column(default=False)
    go_on: Mapped[bool] = mapped_column(default=False)
    runner: Mapped[str] = mapped_column(String(8), default=WORKER)
    rows: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    counts: Mapped[JSONObject] = mapped_column(default=dict)
    report_digest: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[JSONObject] = mapped_column(default=dict)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    holder: Mapped[Organisation] = relationship(lazy="joined")


class ImportRow(Base):
    """What became of a row. While a job is only checked, rows with nothing to say are not kept.

    `notes` are lists of weight, code, column, value, words in both languages, and the achievement meant if any.
    """

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_job_id_outcome", "job_id", "outcome"),)

    job_id: Mapped[str] = mapped_column(ForeignKey("import_job.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200), default="")
    achievement_id: Mapped[str | None] = mapped_column(String(30), index=True)
    notes: Mapped[list[JSONObject]] = mapped_column(JSON, default=list)
