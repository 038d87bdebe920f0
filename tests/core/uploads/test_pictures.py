"""Images written anew."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from marketplace.core.uploads.gate import DEFAULT_LIMITS, Picture, UploadRefused, picture
from marketplace.core.uploads.kinds import Kind
from tests.core.uploads.documents_made import image, pdf

SECRET = "仲*妮 186 **** 1402"


def described(form: str) -> bytes:
    """A picture with a place, a comment, a colour profile and a text in every way its form allows."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x8825] = {1: "N", 2: (39.9, 0.0, 0.0)}
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    options = {
        "PNG": {"exif": exif, "pnginfo": text, "icc_profile": SECRET.encode()},
        "JPEG": {"exif": exif, "comment": SECRET.encode(), "icc_profile": SECRET.encode()},
        "WEBP": {"exif": exif, "xmp": SECRET.encode(), "icc_profile": SECRET.encode()},
    }[form]
    return image(form, **options)


@pytest.fixture
def remake(tmp_path: Path):
    def run(name: str, content: bytes, **stricter: int) -> Picture:
        path = tmp_path / "upload"
        path.write_bytes(content)
        into = tmp_path / "made"
        into.mkdir(exist_ok=True)
        return picture(name, path, into, replace(DEFAULT_LIMITS, **stricter))

    return run


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP")])
def test_nothing_but_the_picture_survives(name, form, remake):
    content = described(form)
    assert SECRET.encode() in content
    made = remake(name, content)
    for path in (made.image, made.thumbnail):
        assert SECRET.encode() not in path.read_bytes()
        with Image.open(path) as again:
            assert not again.getexif()
            assert not {"icc_profile", "comment", "xmp", "Author", "exif"} & set(again.info)
    with Image.open(made.image) as again:
        assert again.format == form
        assert again.size == (made.width, made.height) == (60, 40)


def test_what_hides_behind_the_picture_is_gone(remake):
    made = remake("a.png", image("PNG") + b"#!/bin/sh\nrm -r /")
    assert b"/bin/sh" not in made.image.read_bytes()


def test_a_picture_taken_sideways_stands_upright(remake):
    exif = Image.Exif()
    exif[0x0112] = 6
    made = remake("a.jpg", image("JPEG", exif=exif))
    assert (made.width, made.height) == (40, 60)
    with Image.open(made.image) as again:
        assert again.size == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_mode_of_png_looks_the_same(mode, remake):
    content = image("PNG", mode)
    made = remake("a.png", content)
    with Image.open(io.BytesIO(content)) as before, Image.open(made.image) as after:
        assert after.mode in {"L", "LA", "RGB", "RGBA"}
        expected = before.convert("L") if mode == "I;16" else before.convert("RGBA").convert("L")
        largest = max(
            abs(a - b)
            for a, b in zip(expected.tobytes(), after.convert("RGBA").convert("L").tobytes(), strict=True)
        )
        assert largest <= 1


def test_transparent_colours_stay_transparent(remake):
    flat = Image.new("P", (10, 10), 0)
    target = io.BytesIO()
    flat.save(target, "PNG", transparency=0)
    with Image.open(remake("a.png", target.getvalue()).image) as after:
        assert after.convert("RGBA").getpixel((5, 5))[3] == 0


def test_print_colours_become_screen_colours(remake):
    with Image.open(remake("a.jpg", image("JPEG", "CMYK")).image) as after:
        assert after.mode == "RGB"


def test_the_thumbnail_fits_its_square_and_is_never_enlarged(remake):
    with Image.open(remake("a.png", image("PNG", size=(2000, 1000))).thumbnail) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (480, 240))
    with Image.open(remake("a.png", image("PNG", size=(20, 10))).thumbnail) as thumbnail:
        assert thumbnail.size == (20, 10)


def test_only_images_are_pictures(remake):
    with pytest.raises(UploadRefused) as refused:
        remake("a.pdf", pdf())
    assert refused.value.code == "kind_not_allowed"


def test_limits_hold_for_pictures(remake):
    with pytest.raises(UploadRefused) as refused:
        remake("a.jpg", image("JPEG", size=(100, 100)), max_pixels=9_999)
    assert refused.value.code == "too_many_pixels"


def test_the_kind_is_reported(remake):
    assert remake("a.jpeg", image("JPEG")).kind is Kind.JPG
