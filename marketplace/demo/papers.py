"""Papers of the demonstration: a page that says what it stands for, and that it is none."""

import io

import pikepdf

from marketplace.core.runtime import runtime
from marketplace.core.uploads.keeping import Kept


def paper(name: str, line: str) -> Kept:
    """A PDF with one line of ASCII, kept; the fonts that every reader has know no Chinese."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = document.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        said = pikepdf.String(f"{line} Demonstration, no legal effect.").unparse()
        page.Contents = document.make_stream(b"BT /F1 14 Tf 72 700 Td " + said + b" Tj ET")
        document.save(written, deterministic_id=True)
    content = written.getvalue()
    kept = runtime().files.put(content)
    return Kept(kept.digest, name, "application/pdf", kept.size, image=False)
