"""The public moderation log: every decision and every answer to a report, read from the journal, newest first.

It says what was decided about what, for which reasons, how long it took, and in which roles of which zone: no person,
no free text. What never became public keeps its name for itself. Each line carries the commitment of its journal
entry, so that everybody can find it in the evidence log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from marketplace.accounts.models import Zone
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONValue
from marketplace.core.i18n import Language
from marketplace.core.journal import Entry
from marketplace.moderation.age import workdays_between
from marketplace.moderation.models import (
    DISMISSED,
    RETURN,
    TAKE_DOWN,
    UPHELD,
    AbuseReport,
    Case,
)
from marketplace.moderation.subjects import Reasons, ReviewSubject, reason_labels, subject_kinds

CASE_DECIDED, REPORT_ANSWERED = "case.decided", "report.answered"


@dataclass(frozen=True)
class LoggedReason:
    code: str
    label: str


@dataclass(frozen=True)
class LogLine:
    """One decision. `title`, `subject` and `url` are empty for what never became public.

    `working_days`: from the day after it came to the decision. `roles`: those of the officers who spoke.
    """

    at: datetime
    event: str
    kind: str
    kind_words: str
    outcome: str
    reasons: tuple[LoggedReason, ...]
    title: str
    subject: str
    url: str
    zone_id: str
    zone: str
    roles: tuple[str, ...]
    working_days: int
    commitment: str


def logged() -> Select[Entry]:
    """The entries of the log, newest first."""
    return (
        select(Entry).where(Entry.kind.in_((CASE_DECIDED, REPORT_ANSWERED))).order_by(Entry.position.desc())
    )


def log_lines(ctx: Context, entries: Sequence[Entry], language: Language) -> list[LogLine]:
    """The lines of these entries, in a few statements however many there are."""
    ids = [entry.subject for entry in entries]
    rows: dict[str, Case | AbuseReport] = {}
    rows |= {row.id: row for row in ctx.session.scalars(select(Case).where(Case.id.in_(ids))).unique()}
    reports = select(AbuseReport).where(AbuseReport.id.in_(ids))
    rows |= {row.id: row for row in ctx.session.scalars(reports).unique()}
    words = _Words(ctx, language)
    return [_line(ctx, entry, rows[entry.subject], words) for entry in entries]


class _Words:
    """Names and labels that the lines share, in one language."""

    def __init__(self, ctx: Context, language: Language) -> None:
        zones = ctx.session.scalars(select(Zone))
        self.zones = {zone.id: zone.name_en if language == "en" else zone.name for zone in zones}
        self.owners = {owner.kind: owner for owner in subject_kinds()}
        self._labels = {
            (owner.kind, outcome): reason_labels(reasons, language)
            for owner in self.owners.values()
            for outcome, reasons in _reasons_behind(owner).items()
        }

    def reasons(self, kind: str, outcome: str, given: Sequence[str]) -> tuple[LoggedReason, ...]:
        """The codes with their labels; a code that the owner has dropped since stands for itself."""
        labels = self._labels.get((kind, outcome), {})
        return tuple(LoggedReason(code, labels.get(code, code)) for code in given)


def _reasons_behind(owner: ReviewSubject) -> dict[str, Reasons]:
    """Which of the owner's lists the reasons of an outcome come from."""
    return {
        RETURN: owner.return_reasons,
        TAKE_DOWN: owner.take_down_reasons,
        UPHELD: owner.abuse_reasons,
        DISMISSED: owner.abuse_reasons,
    }


def _line(ctx: Context, entry: Entry, row: Case | AbuseReport, words: _Words) -> LogLine:
    kind, outcome, subject, zone = (str(entry.data[key]) for key in ("kind", "outcome", "subject", "zone"))
    report = isinstance(row, AbuseReport)
    title = row.subject_title if isinstance(row, AbuseReport) else row.title
    came = row.reported_at if isinstance(row, AbuseReport) else row.submitted_at
    owner = words.owners.get(kind)
    public = report or (outcome != RETURN and (owner is None or owner.shown(ctx, subject)))
    return LogLine(
        at=entry.at,
        event=entry.kind,
        kind=kind,
        kind_words=str(owner.label) if owner else kind,
        outcome=outcome,
        reasons=words.reasons(kind, outcome, _texts(entry.data["reasons"])),
        title=title if public else "",
        subject=subject if public else "",
        url=owner.url(subject) if owner and public else "",
        zone_id=zone,
        zone=words.zones.get(zone, zone),
        roles=_texts(entry.data["roles"]),
        working_days=workdays_between(local_date(came), local_date(entry.at), ctx.calendar),
        commitment=entry.commitment,
    )


def _texts(value: JSONValue) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
