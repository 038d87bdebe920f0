"""Where a trade's page is, for the concepts around it, which do not know its views."""

from flask import request


def trade_path(trade_id: str) -> str:
    """Without language, for letters."""
    return f"/trades/{trade_id}"


def trade_page(trade_id: str) -> str:
    """In the language of this request."""
    return request.script_root + trade_path(trade_id)
