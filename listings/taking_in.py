"""Taking a file in as an attachment of a text."""

from typing import IO

from listings.achievements.content import Attachment
from marketplace.core.uploads.keeping import keep_upload


def take_in(name: str, stream: IO[bytes], level: str = "public") -> Attachment:
    """Check an uploaded file and keep it by its digest; pictures are written anew. Raises UploadRefused.

    Slow, so it is done before the write lock is taken.
    """
    kept = keep_upload(name, stream)
    return Attachment(
        digest=kept.digest,
        name=kept.name,
        media=kept.media,
        size=kept.size,
        role="image" if kept.image else "attachment",
        level=level,
        thumbnail=kept.thumbnail,
    )
