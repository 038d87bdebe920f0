"""Images are never given out as they came: they are decoded, turned upright and written anew, without metadata."""

import mmap
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from marketplace.core.uploads.kinds import Kind
from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal

_FORMATS = {Kind.PNG: "PNG", Kind.JPG: "JPEG", Kind.WEBP: "WEBP"}
_SCAN = b"\xff\xda"
_QUALITY = 88
_PLAIN_MODES = frozenset({"L", "LA", "RGB", "RGBA"})


@dataclass(frozen=True)
class Written:
    """The image written anew: its size in pixels and the two file names."""

    width: int
    height: int
    image: str
    thumbnail: str


def inspect_image(path: Path, kind: Kind, limits: Limits, into: Path | None) -> Written | None:
    """Decode the whole image; with `into`, write `image.<kind>` and `thumbnail.webp` there. Raises Refusal."""
    if kind is Kind.JPG:
        _check_scans(path, limits)
    # Pillow's own alarm is a warning below twice its limit; the exact limit is applied to the header by `_check_size`.
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    try:
        with Image.open(path, formats=[_FORMATS[kind]]) as image:
            _check_size(image, limits)
            image.load()
            if into is None:
                return None
            return _write(_plain(image), kind, limits, into)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal(Reason.PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refusal(Reason.UNREADABLE) from None


def _check_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.max_pixels:
        raise Refusal(Reason.PIXELS)


def _check_scans(path: Path, limits: Limits) -> None:
    """Each scan of a progressive JPEG goes over all pixels again: a small file may hold thousands of them."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position = -1
        for _ in range(limits.max_scans + 1):
            position = data.find(_SCAN, position + 1)
            if position < 0:
                return
    raise Refusal(Reason.TOO_COMPLEX)


def _plain(image: Image.Image) -> Image.Image:
    """Upright, in grey or RGB with or without transparency, and with nothing attached."""
    upright = ImageOps.exif_transpose(image)
    transparent = upright.has_transparency_data
    if upright.mode not in _PLAIN_MODES or "transparency" in upright.info:
        upright = upright.convert(
            "RGBA" if transparent else "L" if upright.mode in {"1", "I;16", "I"} else "RGB"
        )
    plain = upright.copy()
    plain.info.clear()
    return plain


def _write(image: Image.Image, kind: Kind, limits: Limits, into: Path) -> Written:
    written = Written(image.width, image.height, f"image.{kind}", "thumbnail.webp")
    if kind is Kind.PNG:
        image.save(into / written.image, "PNG")
    elif kind is Kind.JPG:
        image.convert("RGB").save(into / written.image, "JPEG", quality=_QUALITY, optimize=True)
    else:
        image.save(into / written.image, "WEBP", quality=_QUALITY)
    image.thumbnail((limits.thumbnail_pixels, limits.thumbnail_pixels))
    image.save(into / written.thumbnail, "WEBP", quality=_QUALITY)
    return written
