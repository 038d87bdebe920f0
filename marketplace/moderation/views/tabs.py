"""Tabs over the states of a list, kept in the address."""

from collections.abc import Mapping, Sequence

from flask import request, url_for

from marketplace.moderation import words

Tab = tuple[str, str, bool, int | None]


def chosen_tab(offered: Sequence[str]) -> str:
    """The state that the address asks for; the first one for anything unknown."""
    asked = request.args.get("state", "")
    return asked if asked in offered else offered[0]


def tabs(
    endpoint: str, offered: Sequence[str], chosen: str, numbers: Mapping[str, int], kind: str = ""
) -> list[Tab]:
    """(address, text, chosen, number or none) for each state; `kind` is kept in the address."""
    return [
        (
            url_for(endpoint, state=None if state == offered[0] else state, kind=kind or None),
            str(words.TABS[state]),
            state == chosen,
            numbers.get(state),
        )
        for state in offered
    ]
