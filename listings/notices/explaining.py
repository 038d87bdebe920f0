"""The explanation of a notice's evidence bundle (说明.pdf), for a judge or an auditor: what it holds and how to check it.

It says only what everybody may know, never who objected, and judges nothing: neither the price nor anybody's diligence.
It bears the time of the last record, so the same bundle always brings the same bytes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import PurePath

from listings.notices import models as m
from listings.notices.bundled_files import bundled_files
from listings.notices.objections.models import Objection
from listings.notices.services import page_address
from listings.notices.showing import Clock, Shown, shown
from listings.notices.sources import basis_from
from listings.notices.text import lines_from
from listings.notices.words import (
    CHANNELS,
    EFFECTS,
    OBJECTION_STATES,
    OUTCOMES,
    POINTS,
    SEEN,
    STATES,
    coded,
    kind_label,
    length_words,
)
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.context import Context
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.i18n import speaking
from marketplace.core.journal import Entry, entries_of
from marketplace.core.money import format_fen
from marketplace.core.paper_codes import shown_code
from marketplace.core.runtime import runtime
from marketplace.core.typeset import pdf
from marketplace.evidence import verifier
from marketplace.evidence.checkpoints import tree_head_of
from marketplace.evidence.notes import encode, signature_lines
from marketplace.web.filters import moment, second
from marketplace.web.qr import qr_picture

STOPS = frozenset({"notice.objected", "notice.objection_appealed", "notice.resumed", "notice.extended"})
_WATCHED = "notice.watched"


def explanation_pdf(ctx: Context, notice: m.Notice, members: Mapping[str, bytes]) -> bytes:
    """Explain the bundle whose files are `members`, in Chinese with an English summary."""
    with speaking("zh"):
        seen, entries = shown(ctx, notice), entries_of(ctx.session, notice.id)
        address, says = _scanned(notice)
        told: JSONObject = {
            **_head(seen, entries),
            **_text(seen, entries, members),
            **_run(seen),
            **_channels(seen),
            **_outcome(seen),
            **_records(seen, entries),
            "log": _log(entries, members),
            "address": address,
            "qr_says": says,
            "claims": _claims(members),
            **bundled_files(notice, entries, members),
        }
        template = files("listings.notices").joinpath("data/explanation.typ").read_text(encoding="utf-8")
        return pdf(template, told, entries[-1].at, {"qr": qr_picture(address)})


def _scanned(notice: m.Notice) -> tuple[str, str]:
    """Where the QR code leads: to the certificate, or before there is one, to the page."""
    if notice.certificate is None:
        return page_address(notice), "扫码查看公示页面"
    return _verification(notice.certificate), "扫码核验公示完成证明"


def _verification(certificate: m.Certificate) -> str:
    return public_address(path_to("verification.certificate", code=certificate.code))


def _head(seen: Shown, entries: Sequence[Entry]) -> JSONObject:
    notice, price = seen.notice, basis_from(seen.edition.basis).price_fen
    return {
        "number": notice.number,
        "kind": kind_label(notice.kind),
        "title": notice.title,
        "holder": notice.holder.name,
        "price": "" if price is None else format_fen(price, "zh", "full"),
        "state": str(STATES[notice.state][0]),
        "site": runtime().settings.site_name,
        "page": page_address(notice),
        "as_of": f"{second(entries[-1].at)}（第 {entries[-1].n} 条记录）",
    }


def started_text(entries: Sequence[Entry], members: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The text that started last, by the records: its digest, and its bytes, empty where the bundle has no files."""
    digest = next(str(entry.data["text"]) for entry in reversed(entries) if entry.kind == "notice.started")
    return digest, members.get(f"files/{digest}", b"")


def _text(seen: Shown, entries: Sequence[Entry], members: Mapping[str, bytes]) -> JSONObject:
    digest, text = started_text(entries, members)
    before = [
        edition for edition in seen.notice.editions if edition.started_at and edition.n < seen.edition.n
    ]
    why = {edition.n: edition.why for edition in seen.notice.editions}
    return {
        "edition": seen.edition.n,
        "text": digest,
        "lines": [[label, value] for label, value in lines_from(text)],
        "editions": [
            [f"第 {one.n} 版", moment(one.started_at), moment(one.ended_at), why.get(one.n + 1, "")]
            for one in before
        ],
    }


def _run(seen: Shown) -> JSONObject:
    started = seen.edition.started_at
    stops: list[JSONValue] = [
        [second(event.entry.at), f"{event.words} {event.note}".strip()]
        for event in seen.events
        if event.entry.kind in STOPS and started is not None and event.entry.at >= started
    ]
    return {"stops": stops, "period": None if seen.clock is None else _period(seen, seen.clock)}


