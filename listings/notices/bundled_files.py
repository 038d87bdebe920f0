"""The files of a bundle that bear their digest as a name: what each of them is, so that a reader can open it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from listings.notices import models as m
from listings.notices.words import CHANNELS, POINTS
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.journal import Entry
from marketplace.evidence.bundle import named_digests
from marketplace.web.filters import moment

_FOLDER = "files/"


def bundled_files(notice: m.Notice, entries: Sequence[Entry], members: Mapping[str, bytes]) -> JSONObject:
    """`files`: digest, what it is, the suffix to open it with; `absent`: how many digests stay without a file."""
    known = {digest: (what, suffix) for digest, what, suffix in _known(notice, entries)}
    named = {digest for entry in entries for digest in named_digests(entry.data)}
    included = sorted(name.removeprefix(_FOLDER) for name in members if name.startswith(_FOLDER))
    found: list[JSONValue] = []
    for digest in included:
        what, suffix = known.get(digest, ("记录指明的文件", ""))
        found.append({"digest": digest, "what": what, "suffix": suffix})
    return {"files": found, "absent": len(named - set(included))}


def _known(notice: m.Notice, entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        rules, calendar = entry.data.get("objection_procedure"), entry.data.get("calendar")
        if isinstance(rules, dict):
            yield str(rules["digest"]), "异议处理办法", ".json"
        if isinstance(calendar, str):
            yield calendar, "计算公示期所用的工作日历", ".json"
    for edition in notice.editions:
        yield edition.text, f"公示文本（第 {edition.n} 版）", ".txt"
        yield edition.profile, "公示内容规范：必须写明的内容及其依据", ".json"
    for one in notice.captures:
        what = f"取证：{CHANNELS[one.channel]}，{POINTS[one.point]}，{moment(one.taken_at)}"
        yield one.digest, what, PurePath(one.name).suffix[:8]
    if notice.certificate is not None:
        yield notice.certificate.digest, "公示完成证明的内容", ".json"
