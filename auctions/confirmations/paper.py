"""The deal confirmation on paper (成交确认书): the same bytes whenever it is asked for."""

from importlib.resources import files

from auctions.awards import how_words
from auctions.confirmations.models import Confirmation
from auctions.trades.kinds import procedure_of
from auctions.trades.lot import lot_from
from listings.classification import label
from marketplace.accounts.addresses import path_to, public_address
from marketplace.accounts.models import Zone
from marketplace.core.context import Context
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.i18n import speaking
from marketplace.core.money import format_fen
from marketplace.core.money_words import uppercase_fen
from marketplace.core.paper_codes import shown_code
from marketplace.core.runtime import runtime
from marketplace.core.typeset import pdf
from marketplace.web.filters import second
from marketplace.web.qr import qr_picture


def confirmation_pdf(ctx: Context, confirmation: Confirmation) -> bytes:
    """In Chinese, as it counts."""
    with speaking("zh"):
        template = (
            files("auctions.confirmations").joinpath("data/confirmation.typ").read_text(encoding="utf-8")
        )
        address = verification_address(confirmation)
        told = _facts(ctx, confirmation, address)
        return pdf(template, told, confirmation.confirmed_at, {"qr": qr_picture(address)})


def verification_address(confirmation: Confirmation) -> str:
    """Where the QR code leads."""
    return public_address(path_to("verification.page", code=shown_code(confirmation.code)))


def _facts(ctx: Context, confirmation: Confirmation, address: str) -> JSONObject:
    trade = confirmation.trade
    lot = lot_from(trade.lot)
    rights: list[JSONValue] = [
        [label("ip_kinds", right.kind, "zh"), right.number, right.holder] for right in lot.rights
    ]
    zone = ctx.session.get_one(Zone, trade.zone_id)
    return {
        "number": confirmation.number,
        "code": shown_code(confirmation.code),
        "trade": trade.number,
        "title": trade.title,
        "mode": label("transfer_modes", lot.mode, "zh") if lot.mode else "",
        "rights": rights,
        "seller": trade.holder.name,
        "buyer": confirmation.buyer_name,
        "procedure": procedure_of(trade.kind).words.text("zh"),
        "floor": format_fen(trade.price_fen or 0, "zh", "full"),
        "price": format_fen(confirmation.price_fen, "zh", "full"),
        "capitals": uppercase_fen(confirmation.price_fen),
        "how": how_words(confirmation.how).text("zh"),
        "rules": trade.rules,
        "at": second(confirmation.confirmed_at),
        "zone": zone.name,
        "site": runtime().settings.site_name,
        "content": trade.digest,
        "protocol": confirmation.digest,
        "protocol_address": public_address(path_to("protocols.file", trade_id=trade.id)),
        "address": address,
    }
