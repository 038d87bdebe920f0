"""Marks of the sections of an achievement's text: was this very section changed since the page was made?"""

from listings import marks
from listings.achievements.models import Revision
from listings.achievements.written import ACHIEVEMENT
from marketplace.core.db import JSONObject


def mark_of(revision: Revision, section: str) -> str:
    """The mark of the section as it is stored."""
    return marks.mark_of(ACHIEVEMENT, revision, section)


def fresh(revision: Revision, section: str, mark: str, changes: JSONObject, typed: JSONObject) -> bool:
    """May `changes` and `typed` be saved by whoever began from `mark`?"""
    return marks.fresh(ACHIEVEMENT, revision, section, mark, changes, typed)
