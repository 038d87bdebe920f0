"""The notifications tests use the people and the mailbox of the accounts tests."""

from tests.accounts.conftest import journal, known, mailbox

__all__ = ["journal", "known", "mailbox"]
