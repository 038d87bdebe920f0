"""Files for uploads, made here."""

import io
import zlib

from flask import Flask
from PIL import Image, ImageDraw

from listings.achievements.content import Attachment
from listings.achievements.files import add_file
from tests.cast import Member


def png(text: str = "", size: tuple[int, int] = (320, 200)) -> bytes:
    """A picture with a mark of its own."""
    mark = zlib.crc32(text.encode())
    image = Image.new("RGB", size, (40 + mark % 160, 90, 140))
    ImageDraw.Draw(image).line([(0, mark // 200 % size[1]), size], fill="white", width=3)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def add_picture(app: Flask, member: Member, achievement: str, name: str, level: str = "public") -> Attachment:
    """Put a picture into the draft, through the guards."""
    with app.app_context():
        return add_file(member.actor, achievement, name, io.BytesIO(png(name)), level)
