"""Minutes as files: looked at by the guards, kept as they came, so that the digest is that of the unit's own file."""

from typing import IO, Any

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import TypeAdapter, ValidationError

from listings.decisions.record import Minutes
from marketplace.core.context import Actor
from marketplace.core.runtime import runtime
from marketplace.core.uploads.gate import UploadRefused
from marketplace.core.uploads.keeping import keep_unchanged
from marketplace.core.uploads.kinds import IMAGES, Kind, kind_of
from marketplace.core.uploads.refusal import Reason

KINDS = IMAGES | {Kind.PDF, Kind.DOCX}
ACCEPTED = ",".join(f".{kind}" for kind in sorted(KINDS))
_ADAPTER = TypeAdapter(Minutes)
_SALT = "decision minutes"


def keep_minutes(name: str, stream: IO[bytes]) -> Minutes:
    """Check an uploaded file and keep it by its digest. Raises UploadRefused. Do it before the write lock is taken."""
    if kind_of(name) not in KINDS:
        raise UploadRefused(Reason.KIND)
    kept = keep_unchanged(name, stream)
    return Minutes(digest=kept.digest, name=name, media=kept.media, size=kept.size)


def as_claim(actor: Actor, minutes: Minutes) -> str:
    """A file that this actor has uploaded, for a hidden control: a form that comes back need not ask for it again."""
    return str(_signer().dumps([actor.name, _ADAPTER.dump_python(minutes, mode="json")]))


def claimed(actor: Actor, claim: str) -> Minutes | None:
    """What `as_claim` said, None unless this very actor was told: a digest alone opens nobody else's file."""
    try:
        said: Any = _signer().loads(claim)
        who, minutes = said
        return _ADAPTER.validate_python(minutes) if who == actor.name else None
    except (BadSignature, ValidationError, TypeError, ValueError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(runtime().settings.secret_key, salt=_SALT)
