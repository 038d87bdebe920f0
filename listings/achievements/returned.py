"""What a moderator asked to be changed: from a reason to the page and the control where it can be changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from listings.achievements.content import SECTIONS
from listings.classification import RETURN_REASONS, codes, label
from marketplace.core.db import JSONObject
from marketplace.core.i18n import current_language

#: Groups of `field_groups` → content fields. A group without fields is about the whole, or about the secrecy review.
GROUPS: dict[str, tuple[str, ...]] = {
    "identity": ("title",),
    "title": ("title", "title_en"),
    "abstract": ("abstract", "abstract_en"),
    "indicators": ("indicators",),
    "trl": ("trl", "trl_evidence", "trl_assessor", "trl_assessor_name", "trl_assessed_on"),
    "ip": ("rights", "rights_checked_on"),
    "people": ("completers",),
    "price": ("price_fen", "price_mode"),
    "transfer": ("modes",),
    "classification": ("field", "industries", "keywords", "ipc", "category"),
    "attachments": ("files",),
    "contact": ("cooperation",),
}
_SECTION_OF = {name: section.name for section in SECTIONS for name in section.fields}


@dataclass(frozen=True)
class Asked:
    """One reason in words. `section` and `field` say where to change it, empty for the whole; `changed`: was it since?

    `about` is the code of the group, `group` its name.
    """

    code: str
    label: str
    hint: str
    about: str
    group: str
    section: str
    field: str
    changed: bool


def asked_changes(reasons: Iterable[JSONObject]) -> list[Asked]:
    """The reasons of a returned revision in the page's language."""
    return [_asked(reason) for reason in reasons]


def sections_asked(reasons: Iterable[JSONObject]) -> set[str]:
    """Names of the sections where something asked for has not been touched yet."""
    return {asked.section for asked in asked_changes(reasons) if asked.section and not asked.changed}


def answered(reasons: Sequence[JSONObject], changed: set[str]) -> list[JSONObject]:
    """The reasons, those marked whose part of the form has been changed."""
    return [
        {**reason, "changed": True} if changed & set(_fields_of(reason)) else dict(reason)
        for reason in reasons
    ]


def reason_label(code: str) -> str:
    """A reason in words; a code of an older edition is shown as it is."""
    return label("return_reasons", code, current_language()) if code in RETURN_REASONS else code


def _asked(reason: JSONObject) -> Asked:
    code, group = str(reason.get("code", "")), str(reason.get("field", ""))
    fields = _fields_of(reason)
    language = current_language()
    return Asked(
        code=code,
        label=reason_label(code),
        hint=RETURN_REASONS[code].note(language) if code in RETURN_REASONS else "",
        about=group,
        group=label("field_groups", group, language) if group in codes("field_groups") else "",
        section=_SECTION_OF[fields[0]] if fields else "",
        field=fields[0] if fields else "",
        changed=bool(reason.get("changed")),
    )


def _fields_of(reason: JSONObject) -> tuple[str, ...]:
    return GROUPS.get(str(reason.get("field", "")), ())
