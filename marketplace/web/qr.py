"""A QR code as a picture in the page itself, so that it needs neither a script nor another request; and for papers."""

import segno
from markupsafe import Markup, escape


def qr_code(address: str, label: str) -> Markup:
    """An SVG of the address, read out as `label`."""
    size, path = _drawn(address)
    return Markup(
        '<svg class="c-qr" viewBox="0 0 {0} {0}" width="140" height="140" role="img" aria-label="{1}"'
        ' shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>'
    ).format(size, escape(label), path)


def qr_picture(address: str) -> str:
    """The same as a file of its own."""
    size, path = _drawn(address)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}" fill="#000"/></svg>'


def _drawn(address: str) -> tuple[int, str]:
    """Its size in modules and the path of the dark ones. Error level M: a quarter of a print may be soiled."""
    code = segno.make(address, error="m", micro=False)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=2))
        for x, dark in enumerate(row)
        if dark
    )
    return int(code.symbol_size(border=2)[0]), path
