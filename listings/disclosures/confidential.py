"""The confidential description: who opens it is written down, every time; changing it voids the confirmations."""

from typing import IO

from listings.achievements.content import Attachment
from listings.achievements.texts import storable, tidy
from listings.disclosures.content import Confidential, confidential_from_json, confidential_to_json
from listings.disclosures.drafting import check_version, saved
from listings.disclosures.models import Disclosure
from listings.disclosures.policy import EDIT, READ_CONFIDENTIAL
from listings.disclosures.reach import disclosure_for, editable
from listings.disclosures.rules import LONGEST_DESCRIPTION, MOST_FILES
from listings.taking_in import take_in
from marketplace.core.context import Actor, Context
from marketplace.core.errors import FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.uow import reading, unit_of_work


def open_confidential(ctx: Context, disclosure_id: str) -> Confidential:
    """The description, for completers and the unit's officers. The journal keeps who opened it and when."""
    disclosure = disclosure_for(ctx, disclosure_id, READ_CONFIDENTIAL)
    record(ctx, "disclosure.confidential_viewed", disclosure.id, {"digest": disclosure.digest})
    return confidential_from_json(disclosure.confidential)


def open_file(ctx: Context, disclosure_id: str, digest: str) -> Attachment:
    """One file of the description or a signed confirmation, by its digest; kept in the journal like any other look."""
    disclosure = disclosure_for(ctx, disclosure_id, READ_CONFIDENTIAL)
    papers = [Attachment(**row.paper) for row in disclosure.completers if row.paper]  # type: ignore[arg-type]
    found = [*confidential_from_json(disclosure.confidential).files, *papers]
    wanted = next((file for file in found if file.digest == digest), None)
    if wanted is None:
        raise NotFound
    record(ctx, "disclosure.confidential_viewed", disclosure.id, {"file": digest})
    return wanted


def write_confidential(ctx: Context, disclosure_id: str, text: str, *, version: int | None) -> Disclosure:
    """Put the text of the description in place of the one there was. Raises Invalid or Conflict."""
    disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
    check_version(disclosure, version)
    words = tidy(text)
    if len(words) > LONGEST_DESCRIPTION:
        message = _l("不超过 %(limit)s 个字", limit=LONGEST_DESCRIPTION)
        raise Invalid([FieldError("text", "too_long", message)])
    before = confidential_from_json(disclosure.confidential)
    _store(ctx, disclosure, Confidential(words, before.files))
    return disclosure


def add_confidential_file(actor: Actor, disclosure_id: str, name: str, stream: IO[bytes]) -> Attachment:
    """Take a file into the description. Raises UploadRefused, Invalid or Conflict."""
    editable(disclosure_for(reading(actor), disclosure_id, EDIT))
    if not storable(name):
        raise Invalid([FieldError("file", "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))])
    taken = take_in(name, stream, "nda")
    with unit_of_work(actor) as ctx:
        disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
        before = confidential_from_json(disclosure.confidential)
        files = [file for file in before.files if file.digest != taken.digest]
        if len(files) >= MOST_FILES:
            raise Invalid([FieldError("file", "too_many", _l("最多 %(limit)s 项", limit=MOST_FILES))])
        _store(ctx, disclosure, Confidential(before.text, (*files, taken)))
    return taken


def remove_confidential_file(ctx: Context, disclosure_id: str, digest: str) -> None:
    """Take a file out of the description. Raises NotFound."""
    disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
    before = confidential_from_json(disclosure.confidential)
    kept = tuple(file for file in before.files if file.digest != digest)
    if len(kept) == len(before.files):
        raise NotFound
    _store(ctx, disclosure, Confidential(before.text, kept))


def _store(ctx: Context, disclosure: Disclosure, description: Confidential) -> None:
    disclosure.confidential = confidential_to_json(description)
    disclosure.described = description.given
    saved(ctx, disclosure)
