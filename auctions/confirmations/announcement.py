"""What confirmations bring to the registry."""

from flask import url_for

from auctions.confirmations.letters import LETTERS
from auctions.confirmations.notice_source import SOURCE
from auctions.confirmations.panels import confirmation_panel
from auctions.confirmations.queries import confirmation_by
from auctions.confirmations.work import work_items
from marketplace.core.context import Context
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.notice_sources[SOURCE.kind] = SOURCE
    registry.panels["trade"].append(confirmation_panel)
    registry.work.append(work_items)
    registry.letters.append(LETTERS)
    registry.paper_finders.append(_page_of)


def _page_of(ctx: Context, code: str) -> str | None:
    """The page of the confirmation that bears the code."""
    found = confirmation_by(ctx, code)
    return None if found is None else url_for("confirmations.page", trade_id=found.trade_id)
