"""What is written down at one moment: the journal, and the rows of every other table."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from marketplace.core.db import Base, db
from marketplace.core.journal import Entry

JOURNAL = Entry.__tablename__
#: Changes in these are no facts of the market.
TECHNICAL = {
    "throttle_hits": "counts tries; a refused one counts above all",
    "done_request": "remembers which requests were carried out, so that a repeat gets the first answer",
}
#: Which tables an entry is about, by the first word of its kind.
HOMES: dict[str, set[str]] = {
    "achievement": {
        "achievement",
        "achievement_revision",
        "achievement_assessment",
        "achievement_confidential_access",
        "number_series",
    },
    "case": {"moderation_case", "moderation_voice"},
    "decision": {"decision"},
    "deposit": {"trade_deposit", "trade_intent", "number_series"},
    "disclosure": {
        "disclosure",
        "disclosure_assessment",
        "disclosure_completer",
        "disclosure_decision",
        "number_series",
    },
    "grant": {"rights_grant", "grant_completer", "number_series"},
    "intent": {"trade_intent"},
    "import": {"import_job", "import_row"},
    "membership": {"membership", "role_proposal", "mail_link", "user_account"},
    "notice": {
        "notice",
        "notice_edition",
        "notice_spell",
        "notice_capture",
        "notice_gap",
        "notice_certificate",
        "notice_observation",
        "objection",
        "objection_statement",
        "objection_supplement",
        "number_series",
    },
    "organisation": {"organisation"},
    "plan": {"plan", "number_series"},
    "recovery": {"mail_link"},
    "report": {"abuse_report", "number_series"},
    "token": {"api_token"},
    "trade": {
        "trade",
        "trade_confirmation",
        "trade_gate",
        "trade_intent",
        "trade_offer",
        "trade_priority_holder",
        "trade_question",
        "trade_spell",
        "trade_supplement",
        "number_series",
    },
    "unit_rules": {"unit_rules"},
    "user": {"user_account", "log_in", "mail_link"},
    "zone": {"zone", "notice_zone_term", "grant_zone_minimum"},
}
#: Made from the journal afterwards, by the worker; no request but a reader's own touches them.
DERIVED = {
    "message",
    "mail_record",
    "relay_cursor",
    "relay_parked",
    "log_node",
    "log_checkpoint",
    "log_stamp",
}
#: The writers' lock.
LOCK = "journal_head"

Rows = tuple[str, ...]


@dataclass(frozen=True)
class Books:
    """The kinds of all journal entries, oldest first, and the rows of all other tables."""

    entries: tuple[str, ...]
    tables: dict[str, Rows]

    def added_since(self, before: "Books") -> tuple[str, ...]:
        """The kinds of the entries appended; whatever came before must be as it was."""
        assert self.entries[: len(before.entries)] == before.entries
        return self.entries[len(before.entries) :]

    def changed_since(self, before: "Books") -> frozenset[str]:
        """The tables that hold something else now, the journal apart."""
        return frozenset(name for name, rows in self.tables.items() if rows != before.tables[name])


def books(app: Flask) -> Books:
    """Everything that is committed now."""
    with app.app_context():
        tables = {
            name: _rows(db.session.execute(select(table)))
            for name, table in Base.metadata.tables.items()
            if name != JOURNAL
        }
        kinds = db.session.scalars(select(Entry.kind).order_by(Entry.position))
        return Books(tuple(kinds), tables)


def _rows(found: Iterable[object]) -> Rows:
    return tuple(sorted(repr(row) for row in found))
