"""Steps of a timeline, as the component of that name shows them."""

from dataclasses import dataclass

DONE, CURRENT, TODO, SKIPPED, FAILED = "done", "current", "todo", "skipped", "failed"


@dataclass(frozen=True)
class Node:
    """A step. `state` of the component: done, current, todo, skipped, failed; `date` is text."""

    label: str
    state: str
    date: str = ""
    note: str = ""