def _period(seen: Shown, clock: Clock) -> JSONObject:
    told, added = clock.told, sum(spell.extended for spell in seen.edition.spells)
    return {
        "begun": second(seen.edition.started_at),
        "length": length_words(seen.edition.amount, seen.edition.unit)
        + (f"，顺延 {added} 天" if added else ""),
        "lead": "原定：" if seen.notice.state == m.VOID else "中止以前：" if clock.stopped else "",
        "resumed": len(seen.edition.spells) > 1,
        "headline": told.headline,
        "end": told.end,
        "outcome": _how_it_stands(seen.notice, clock),
        "caveats": list(told.caveats),
        "rows": [[row.day, row.number, row.note] for row in told.rows],
        "basis": [f"{basis.cited}：{basis.said}。" for basis in told.basis],
        "calendar": told.calendar,
    }


def _how_it_stands(notice: m.Notice, clock: Clock) -> str:
    if notice.state == m.VOID:
        return f"公示没有届满，已于 {clock.end} 终止：{coded('void_reasons', notice.void_reason)}。"
    if clock.over:
        return f"公示已于 {clock.end} 期满。"
    if clock.stopped is not None:
        return f"期限自 {moment(clock.stopped)} 起中止，还剩 {clock.rest} 天，恢复后重新计算截止时间。"
    return "公示仍在进行，下列截止时间可能因异议或渠道中断而推后。"


def _channels(seen: Shown) -> JSONObject:
    begun = second(seen.edition.started_at)
    return {
        "channels": {
            "market": f"{page_address(seen.notice)}，自 {begun} 起显示",
            "unit": f"{seen.edition.unit_url}，自 {begun} 起按下列取证显示",
        },
        "captures": [
            [
                second(one.taken_at),
                str(POINTS[one.point]),
                str(SEEN[one.seen]),
                f"{one.name}，{one.digest[:12]}…",
            ]
            for one in seen.captures
        ],
        "gaps": [
            [
                str(CHANNELS[gap.channel]),
                moment(gap.since),
                moment(gap.until),
                "，".join(filter(None, (coded("gap_causes", gap.cause), gap.note))),
                f"{gap.days} 天",
            ]
            for gap in seen.gaps
        ],
        "watchers": [[watcher, str(looks), str(wrong)] for watcher, looks, wrong in seen.looks],
    }


def _outcome(seen: Shown) -> JSONObject:
    certificate = seen.notice.certificate
    return {
        "objections": [
            [one.number, second(one.filed_at), str(OBJECTION_STATES[one.state][0]), _result(one)]
            for one in seen.objections
        ],
        "certificate": None
        if certificate is None
        else {
            "number": certificate.number,
            "code": shown_code(certificate.code),
            "issuer": str(certificate.facts["issuer"]),
            "at": second(certificate.issued_at),
            "address": _verification(certificate),
            "digest": certificate.digest,
        },
    }


def _result(objection: Objection) -> str:
    outcome, effect = (
        objection.appeal_outcome or objection.outcome,
        objection.appeal_effect or objection.effect,
    )
    if outcome:
        return f"{OUTCOMES[outcome]}，{EFFECTS[effect]}"
    return coded("objection_refusals", objection.refusal) if objection.refusal else "尚无决定"


def _records(seen: Shown, entries: Sequence[Entry]) -> JSONObject:
    looks = sum(entry.kind == _WATCHED for entry in entries)
    return {
        "events": [
            [
                str(event.entry.n),
                second(event.entry.at),
                f"{event.words} {event.note}".strip(),
                str(event.entry.position),
            ]
            for event in seen.events
        ],
        "looks": looks,
        "inner": len(entries) - looks - len(seen.events),
    }


def _log(entries: Sequence[Entry], members: Mapping[str, bytes]) -> JSONObject:
    """Chain head, newest checkpoint and policy, as the bundle has them."""
    policy = members["policy.txt"]
    note = json.loads(members["checkpoints.jsonl"].splitlines()[-1])["note"]
    head = tree_head_of(note)
    witnesses = {(key.name, key.id) for key in verifier.Policy(policy.decode()).witnesses.values()}
    return {
        "origin": head.origin,
        "size": head.size,
        "root": encode(head.root),
        "witnesses": len(witnesses & set(signature_lines(note))),
        "events": len(entries),
        "head": entries[-1].commitment,
        "policy": hashlib.sha256(policy).hexdigest(),
        "stamps": [
            f"{second(verifier.read_stamp(content).at)}，日志长度 {PurePath(name).stem}"
            for name, content in sorted(members.items())
            if name.startswith(verifier.STAMPS)
        ],
    }


def _claims(members: Mapping[str, bytes]) -> list[JSONValue]:
    """What the verifier examines, in its own words."""
    stamped = any(name.startswith(verifier.STAMPS) for name in members)
    examined = (*verifier.CLAIMS, *(verifier.STAMP_CLAIMS if stamped else ()), *verifier.NOTICE_CLAIMS)
    return [[name, meaning.partition(" / ")[0].replace(", ", "，")] for name, meaning, _ in examined]
