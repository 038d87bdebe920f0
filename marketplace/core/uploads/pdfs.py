"""PDF files: every object is looked at, indirect or inside another, for anything that acts, embeds or submits."""

from pathlib import Path

import pikepdf

from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal

# ISO 32000-2: actions (12.6.4), embedded files (7.11.4), multimedia (13), XFA forms (annex K). Structure elements may
# bear any name (14.7.3), so words that are also words of a language count as a type only, not as a key.
_ACTIVE = frozenset({
    "/JavaScript", "/JS", "/AA", "/Launch", "/SubmitForm", "/ImportData", "/XFA", "/GoToE", "/GoToR",
    "/RichMedia", "/RichMediaContent", "/RichMediaExecute", "/Rendition", "/GoTo3DView",
})  # fmt: skip
_ACTIVE_TYPES = _ACTIVE | {"/Movie", "/Sound", "/Screen", "/3D"}
_EMBEDDED = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment"})
_TYPE_KEYS = frozenset({"/S", "/Type", "/Subtype"})
_OPENING = "/OpenAction"
_JUMP = "/GoTo"


# Complaints of qpdf about flaws that hide nothing: page attributes it fills in, and a wrong count of objects.
_HARMLESS = ("repairing", "reported number of objects")
_LIMIT = "memory limit exceeded"


def inspect_pdf(path: Path, limits: Limits) -> int:
    """The number of pages. Raises Refusal for passwords, too many pages or objects, and active or embedded content.

    Sets limits that hold for the whole process, so it is for the inspecting process only.
    """
    most = limits.max_pdf_stream
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, tiff_max_memory=most, run_length_max_memory=most
    )
    try:
        with pikepdf.open(path) as document:
            # Records are kept for decades and read by others; even a password for printing only stands in the way.
            if document.is_encrypted:
                raise Refusal(Reason.ENCRYPTED)
            pages = _check_pages(document, limits)
            for count, item in enumerate(document.objects):
                if count > limits.max_objects:
                    raise Refusal(Reason.TOO_COMPLEX)
                _walk(item, limits.max_pdf_depth)
            _walk(document.trailer, limits.max_pdf_depth)
            _check_warnings(document)
    except pikepdf.PasswordError:
        raise Refusal(Reason.ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError):
        raise Refusal(Reason.UNREADABLE) from None
    return pages


def _check_pages(document: pikepdf.Pdf, limits: Limits) -> int:
    pages = len(document.pages)
    if not pages:
        raise Refusal(Reason.UNREADABLE)
    if pages > limits.max_pages:
        raise Refusal(Reason.PAGES)
    return pages


def _check_warnings(document: pikepdf.Pdf) -> None:
    """What qpdf could not read it replaces by null; another reader may see a script in the same place."""
    for warning in map(str, document.get_warnings()):
        if _LIMIT in warning:
            raise Refusal(Reason.TOO_COMPLEX)
        if not any(flaw in warning for flaw in _HARMLESS):
            raise Refusal(Reason.UNREADABLE)


def _walk(item: object, left: int) -> None:
    """Look at one object and at what lies directly in it; indirect objects come up on their own."""
    if left < 0:
        raise Refusal(Reason.TOO_COMPLEX)
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            _judge(key, _ACTIVE)
            if key in _TYPE_KEYS and isinstance(value, pikepdf.Name):
                _judge(str(value), _ACTIVE_TYPES)
            if key == _OPENING and isinstance(value, pikepdf.Dictionary) and value.get("/S") != _JUMP:
                raise Refusal(Reason.ACTIVE)
            _descend(value, left)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            _descend(value, left)


def _descend(value: object, left: int) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _walk(value, left - 1)


def _judge(name: str, active: frozenset[str]) -> None:
    if name in active:
        raise Refusal(Reason.ACTIVE)
    if name in _EMBEDDED:
        raise Refusal(Reason.EMBEDDED)
