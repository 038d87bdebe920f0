"""A QR code as a picture in the page itself, so that it needs neither a script nor another request."""

import segno
from markupsafe import Markup, escape


def qr_code(address: str, label: str) -> Markup:
    """An SVG of the address, read out as `label`. Error level M: a quarter of a print may be soiled."""
    code = segno.make(address, error="m", micro=False)
    width, height = code.symbol_size(border=2)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=2))
        for x, dark in enumerate(row)
        if dark
    )
    return Markup(
        '<svg class="c-qr" viewBox="0 0 {0} {1}" width="140" height="140" role="img" aria-label="{2}"'
        ' shape-rendering="crispEdges"><rect width="{0}" height="{1}" fill="#fff"/><path d="{3}" fill="#000"/></svg>'
    ).format(width, height, escape(label), path)
