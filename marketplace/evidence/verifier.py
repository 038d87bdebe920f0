#!/usr/bin/env python3
"""Offline verifier of evidence bundles 公示存证包 and log proofs. Python 3.8 or newer, standard library, no network.

    python zsverify.py BUNDLE.zip --policy FILE [--head "N COMMITMENT"] [--receipt FILE]... [--note FILE]...
    python zsverify.py proof PROOF.json --policy FILE

The policy is a C2SP tlog-policy: the public keys of the log and its witnesses. Get it on paper or from another site,
never from the bundle, and compare the fingerprint printed first. Its comment lines may say more about public notices:

    # watcher <vkey>              somebody who looks at the pages of notices and signs what is there
    # watchers 2 gap 8            how many of them must have seen each day, and the most hours between two looks
    # receipt <vkey>              the key under which objectors get their receipts
    # floor agreement_price 20 day   the least term of a kind of notice, where it is longer than the law's

`--head` is the chain head that the public page of the subject shows; with it, a bundle that leaves out the last events
is refused too. `--receipt` is the receipt that an objector was given, `--note` an observation that a watcher kept:
a bundle that does not hold them is refused.

One line is printed for each claim. Exit status: 0 every claim holds, 1 some claim fails, 2 wrong usage. What PASS
does not say: that the content is true, that anybody read the page, or that anybody is exempt from liability.

This is one file on purpose: an expert can read all of it, and it runs alone.
"""

from __future__ import annotations

import argparse
import base64
import bisect
import hashlib
import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

MAX_FILES = 5000
MAX_BYTES = 500_000_000
TOLERANCE = 600  # seconds that the clocks of log and witnesses may differ
PARTS = ("checkpoints.jsonl", "events.jsonl", "policy.txt", "proofs.jsonl", "zsverify.py")
EXPLANATION, READABLE = PAPERS = ("说明.pdf", "公示文本.txt")  # for people; older bundles have none
STAMPS = "timestamps/"


class ClaimError(Exception):
    """A claim does not hold, for this reason."""


def require(condition: object, reason: str) -> None:
    if not condition:
        raise ClaimError(reason)


# ---- Ed25519 verification, RFC 8032 §5.1.7, points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z ----------------

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
ZERO = (0, 1, 1, 0)

Point = Tuple[int, int, int, int]


def recover_x(y: int, odd: int) -> int:
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    return FIELD - x if x & 1 != odd else x


def decode_point(data: bytes) -> Point:
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    if y >= FIELD:
        raise ValueError("not a reduced coordinate")
    x = recover_x(y, odd)
    return x, y, 1, x * y % FIELD


def encode_point(p: Point) -> bytes:
    inverse = pow(p[2], FIELD - 2, FIELD)
    x, y = p[0] * inverse % FIELD, p[1] * inverse % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % FIELD
    b = (p[1] + p[0]) * (q[1] + q[0]) % FIELD
    c = 2 * p[3] * q[3] * CURVE_D % FIELD
    d = 2 * p[2] * q[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def double(p: Point) -> Point:
    a, b = p[0] * p[0] % FIELD, p[1] * p[1] % FIELD
    h = a + b
    e = h - (p[0] + p[1]) * (p[0] + p[1])
    g = a - b
    f = 2 * p[2] * p[2] + g
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


@lru_cache(maxsize=64)
def multiples(p: Point) -> list[list[Point]]:
    """Return a row for each 4 bits of a factor: what the values 0 to 15 of these bits stand for."""
    rows = []
    for _ in range(64):
        row = [ZERO]
        for _ in range(15):
            row.append(add(row[-1], p))
        rows.append(row)
        p = add(row[-1], p)
    return rows


def multiple(factor: int, p: Point) -> Point:
    """Return factor*p. The rows of a point are kept, for there are few keys and many signatures."""
    result = ZERO
    for row in multiples(p):
        result, factor = add(result, row[factor & 15]), factor >> 4
    return result


def is_small(p: Point) -> bool:
    """Is the point of small order, 8p = 0? Such a key or nonce signs anything."""
    x, y, z, _ = double(double(double(p)))
    return x % FIELD == 0 and (y - z) % FIELD == 0


BASE_Y = 4 * pow(5, FIELD - 2, FIELD) % FIELD
BASE = decode_point(BASE_Y.to_bytes(32, "little"))


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is a signature of `message`; one with a malleable S or of small order is not."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= ORDER:
        return False
    try:
        x, y, z, t = decode_point(public)
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    minus_a = (FIELD - x, y, z, FIELD - t)
    r = add(multiple(s, BASE), multiple(k, minus_a))
    return not is_small(minus_a) and not is_small(r) and encode_point(r) == signature[:32]


# ---- canonical JSON (RFC 8785) ------------------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_number(text: str) -> Any:
    raise ClaimError("只许整数 / only integers are allowed: " + text)


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    require(len(dict(pairs)) == len(pairs), "JSON 键重复 / a JSON key occurs twice")
    return dict(pairs)


def parse_json(data: bytes) -> Any:
    return json.loads(
        data.decode(), object_pairs_hook=object_of, parse_float=refuse_number, parse_constant=refuse_number
    )


def in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def canonical(value: Any) -> bytes:
    return json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode()


def parse_canonical(data: bytes) -> Any:
    value = parse_json(data)
    require(canonical(value) == data, "不是规范 JSON / not canonical JSON")
    return value


def parse_lines(data: bytes) -> list[Any]:
    lines = data.split(b"\n")
    require(lines.pop() == b"", "末行不完整 / the last line is cut off")
    return [parse_canonical(line) for line in lines]


# ---- keys, notes and the policy (C2SP signed-note, tlog-cosignature, tlog-checkpoint, tlog-policy) ----------------

LOG_KEY, WITNESS_KEY = 1, 4
REMARKS = ("watcher", "watchers", "receipt", "floor")
DAY, WORKDAY = UNITS = ("day", "workday")


class Watch(NamedTuple):
    """How many watchers must have seen a page each day, and the most hours between two looks."""

    watchers: int
    gap: int


class Term(NamedTuple):
    """So many days, `day`, or so many working days, `workday`."""

    amount: int
    unit: str


class Key(NamedTuple):
    name: str
    algorithm: int
    public: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]


def unbase64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "不是规范 base64 / not canonical base64")
    return data


def unbase64_hashes(texts: list[str]) -> list[bytes]:
    hashes = [unbase64(text) for text in texts]
    require(all(len(item) == 32 for item in hashes), "散列长度不符 / a hash does not have 32 bytes")
    return hashes


def parse_decimal(text: str) -> int:
    require(re.match(r"(0|[1-9][0-9]{0,18})\Z", text), "不是数字 / not a number: " + text)
    return int(text)


def parse_key(text: str, algorithm: int) -> Key:
    name, key_id, encoded = text.split("+", 2)
    data = unbase64(encoded)
    key = Key(name, data[0], data[1:])
    require(
        name and key.id.hex() == key_id and key.algorithm == algorithm and len(key.public) == 32,
        "公钥有误 / wrong key " + text,
    )
    return key


class Policy:
    """Whom the reader trusts: logs, witnesses, and how many of the witnesses must have signed a checkpoint.

    The comment lines that begin with a word of `REMARKS` say whom the reader trusts about public notices.
    """

    def __init__(self, text: str) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        self.watchers: list[Key] = []
        self.receipts: list[Key] = []
        self.enough: Optional[Watch] = None
        self.floors: dict[str, Term] = {}
        for line in text.splitlines():
            words = line.split()
            if words[:1] == ["#"] and words[1:2] and words[1] in REMARKS:
                self._remark(line, words[1], words[2:])
            elif words and not words[0].startswith("#"):
                self._read(words[0], words[1:])
        require(self.logs and self.quorum, "缺少 log 或 quorum 行 / the log or quorum line is missing")
        require(self.watch.watchers <= len(self.watchers), "观察者不足 / there are not so many watchers")
        publics = [key.public for key in [*self.keys, *self.watchers, *self.receipts]]
        require(len(set(publics)) == len(publics), "公钥重复 / a key is listed twice")

    @property
    def watch(self) -> Watch:
        """What the reader asks of the watchers: by default two of them, and a look every 8 hours."""
        return self.enough or Watch(min(2, len(self.watchers)), 8)

    def _remark(self, line: str, keyword: str, words: list[str]) -> None:
        if keyword == "watcher" and len(words) == 1:
            self.watchers.append(parse_key(words[0], LOG_KEY))
        elif keyword == "receipt" and len(words) == 1:
            self.receipts.append(parse_key(words[0], LOG_KEY))
        elif keyword == "watchers" and words[1:2] == ["gap"] and len(words) == 3 and not self.enough:
            self.enough = Watch(parse_decimal(words[0]), parse_decimal(words[2]))
            require(min(self.enough) >= 1, "数目有误 / wrong numbers: " + line)
        elif keyword == "floor" and len(words) == 3 and words[2] in UNITS and words[0] not in self.floors:
            self.floors[words[0]] = Term(parse_decimal(words[1]), words[2])
        else:
            raise ClaimError("不认识的行 / unknown line: " + line)

    def _read(self, keyword: str, words: list[str]) -> None:
        if keyword == "log":
            self.logs.append(parse_key(words[0], LOG_KEY))
        elif keyword == "witness":
            self._define(words[0])
            self.witnesses[words[0]] = parse_key(words[1], WITNESS_KEY)
        elif keyword == "group":
            name, threshold, *members = words
            self._define(name)
            need = {"all": len(members), "any": 1}.get(threshold) or parse_decimal(threshold)
            known = all(member in self.witnesses or member in self.groups for member in members)
            require(known and len(set(members)) == len(members), "组员有误 / wrong members of group " + name)
            require(1 <= need <= len(members), "门限有误 / wrong threshold of group " + name)
            self.groups[name] = (need, members)
        elif keyword == "quorum":
            defined = words[0] in self.witnesses or words[0] in self.groups or words[0] == "none"
            require(defined and not self.quorum, "quorum 行有误 / wrong quorum line")
            self.quorum = words[0]
        else:
            raise ClaimError("不认识的行 / unknown line: " + keyword)

    def _define(self, name: str) -> None:
        taken = name in self.witnesses or name in self.groups or name == "none"
        require(not taken, "名称重复 / a name is defined twice: " + name)

    @property
    def keys(self) -> list[Key]:
        return [*self.logs, *self.witnesses.values()]

    def is_met(self, signed: dict[Key, int], name: str) -> bool:
        if name == "none":
            return True
        if name in self.witnesses:
            return self.witnesses[name] in signed
        need, members = self.groups[name]
        return sum(self.is_met(signed, member) for member in members) >= need


def open_note(note: str, keys: list[Key]) -> tuple[str, dict[Key, int]]:
    """Return a note's text and the known keys that signed it, each with its time (0 for a plain signature)."""
    text, _, block = note.rpartition("\n\n")
    text += "\n"
    lines = block.split("\n")
    require(lines.pop() == "" and 0 < len(lines) <= 100, "签名行有误 / wrong signature lines")
    known = {(key.name, key.id): key for key in keys}
    signed: dict[Key, int] = {}
    for line in lines:
        dash, name, encoded = line.split(" ")
        signature = unbase64(encoded)
        require(dash == "\u2014" and len(signature) > 4, "签名行有误 / wrong signature line")
        key = known.get((name, signature[:4]))
        if key is None:
            continue
        seconds, message, signature = 0, text, signature[4:]
        if key.algorithm == WITNESS_KEY:
            seconds = int.from_bytes(signature[:8], "big")
            message, signature = "cosignature/v1\ntime %d\n%s" % (seconds, text), signature[8:]
        require(
            signature_holds(key.public, message.encode(), signature), "签名不符 / wrong signature of " + name
        )
        signed[key] = seconds
    return text, signed


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    witnessed: int  # Unix time of the latest cosignature, 0 without any

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return "%s\n%d\n%s\n" % (self.origin, self.size, base64.b64encode(self.root).decode())


def open_checkpoint(note: str, policy: Policy) -> Checkpoint:
    text, signed = open_note(note, policy.keys)
    origin, size, root, rest = text.split("\n")
    require(rest == "", "检查点格式有误 / malformed checkpoint")
    by_log = any(key.name == origin and key in signed for key in policy.logs)
    require(by_log, "无日志签名 / not signed by a log of the policy")
    require(policy.is_met(signed, policy.quorum), "见证签名不足 / the witness quorum is not met")
    return Checkpoint(origin, parse_decimal(size), unbase64_hashes([root])[0], max(signed.values()))


# ---- Merkle proofs (RFC 9162 §2.1.3.2 and §2.1.4.2) ---------------------------------------------------------------


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf_of(salt: str, event: Any) -> tuple[str, bytes]:
    """Return the commitment to an event (hex) and the hash of its leaf in the log."""
    commitment = sha256(canonical({"salt": salt, "event": event}))
    return commitment, hashlib.sha256(b"\x00" + canonical({"v": "ev1", "c": commitment})).digest()


def root_from_inclusion(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    require(0 <= index < size, "序号超出日志 / the index is outside the log")
    position, last, result = index, size - 1, leaf
    for sibling in path:
        require(last, "证明过长 / the proof is too long")
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    require(not last, "证明过短 / the proof is too short")
    return result


def is_prefix(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> bool:
    if old.size == new.size:
        return old.root == new.root and not path
    if not 0 < old.size < new.size or not path:
        return False
    if old.size & (old.size - 1) == 0:
        path = [old.root, *path]
    position, last = old.size - 1, new.size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    as_old = as_new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            as_old, as_new = node_hash(part, as_old), node_hash(part, as_new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            as_new = node_hash(as_new, part)
        position, last = position >> 1, last >> 1
    return as_old == old.root and as_new == new.root and last == 0


# ---- the claims about a bundle ------------------------------------------------------------------------------------


class Held(NamedTuple):
    """What the reader has from elsewhere, to be compared with the bundle."""

    head: str = ""
    receipts: Sequence[str] = ()
    notes: Sequence[str] = ()


NOTHING = Held()


class Event(NamedTuple):
    """An event that is in the log: its number in the chain, the index of its leaf, its commitment."""

    n: int
    leaf: int
    commitment: str
    kind: str
    at: datetime
    by: str
    data: Any


class Bundle:
    """What is examined, and what the claims before have established."""

    def __init__(self, files: dict[str, bytes], policy: Policy, held: Held) -> None:
        self.files, self.policy, self.held = files, policy, held
        self.subject = self.head = ""
        self.checkpoints: list[Checkpoint] = []
        self.events: list[Event] = []

    def facts(self) -> list[str]:
        about = notice_facts(self) if self.is_notice else []
        return ["对象 subject: %s" % self.subject, "链首 chain head: %s" % self.head, *about]

    def claims(self) -> Iterator[Examination]:
        """The claims to examine: which come last depends on what the first have established."""
        yield from CLAIMS
        yield from STAMP_CLAIMS if any(name.startswith(STAMPS) for name in self.files) else ()
        yield from NOTICE_CLAIMS if self.is_notice else CONTENT_CLAIMS

    @property
    def is_notice(self) -> bool:
        named = isinstance(self.subject, str) and self.subject.startswith("ntc_")
        return named or any(event.kind.startswith("notice.") for event in self.events)


def claim_manifest(bundle: Bundle) -> str:
    manifest = parse_canonical(bundle.files["manifest.json"])
    require(
        set(manifest) == {"v", "subject", "files"} and manifest["v"] == "zsb1",
        "清单格式有误 / wrong manifest",
    )
    bundle.subject = manifest["subject"]
    digests = {name: sha256(data) for name, data in bundle.files.items() if name != "manifest.json"}
    for name in sorted(set(digests) | set(manifest["files"])):
        require(digests.get(name) == manifest["files"].get(name), "文件不符 / file differs: " + name)
        known = name in PARTS or name in PAPERS or name.startswith(("files/", STAMPS))
        require(known, "多余文件 / unexpected file: " + name)
    require(set(PARTS) <= set(digests), "缺少文件 / a file is missing")
    told = (
        ", 说明.pdf 由平台编写, 以本程序的结果为准 / it explains, this program decides"
        if EXPLANATION in digests
        else ""
    )
    return "%d 个文件 / files%s" % (len(digests), told)


def claim_checkpoints(bundle: Bundle) -> str:
    lines = parse_lines(bundle.files["checkpoints.jsonl"])
    require(lines and all(set(line) == {"note", "to_final"} for line in lines), "格式有误 / wrong format")
    checkpoints = [open_checkpoint(line["note"], bundle.policy) for line in lines]
    sizes, final = [checkpoint.size for checkpoint in checkpoints], checkpoints[-1]
    require(sizes == sorted(set(sizes)), "检查点乱序 / checkpoints out of order")
    for checkpoint, line in zip(checkpoints, lines):  # noqa: B905 - as long as each other; Python 3.8
        require(checkpoint.origin == final.origin, "不是同一日志 / not the same log")
        prefix = is_prefix(checkpoint, final, unbase64_hashes(line["to_final"]))
        require(prefix, "日志被改写 / the log was rewritten after size %d" % checkpoint.size)
    bundle.checkpoints = checkpoints
    return "%s: %d 个检查点 / checkpoints, 日志长度 / log size %d" % (final.origin, len(lines), final.size)


def claim_events(bundle: Bundle) -> str:
    require(bundle.checkpoints, "取决于检查点 / depends on 检查点")
    events, proofs = parse_lines(bundle.files["events.jsonl"]), parse_lines(bundle.files["proofs.jsonl"])
    require(events and len(events) == len(proofs), "事件与证明数目不符 / events and proofs differ in number")
    final, previous, last_index, delay = bundle.checkpoints[-1], "", -1, 0
    found: list[Event] = []
    for n, (line, proof) in enumerate(zip(events, proofs), 1):  # noqa: B905 - checked above
        require(
            set(line) == {"index", "salt", "event"} and set(proof) == {"index", "path"},
            "格式有误 / wrong format",
        )
        index, event = line["index"], line["event"]
        require(
            type(index) is int and canonical(proof["index"]) == canonical(index), "序号有误 / wrong index"
        )
        commitment, leaf = leaf_of(line["salt"], event)
        root = root_from_inclusion(index, final.size, leaf, unbase64_hashes(proof["path"]))
        require(root == final.root, "第 %d 个事件不在日志中 / event not in the log" % n)
        unbroken = (event["n"], event["prev"], event["subject"]) == (n, previous, bundle.subject)
        require(unbroken and index > last_index, "第 %d 个事件断链 / the chain breaks at this event" % n)
        delay = max(delay, witness_delay(event["t"], index, bundle.checkpoints))
        previous, last_index = commitment, index
        found.append(
            Event(n, index, commitment, event["type"], instant(event["t"]), event["by"], event["data"])
        )
    bundle.head = "%d %s" % (len(events), previous)
    require(
        bundle.held.head in ("", bundle.head),
        "链首与页面所示不符 / the public page shows another chain head",
    )
    bundle.events = found
    return "%d 个事件 / events, %s" % (len(events), in_words(delay, final))


def witness_delay(time: str, index: int, checkpoints: list[Checkpoint]) -> int:
    """Return the seconds from an event's time to its witness, 0 without one.

    The event must lie between the last witnessed checkpoint without it and the first one that holds it. A bundle may
    leave out checkpoints, and with them the earlier bound: a long delay then asks for an explanation.
    """
    claimed = instant(time).timestamp()
    after = bisect.bisect_right([checkpoint.size for checkpoint in checkpoints], index)
    sealed = checkpoints[after].witnessed
    require(not sealed or claimed <= sealed + TOLERANCE, "时间晚于见证 / later than its witness: " + time)
    before = max([checkpoint.witnessed for checkpoint in checkpoints[:after]], default=0)
    require(claimed >= before - TOLERANCE, "时间倒填 / back-dated: " + time)
    return max(0, int(sealed - claimed))


def instant(text: str) -> datetime:
    """Read a time with its zone; Python 3.8 knows no Z."""
    time = datetime.fromisoformat(re.sub("Z$", "+00:00", text))
    require(time.tzinfo, "时间无时区 / a time without zone: " + text)
    return time


def in_words(delay: int, checkpoint: Checkpoint) -> str:
    if not checkpoint.witnessed:
        return "无见证时间 / no witness vouches for times"
    return "最迟 %d 秒后获见证 / witnessed at most %d s later" % (delay, delay)


def claim_contents(bundle: Bundle) -> str:
    require(bundle.events, "取决于事件链 / depends on 事件链")
    named = {digest for event in bundle.events for digest in digests_in(event.data)}
    included = [name for name in bundle.files if name.startswith("files/")]
    for name in included:
        digest = sha256(bundle.files[name])
        require(
            name == "files/" + digest and digest in named,
            "事件未指明此文件 / no event names this file: " + name,
        )
    absent = len(named) - len(included)
    return "%d 个文件 / files, %d 个摘要未附文件 / digests without their file" % (len(included), absent)


def digests_in(value: Any) -> set[str]:
    """Return every SHA-256 in hex that stands in `value`."""
    if isinstance(value, str):
        return {value} if re.match(r"[0-9a-f]{64}\Z", value) else set()
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {digest for part in parts for digest in digests_in(part)}


#: Name, meaning and examination, in order: each may rely on what those before it have established.
Examination = Tuple[str, str, Callable[[Any], str]]
CLAIMS: list[Examination] = [
    ("清单", "文件与清单一致 / the files are those of the manifest", claim_manifest),
    ("检查点", "经日志与见证方签名, 只增不改 / signed by log and witnesses, append-only", claim_checkpoints),
    ("事件链", "事件均在日志中, 依次相连 / every event is in the log, in order, none missing", claim_events),
]
#: What shows that the bundle is what the log says, whatever that is.
AUTHENTIC = tuple(name for name, _, _ in CLAIMS)
CONTENT_CLAIMS: list[Examination] = [
    ("内容", "附件即事件所指明者 / the files are those whose digests the events name", claim_contents),
]


# ---- time stamps (RFC 3161): what is stamped and when; whether the signature is the authority's is for OpenSSL ----

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
SHA_256 = bytes.fromhex("608648016503040201")
GRANTED = (b"\x00", b"\x01")


class Stamp(NamedTuple):
    """An authority says that it was shown this SHA-256 at this time."""

    digest: bytes
    at: datetime


def der_parts(data: bytes) -> list[tuple[int, bytes]]:
    """Take DER apart: tag and content of each value, one after another."""
    parts, start = [], 0
    while start < len(data):
        tag, length, start = data[start], data[start + 1], start + 2
        if length > 127:
            require(1 <= length - 128 <= 4, "时间戳编码有误 / a malformed time stamp")
            start, length = start + length - 128, int.from_bytes(data[start : start + length - 128], "big")
        require(start + length <= len(data), "时间戳不完整 / a time stamp is cut off")
        parts.append((tag, data[start : start + length]))
        start += length
    return parts


def der_within(data: bytes) -> list[bytes]:
    """The contents of the values inside the one value that `data` is."""
    ((_tag, content),) = der_parts(data)
    return [part for _, part in der_parts(content)]


def read_stamp(answer: bytes) -> Stamp:
    """Read an authority's answer (TimeStampResp) without checking its signature."""
    status, token = der_within(answer)[:2]
    require(der_parts(status)[0][1] in GRANTED, "时间戳未获准 / the time stamp was not granted")
    (_, kind), (_, signed) = der_parts(token)
    require(kind == SIGNED_DATA, "不是时间戳 / not a time stamp")
    (_, what), (_, wrapped) = der_parts(der_within(signed)[2])
    require(what == STAMP_INFO, "不是时间戳 / not a time stamp")
    _version, _policy, imprint, _serial, time = der_within(der_parts(wrapped)[0][1])[:5]
    (_, algorithm), (_, digest) = der_parts(imprint)
    require(der_parts(algorithm)[0][1] == SHA_256, "时间戳不是 SHA-256 / a time stamp of another digest")
    moment = datetime.strptime(re.sub(r"[.][0-9]+Z\Z", "Z", time.decode()), "%Y%m%d%H%M%SZ")  # noqa: DTZ007
    return Stamp(digest, moment.replace(tzinfo=timezone.utc))


def claim_stamps(bundle: Bundle) -> str:
    require(bundle.events, "取决于事件链 / depends on 事件链")
    checkpoints = {checkpoint.size: checkpoint for checkpoint in bundle.checkpoints}
    said = []
    for name in sorted(name for name in bundle.files if name.startswith(STAMPS)):
        found = re.match(STAMPS + r"([0-9]{1,19})[.]tsr\Z", name)
        size = int(found.group(1)) if found else -1
        require(size in checkpoints, "没有这一检查点 / no such checkpoint: " + name)
        stamp, digest = (
            read_stamp(bundle.files[name]),
            hashlib.sha256(checkpoints[size].text.encode()).digest(),
        )
        require(stamp.digest == digest, "时间戳属于另一检查点 / stamped was another checkpoint: " + name)
        late = [event.n for event in bundle.events if event.leaf < size and event.at > stamp.at + SLACK]
        require(not late, "事件晚于时间戳 / events are later than the time stamp: %s" % late)
        command = "openssl ts -verify -digest %s -in %s -CAfile CA.pem" % (digest.hex(), name)
        said.append("%s %s: %s" % (size, stamp.at.astimezone(CHINA).isoformat(), command))
    return "签名未由本程序核对, 请运行 / signatures are not checked here, run: " + "; ".join(said)


STAMP_CLAIMS: list[Examination] = [
    (
        "时间戳",
        "时间戳所指即所列检查点, 事件不晚于它 / they stamp these checkpoints, no event is later",
        claim_stamps,
    ),
]


# ---- notices: what their chain says -------------------------------------------------------------------------------

CHINA = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
SLACK = timedelta(seconds=TOLERANCE)
MARKET, UNIT = CHANNELS = ("market", "unit")
NAMES = {MARKET: "市场 market", UNIT: "单位 unit"}
#: The law's least terms by kind of notice. The reader's policy may ask for more, never for less.
FLOORS: Dict[str, Term] = {
    "agreement_price": Term(15, DAY),  # 国发〔2016〕16号 item 10; 浙江省促进科技成果转化条例 art. 17
    "grant": Term(15, DAY),  # 国科发区〔2020〕128号
    "reward": Term(15, WORKDAY),  # 国科发政〔2018〕103号
    "tender_candidates": Term(3, DAY),  # 招标投标法实施条例 art. 54
    "result": Term(5, WORKDAY),  # 企业国有资产交易监督管理办法 (国务院国资委 财政部令第32号)
}
#: Kinds for which somebody must have decided, together, before the notice.
DECIDED = ("agreement_price", "grant", "reward")
LEAST_REST = 3  # days that remain after a stop
#: Days that the law itself gives off on the same date each year (全国年节及纪念日放假办法 art. 2).
FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


class Notice:
    """The last edition of a notice: `events` are its start and all that came after, `says` is what the start says."""

    def __init__(self, bundle: Bundle) -> None:
        require(bundle.events, "取决于事件链 / depends on 事件链")
        self.chain = bundle.events
        starts = self.through("started")
        require(starts, "公示未开始 / the notice has not started")
        self.start: Event = starts[-1]
        self.says: Any = self.start.data
        self.events = self.chain[self.start.n - 1 :]

    def through(self, *verbs: str) -> list[Event]:
        """The events of these kinds in all editions."""
        return [event for event in self.chain if event.kind in ["notice." + verb for verb in verbs]]

    def since(self, *verbs: str) -> list[Event]:
        """The events of these kinds since the last start."""
        return [event for event in self.through(*verbs) if event.n > self.start.n]

    @property
    def expired(self) -> Event:
        found = self.since("expired")
        require(found, "公示未届满 / the notice has not expired")
        require(len(found) == 1, "届满不止一次 / it expired more than once")
        return found[0]

    @property
    def certified(self) -> Optional[Event]:
        found = self.through("certified")
        require(len(found) <= 1, "证明不止一份 / it was certified more than once")
        return found[0] if found else None

    @property
    def due(self) -> datetime:
        """The end of the period, as the chain has it."""
        return instant(self.expired.data["due"])

    def extensions(self, channel: str) -> list[Span]:
        """When the page was not there, or not as it should be; so many days were added for it."""
        found = [event.data for event in self.since("extended") if event.data["channel"] == channel]
        return [Span(instant(data["since"]), instant(data["until"])) for data in found]

    def resumed_at(self, event: Event) -> datetime:
        """As of when it runs on: at once, or when an objection lapsed that nobody had looked at since."""
        if "at" not in event.data or instant(event.data["at"]) == event.at:
            return event.at
        moment, cause = instant(event.data["at"]), self.chain[event.n - 2]
        lapsed = cause.kind == "notice.objection_refused" and cause.data.get("due")
        require(
            lapsed and instant(lapsed) == moment and moment <= event.at,
            "恢复时间没有依据 / nothing says why it ran on before it was recorded",
        )
        return moment

    def running(self) -> list[Span]:
        """When the period ran: until an objection stops it, and on from where it is resumed."""
        spans: list[Span] = []
        since: Optional[datetime] = self.start.at
        for event in self.since("objected", "resumed"):
            if event.kind == "notice.objected" and since and event.at < self.due:
                spans.append(Span(since, event.at))
                since = None
            elif event.kind == "notice.resumed":
                since = since or self.resumed_at(event)
        require(since, "停计中届满 / it expired while an objection had stopped it")
        return [*spans, Span(since or self.due, self.due)]


class Span(NamedTuple):
    """From one instant to another."""

    start: datetime
    end: datetime

    def has(self, at: datetime) -> bool:
        return self.start <= at <= self.end

    def days_between(self) -> list[date]:
        """The Beijing dates after that of the start and before that of the end."""
        first, last = china_date(self.start), china_date(self.end)
        return [first + ONE_DAY * n for n in range(1, (last - first).days)]

    def without(self, other: Span) -> list[Span]:
        """What is left of this span when another is cut out."""
        parts = [Span(self.start, min(self.end, other.start)), Span(max(self.start, other.end), self.end)]
        return [part for part in parts if part.start < part.end]


def china_date(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def day_of(text: str) -> date:
    require(re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", text), "不是日期 / not a date: " + text)
    return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone


def content_of(bundle: Bundle, digest: str, what: str) -> bytes:
    data = bundle.files.get("files/" + digest)
    if data is None or sha256(data) != digest:
        raise ClaimError("缺少文件 / a file is missing: " + what)
    return data


def notice_facts(bundle: Bundle) -> list[str]:
    """What a reader compares with the page, the contract and the certificate."""
    try:
        notice = Notice(bundle)
        certified = notice.certified
        says, number = notice.says, certified.data["certificate"] if certified else "-"
        price = says.get("price_fen", "-")
        return [
            "公示 notice: %s %s, 价格 price %s 分 fen, 证明 certificate %s"
            % (says["number"], says["kind"], price, number),
            "文本 text sha256: %s" % says["text"],
        ]
    except Exception:  # noqa: BLE001 - the claims say what is wrong
        return []


# ---- notices: the period, counted anew day by day (民法典 arts. 201 and 203) --------------------------------------


class WorkCalendar:
    """Which days are working days: Monday to Friday, but for the days that the file names."""

    def __init__(self, data: bytes) -> None:
        parsed = parse_json(data)
        self.edition: str = parsed["edition"]
        self.days: dict[date, str] = {day_of(day): word for day, word in parsed["days"].items()}
        require(set(self.days.values()) <= {"rest", "work"}, "日历有误 / a wrong word in the calendar")

    def works(self, day: date) -> bool:
        return self.days[day] == "work" if day in self.days else day.weekday() < 5

    def named(self, first: date, last: date) -> str:
        """The days of a period that are not what their weekday says, to be compared with the official notice."""
        shown = ["%s %s" % (day, self.days[day]) for day in sorted(self.days) if first <= day <= last]
        return ", ".join(shown) or "-"

    def check(self, first: date, last: date) -> None:
        """The file must know the years, and may not call a holiday fixed by law a working day."""
        named = {day.year for day in self.days}
        require({first.year, last.year} <= named, "日历缺少年份 / the calendar lacks a year")
        for n in range((last - first).days + 1):
            day = first + ONE_DAY * n
            fixed = (day.month, day.day) in FIXED_HOLIDAYS
            require(
                not (fixed and self.works(day)),
                "日历与法定节假日不符 / the calendar denies a holiday: %s" % day,
            )


class Count:
    """A period that runs, stops and runs on. `left` of the term is still to come after the day `since`.

    The start day is not counted, nor the days of a stop and of a resumption. A last day that is a day off moves to the
    next working day. All ends at 24:00 in Beijing.
    """

    def __init__(self, term: Term, calendar: WorkCalendar, start: datetime) -> None:
        self.left, self.unit = term
        self.calendar = calendar
        self.since: Optional[date] = china_date(start)
        self.rest = 0

    def end(self) -> datetime:
        last = (
            max(self._last(self.left, self.unit), self._last(self.rest, DAY))
            if self.rest
            else self._last(self.left, self.unit)
        )
        return datetime(last.year, last.month, last.day, tzinfo=CHINA) + ONE_DAY

    def stop(self, at: datetime) -> None:
        if self.since is None or at >= self.end():
            return
        days = Span(
            datetime(self.since.year, self.since.month, self.since.day, tzinfo=CHINA), at
        ).days_between()
        self.left = max(0, self.left - len(in_unit(days, self.unit, self.calendar)))
        self.since = None

    def resume(self, at: datetime) -> None:
        if self.since is None:
            self.since, self.rest = china_date(at), LEAST_REST

    def extend(self, days: int) -> None:
        require(type(days) is int and days >= 0, "延长天数有误 / a wrong number of days")
        self.left += days
        self.rest += days if self.rest else 0

    def _last(self, amount: int, unit: str) -> date:
        require(self.since, "停计中届满 / it expired while an objection had stopped it")
        day = self.since or date.max
        if unit == DAY:
            day += ONE_DAY * amount
            while not self.calendar.works(day):
                day += ONE_DAY
            return day
        while amount:
            day += ONE_DAY
            amount -= self.calendar.works(day)
        return day


def in_unit(days: list[date], unit: str, calendar: WorkCalendar) -> list[date]:
    return [day for day in days if unit == DAY or calendar.works(day)]


def count_anew(notice: Notice, term: Term, calendar: WorkCalendar) -> datetime:
    """Return when the period of this term ends, from the events alone."""
    count = Count(term, calendar, notice.start.at)
    for event in notice.since("objected", "resumed", "extended"):
        if event.kind == "notice.objected":
            count.stop(event.at)
        elif event.kind == "notice.resumed":
            count.resume(notice.resumed_at(event))
        else:
            count.extend(event.data["days"])
    return count.end()


def calendar_of(bundle: Bundle, notice: Notice) -> WorkCalendar:
    return WorkCalendar(content_of(bundle, notice.expired.data["calendar"], "日历 calendar"))


def term_of(notice: Notice, floors: list[Term]) -> Term:
    """Return the notice's term, which may not be below a floor of the same unit."""
    term = Term(notice.says["term"]["amount"], notice.says["term"]["unit"])
    right = type(term.amount) is int and term.amount >= 1 and term.unit in UNITS
    require(right, "期限有误 / a term that says nothing")
    require(floors, "不认识的公示种类 / no law is known for this kind: %s" % notice.says["kind"])
    for floor in floors:
        short = term.unit == floor.unit and term.amount < floor.amount
        require(not short, "期限短于 / the term is shorter than %d %s: %d" % (*floor, term.amount))
    return term


def zone_floor(notice: Notice, term: Term, floors: list[Term]) -> list[Term]:
    """The longer period that the zone asked for when the notice was handed in; it may not be below the law's."""
    rule = notice.says["term"].get("zone")
    if rule is None:
        return []
    least = Term(rule["amount"], term.unit)
    loose = [floor for floor in floors if floor.unit == least.unit and least.amount < floor.amount]
    require(
        type(least.amount) is int and not loose, "示范区期限短于法定 / the zone's term is below the law's"
    )
    require(
        day_of(rule["from"]) <= china_date(notice.start.at),
        "示范区规定尚未生效 / the zone's rule was not in force",
    )
    return [least]


def floor_in_text(bundle: Bundle, notice: Notice) -> list[Term]:
    """The period that the text itself names, which readers relied on."""
    text = bundle.files.get("files/" + notice.says["text"], b"").decode()
    said = [line for line in text.split("\n") if line.startswith("公示期：")]
    found = re.search(r"起 (\d+) (日|个工作日)", said[0]) if said else None
    return [Term(int(found[1]), DAY if found[2] == "日" else WORKDAY)] if found else []


def claim_period(bundle: Bundle) -> str:
    notice = Notice(bundle)
    due, calendar, expired = notice.due, calendar_of(bundle, notice), notice.expired
    calendar.check(china_date(notice.start.at), china_date(due))
    kind = notice.says["kind"]
    floors = [table[kind] for table in (FLOORS, bundle.policy.floors) if kind in table]
    term = term_of(notice, floors)
    asked = [*floors, *zone_floor(notice, term, floors), *floor_in_text(bundle, notice)]
    term_of(notice, asked)
    for channel in CHANNELS:
        require(notice.says["channels"][channel], "缺少渠道 / a channel is missing: " + NAMES[channel])
    for least in [term, *asked]:
        end = count_anew(notice, least, calendar)
        shown = "%d %s: %s" % (*least, end.isoformat())
        require(due >= end, "期限不足 / the period is too short, it ends not before " + shown)
    check_extensions(notice, term, calendar)
    promised = [event.data["end"] for event in [notice.start, *notice.since("resumed", "extended")]]
    require(
        all(due >= instant(end) for end in promised),
        "早于公布的截止时间 / it ended before the end made public",
    )
    require(expired.at >= due, "届满记录早于截止时间 / recorded as expired before its end")
    days = expired.data["days"]
    require(type(days) is int and days >= term.amount, "天数不足 / too few days were counted")
    first, last = notice.start.at.astimezone(CHINA), due.astimezone(CHINA)
    found = [
        "%s → %s, %d %s" % (first.isoformat(), last.isoformat(), *term),
        "停计 stops %d, 延长 extensions %d" % (len(notice.running()) - 1, len(notice.since("extended"))),
        *("示范区要求 the zone asks %d %s" % least for least in zone_floor(notice, term, floors)),
        "两个渠道相同 / both channels",
        "日历 calendar %s: %s" % (calendar.edition, calendar.named(first.date(), last.date())),
    ]
    if not bundle.checkpoints[-1].witnessed:
        found.append("时间仅由日志自述 / the log alone vouches for times")
    return "; ".join(found)


def check_extensions(notice: Notice, term: Term, calendar: WorkCalendar) -> None:
    """The days added must be at least the time lost, in one channel or in both."""
    lost = merged([span for channel in CHANNELS for span in notice.extensions(channel)])
    needed = 0
    for span in lost:
        require(span.start < span.end, "中断起止有误 / an interruption that ends before it starts")
        touched = [china_date(span.start), *span.days_between(), china_date(span.end)]
        whole = -(-(span.end - span.start) // ONE_DAY)
        needed += min(whole, len(in_unit(sorted(set(touched)), term.unit, calendar)))
    added = sum(event.data["days"] for event in notice.since("extended"))
    require(added >= needed, "延长不足 / fewer days were added than lost: %d < %d" % (added, needed))


def merged(spans: list[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


# ---- notices: what was seen ---------------------------------------------------------------------------------------

OBSERVATION = "notice-observation/v1"


class Sight(NamedTuple):
    """What a watcher found at a channel's address. `head` is the chain head that the page showed, or `-`."""

    at: datetime
    watcher: str
    channel: str
    url: str
    status: str
    digest: str
    head: str


def open_sight(note: str, watchers: list[Key]) -> Optional[Sight]:
    """Read a watcher's note; None when no watcher of the policy signed it."""
    text, signed = open_note(note, watchers)
    header, channel, url, time, status, digest, head, rest = text.split("\n")
    require(header == OBSERVATION and rest == "", "观察记录格式有误 / a malformed observation")
    names = sorted(key.name for key in signed)
    return Sight(instant(time), names[0], channel, url, status, digest, head) if names else None


def sights_of(bundle: Bundle, notice: Notice, channel: str) -> list[Sight]:
    """What the policy's watchers saw at this channel's address, each compared with the chain."""
    found: list[Sight] = []
    for event in notice.since("watched"):
        note = event.data["note"]
        if note.split("\n")[1:2] != [channel]:
            continue
        sight = open_sight(note, bundle.policy.watchers)
        if sight is None or sight.url != notice.says["channels"][channel]:
            continue
        require(
            sight.at <= event.at + SLACK, "观察晚于其记录 / observed after it was recorded: %s" % sight.at
        )
        check_head(notice, sight)
        found.append(sight)
    return sorted(found)


def check_head(notice: Notice, sight: Sight) -> None:
    """The head that a page showed must be one of this very chain, and the newest of that moment."""
    if sight.head == "-":
        return
    number, _, commitment = sight.head.partition(" ")
    n = parse_decimal(number)
    same = 1 <= n <= len(notice.chain) and notice.chain[n - 1].commitment == commitment
    require(same, "观察者看到另一条链 / a watcher saw another chain of this notice: %s" % sight.at)
    later = notice.chain[n : n + 1]
    fresh = not later or later[0].at >= sight.at - SLACK
    require(fresh, "页面所示链首已过时 / the page showed an old head of the chain: %s" % sight.at)


def squeezed(text: str) -> str:
    """The text without any white space, so that layout makes no difference."""
    return "".join(text.split())


def claim_visible(channel: str, bundle: Bundle) -> str:
    notice = Notice(bundle)
    captures = [check_captures(notice)] if channel == UNIT else []
    known = [
        sight for sight in map(partial(check_kept, bundle, notice), bundle.held.notes) if sight == channel
    ]
    if not bundle.policy.watchers:
        alone = "策略未列观察者, 只有当事各方自己的记录 / the policy names no watcher: only the parties' own records speak"
        return ", ".join([*captures, alone])
    kept = ["留存记录相符 / kept observations found: %d" % len(known)] if known else []
    return ", ".join([*captures, check_sights(bundle, notice, channel), *kept])


def check_kept(bundle: Bundle, notice: Notice, note: str) -> str:
    """An observation that a watcher kept must be in the chain; return its channel."""
    sight = open_sight(note, bundle.policy.watchers)
    if sight is None:
        raise ClaimError("不是策略所列观察者签名 / not signed by a watcher of the policy")
    ours = notice.says["channels"].get(sight.channel) == sight.url
    relevant = ours and notice.start.at <= sight.at <= notice.due
    chained = [event.data["note"] for event in notice.since("watched")]
    require(
        note in chained or not relevant,
        "留存的观察不在链中 / a kept observation is not in the chain: %s" % sight.at,
    )
    return sight.channel if relevant else ""


def check_captures(notice: Notice) -> str:
    """The unit's own captures: at the start, in between and at the end, all with the same text."""
    captures = [event for event in notice.since("observed") if event.data["channel"] == UNIT]
    lost, good = (
        notice.extensions(UNIT),
        {"start": [notice.start.at]} if digests_in(notice.says["capture"]) else {},
    )
    for event in captures:
        at = instant(event.data["at"])
        require(at <= event.at + SLACK, "抓取晚于其记录 / captured after it was recorded: %s" % at)
        if event.data["seen"] == "same" and digests_in(event.data["capture"]):
            good.setdefault(event.data["point"], []).append(at)
        elif not any(span.has(at) for span in lost):
            raise ClaimError("单位页面不符 / the unit's page was %s: %s" % (event.data["seen"], at))
    due = notice.due
    require(good.get("start"), "缺少开始时的抓取 / no capture at the start")
    middle = any(notice.start.at < at < due for at in good.get("middle", []))
    require(middle, "缺少中间的抓取 / no capture in between")
    end = any(at >= due - ONE_DAY for at in good.get("end", []))
    require(end, "缺少届满时的抓取 / no capture at the end")
    return "单位抓取 captures: %d" % sum(map(len, good.values()))


def check_sights(bundle: Bundle, notice: Notice, channel: str) -> str:
    """Every counted day seen by enough watchers, no long gap, nothing else seen."""
    text = content_of(bundle, notice.says["text"], "文本 text").decode()
    expected, watch, due = sha256(squeezed(text).encode()), bundle.policy.watch, notice.due
    lost, running = notice.extensions(channel), notice.running()
    good: list[Sight] = []
    for sight in sights_of(bundle, notice, channel):
        if not notice.start.at <= sight.at <= due:
            continue
        if sight.status == "200" and sight.digest == expected and (channel == UNIT or sight.head != "-"):
            good.append(sight)
            continue
        excused = any(span.has(sight.at) for span in lost)
        stopped = sight.status != "200" and not any(span.has(sight.at) for span in running)
        require(excused or stopped, in_failure(sight, expected))
    check_days(bundle, notice, lost, good)
    gap = longest_gap(running, lost, [sight.at for sight in good])
    require(gap <= timedelta(hours=watch.gap), "间隔过长 / nobody looked for %s h" % in_hours(gap))
    return "%d 次观察相符 / observations agree, 观察者 watchers %s, 最长间隔 longest gap %s h" % (
        len(good),
        " ".join(sorted({sight.watcher for sight in good})),
        in_hours(gap),
    )


def in_failure(sight: Sight, expected: str) -> str:
    if sight.status != "200":
        return "页面无法访问 / the page could not be read: %s, %s" % (sight.at, sight.status)
    if sight.digest != expected:
        return "所见文本不符 / another text was seen: %s" % sight.at
    return "页面未示链首 / the page showed no chain head: %s" % sight.at


def in_hours(gap: timedelta) -> str:
    return "%.1f" % (gap.total_seconds() / 3600)


def check_days(bundle: Bundle, notice: Notice, lost: list[Span], good: list[Sight]) -> None:
    *stopped, last = notice.running()
    days = [day for span in stopped for day in span.days_between()]
    days += last._replace(end=last.end + ONE_DAY - timedelta(microseconds=1)).days_between()
    missing = {
        day for span in lost for day in [china_date(span.start), *span.days_between(), china_date(span.end)]
    }
    for day in in_unit(days, notice.says["term"]["unit"], calendar_of(bundle, notice)):
        seen = {sight.watcher for sight in good if china_date(sight.at) == day}
        need = 0 if day in missing else bundle.policy.watch.watchers
        require(len(seen) >= need, "观察者不足 / too few watchers saw it on %s: %d" % (day, len(seen)))


def longest_gap(running: list[Span], lost: list[Span], looks: list[datetime]) -> timedelta:
    """The longest time without a look while the period ran and the page was there."""
    spans = running
    for interruption in lost:
        spans = [part for span in spans for part in span.without(interruption)]
    gaps = [timedelta()]
    for span in spans:
        points = [span.start, *(at for at in looks if span.has(at)), span.end]
        gaps += [later - earlier for earlier, later in zip(points, points[1:])]  # noqa: B905, RUF007 - Python 3.8
    return max(gaps)


# ---- the claims about a notice ------------------------------------------------------------------------------------


def claim_ends(bundle: Bundle) -> str:
    notice = Notice(bundle)
    starts = notice.through("started")
    editions = [event.data["edition"] for event in starts]
    require(editions == list(range(1, len(starts) + 1)), "版次不连续 / editions do not follow each other")
    expired, certified = notice.expired, notice.certified
    require(expired.data["edition"] == editions[-1], "届满的是另一版 / another edition expired")
    moved = [event for event in notice.since("started", "resumed", "extended") if event.n > expired.n]
    require(not moved, "届满后又计期 / the period went on after it had expired")
    if certified is None:
        return "%s 第 %d 版 / edition, 尚无证明 / no certificate yet" % (notice.says["number"], editions[-1])
    require(certified.n > expired.n, "届满前出具证明 / certified before it expired")
    after = [event.kind for event in notice.chain[certified.n :]]
    require(
        set(after) <= {"notice.watched", "notice.observed", "notice.overtaken"},
        "证明后仍有事件 / events after the certificate: %s" % after,
    )
    found = "%s 第 %d 版 / edition, %s" % (notice.says["number"], editions[-1], certified.data["certificate"])
    overtaken = [event.at.isoformat() for event in notice.since("overtaken")]
    return ", ".join([found, *("证明后依据失效 / what it rests on ended later: " + at for at in overtaken)])


def claim_unchanged(bundle: Bundle) -> str:
    notice = Notice(bundle)
    changed = [event.kind for event in [*notice.since("amended"), *notice.through("voided")]]
    require(not changed, "公示后有变更或撤销 / amended or voided: %s" % ", ".join(changed))
    return (
        "未变更, 未撤销 / neither amended nor voided since %s" % notice.start.at.astimezone(CHINA).isoformat()
    )


def claim_notice_contents(bundle: Bundle) -> str:
    files, notice = claim_contents(bundle), Notice(bundle)
    text = content_of(bundle, notice.says["text"], "文本 text").decode()
    require("\r" not in text, "文本换行有误 / wrong line ends in the text")
    readable = bundle.files.get(READABLE)
    require(readable in (None, text.encode()), "公示文本.txt 不是所公示的文本 / it is another text")
    approved = [event.data for event in notice.through("approved") if event.n < notice.start.n]
    latest = [data["text"] for data in approved if data["edition"] == notice.says["edition"]][-1:]
    require(not latest or latest[0] == notice.says["text"], "批准的是另一文本 / another text was approved")
    check_fields(bundle, notice, text)
    certified = notice.certified
    if certified is not None:
        check_certificate(
            notice, parse_json(content_of(bundle, certified.data["digest"], "证明 certificate"))
        )
    return "%s, 必填项齐全 / every compulsory field is filled in" % files


def check_fields(bundle: Bundle, notice: Notice, text: str) -> None:
    named, filled = notice.says["profile"], notice.says["fields"]
    profile = parse_json(content_of(bundle, named["digest"], "要素表 profile"))
    agrees = (profile["name"], profile["edition"]) == (named["name"], named["edition"])
    require(agrees, "要素表不符 / another profile")
    fields = {field["name"]: field for field in profile["fields"]}
    require(set(filled) <= set(fields), "要素表外的项 / a field that the profile does not know")
    for name, field in fields.items():
        require(
            name in filled or not field["compulsory"], "缺少必填项 / a compulsory field is missing: %s" % name
        )
        if name in filled:
            start = field["label"] + "："
            values = [line[len(start) :].strip() for line in text.split("\n") if line.startswith(start)]
            require(
                len(values) == 1 and values[0], "文本缺少 / the text does not say once: " + field["label"]
            )
    priced = notice.says["kind"] != "agreement_price" or type(notice.says["price_fen"]) is int
    require(priced, "缺少价格 / there is no price")


def check_certificate(notice: Notice, facts: Any) -> None:
    """The facts of the certificate are those of this edition, wherever they stand in the file."""
    certified, values = notice.certified, list(values_in("", facts))
    texts = [value for _, value in values]
    wanted = [notice.says["text"], notice.says["number"], certified.data["certificate"] if certified else ""]
    for word in wanted:
        require(word in texts, "证明与公示不符 / the certificate does not name %s" % word)
    for name in ("price_fen", "edition"):
        others = [value for key, value in values if key == name and value != notice.says.get(name)]
        require(not others, "证明与公示不符 / the certificate has another %s: %s" % (name, others))


def values_in(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from values_in(key, part)
    elif isinstance(value, list):
        for part in value:
            yield from values_in(name, part)
    else:
        yield name, value


class Objection:
    """What happened to an objection, in order."""

    def __init__(self, filed: Event) -> None:
        self.filed = filed
        self.refused: Optional[Event] = None
        self.decision: Optional[Event] = None
        self.appealed = False
        self.closed: Optional[Event] = None
        self.supplements: List[Event] = []

    def take(self, event: Event) -> None:
        verb, number = event.kind[len("notice.") :], self.filed.data["objection"]
        require(not self.closed, "异议了结后仍有事件 / events after it was closed: %s" % number)
        if verb == "objection_supplemented":
            self.supplements.append(event)
        elif verb == "objection_refused":
            self.refused = event
        elif verb == "objection_appealed":
            self.appealed = True
        elif verb in ("objection_decided", "appeal_decided"):
            self.decision, self.appealed = event, False
        elif verb == "objection_closed":
            decided = (self.decision or self.refused) and not self.appealed
            require(decided, "异议未作决定即了结 / closed without a decision: %s" % number)
            self.closed = event

    @property
    def settled(self) -> Optional[Event]:
        """What ended it: a refusal that stands, or the closing."""
        return self.closed or (None if self.appealed or self.decision else self.refused)


STEPS = tuple(
    "objection_" + verb
    for verb in ("confirmed", "supplemented", "refused", "admitted", "decided", "appealed", "closed")
)


def objections_of(notice: Notice) -> dict[str, Objection]:
    """Read all objections; none may have let the period run on before it was refused or decided."""
    found: dict[str, Objection] = {}
    for event in notice.through("objected", "resumed", "appeal_decided", *STEPS):
        if event.kind == "notice.objected":
            require(event.data["objection"] not in found, "异议编号重复 / an objection was filed twice")
            found[event.data["objection"]] = Objection(event)
        elif event.kind == "notice.resumed":
            waiting = [number for number, one in found.items() if not (one.refused or one.decision)]
            require(not waiting, "异议未决即恢复计期 / resumed before a decision: %s" % waiting)
        else:
            found[event.data["objection"]].take(event)
    return found


def claim_objections(bundle: Bundle) -> str:
    notice = Notice(bundle)
    found = objections_of(notice)
    end, certified = notice.expired, notice.certified
    for number, objection in found.items():
        limit = end.n if objection.filed.n < end.n else certified.n if certified else len(notice.chain) + 1
        settled = objection.settled
        in_time = settled is not None and settled.n < limit
        require(in_time, "异议未了结 / an objection was not settled in time: %s" % number)
        decision = objection.decision
        if decision and decision.n > notice.start.n:
            obeyed = decision.data["effect"] == "continue"
            require(
                obeyed,
                "处理决定未执行 / a decision was not obeyed: %s, %s" % (number, decision.data["effect"]),
            )
    for receipt in bundle.held.receipts:
        check_receipt(bundle, found, receipt)
    refused = sum(objection.refused is not None for objection in found.values())
    kept = ", 回执相符 / receipts agree: %d" % len(bundle.held.receipts) if bundle.held.receipts else ""
    return "%d 件异议 / objections, 不予受理 refused %d, 已决 decided %d%s" % (
        len(found),
        refused,
        len(found) - refused,
        kept,
    )


def check_receipt(bundle: Bundle, found: dict[str, Objection], receipt: str) -> None:
    """What an objector holds must be in the chain, where the receipt says and with what it says."""
    text, signed = open_note(receipt, bundle.policy.receipts)
    require(signed, "回执未经策略所列公钥签名 / a receipt that no key of the policy signed")
    header, number, subject, _time, position, commitment, digest, rest = text.split("\n")
    require(header == "receipt/v1" and rest == "", "回执格式有误 / a malformed receipt")
    require(subject == bundle.subject, "回执属于另一对象 / a receipt about another subject: " + subject)
    require(number in found, "有回执的异议不在链中 / an objection with a receipt is missing: " + number)
    held = (parse_decimal(position), commitment, digest)
    events = [found[number].filed, *found[number].supplements]
    agrees = held in [(event.leaf, event.commitment, event.data["digest"]) for event in events]
    require(agrees, "回执与链不符 / the receipt differs from the chain: " + number)


def claim_diligence(bundle: Bundle) -> str:
    """Lists what the chain has for those who judge diligence; it judges nothing."""
    notice = Notice(bundle)
    says, first = notice.says, china_date(notice.start.at)
    decision, found = says.get("decision"), []
    require(decision or says["kind"] not in DECIDED, "缺少集体决策 / no collective decision is named")
    if decision:
        held = day_of(decision["held_on"])
        require(held <= first, "决策晚于公示 / the decision came after the notice: %s" % held)
        require(digests_in(decision["minutes"]), "缺少会议纪要摘要 / the minutes have no digest")
        found.append(
            "决策 decision %s %s 纪要 minutes %s…" % (decision["resolution"], held, decision["minutes"][:12])
        )
    procedure = says["objection_procedure"]
    published = day_of(procedure["published_on"])
    require(
        published <= first, "异议程序晚于公示 / the objection procedure came after the notice: %s" % published
    )
    require(digests_in(procedure["digest"]), "缺少异议程序摘要 / the objection procedure has no digest")
    found.append("异议程序 objection procedure %s" % published)
    require(type(says["related"]) is bool, "未标明关联关系 / it does not say whether the buyer is related")
    found.append("关联关系 related party: %s" % ("有 yes" if says["related"] else "无 no"))
    people = [{event.by for event in notice.through(verb)} for verb in ("submitted", "approved")]
    found.append(
        "提交与批准不同人 two people %s"
        % ("是 yes" if all(people) and not people[0] & people[1] else "未见 not shown")
    )
    return "; ".join([*found, "只列所有, 不作评判 / it lists, it does not judge"])


NOTICE_CLAIMS: List[Examination] = [
    (
        "首尾",
        "最后一版公示起讫各一次 / the last edition started and expired once, a certificate comes last",
        claim_ends,
    ),
    ("未改未撤", "公示后未变更或撤销 / neither amended nor voided after its start", claim_unchanged),
    (
        "内容",
        "文件即事件所指明者, 必填项齐全 / the files are those named, compulsory fields filled in",
        claim_notice_contents,
    ),
    ("期限", "逐日重新计算, 不短于法定期限 / counted anew, not shorter than the law asks", claim_period),
    (
        "可见·市场",
        "市场页面始终可见且相同 / the market's page was there all the time, with this text",
        partial(claim_visible, MARKET),
    ),
    (
        "可见·单位",
        "单位页面始终可见且相同 / the unit's page was there all the time, with this text",
        partial(claim_visible, UNIT),
    ),
    (
        "异议",
        "每件异议均不予受理或办结 / every objection was refused, or decided and closed",
        claim_objections,
    ),
    ("勤勉", "决策、程序与关联关系 / decision, procedure and related parties, in time", claim_diligence),
]


# ---- the claims about a single proof ------------------------------------------------------------------------------


class LogProof:
    """An event, its salt and its tlog-proof@v1."""

    def __init__(self, data: bytes, policy: Policy) -> None:
        parts = parse_json(data)
        self.event, self.salt, self.policy = parts["event"], parts["salt"], policy
        self.head, _, self.note = parts["proof"].partition("\n\n")
        self.checkpoints: list[Checkpoint] = []

    def facts(self) -> list[str]:
        return ["事件 event: %s" % canonical(self.event).decode()]

    def claims(self) -> Iterator[Examination]:
        yield from PROOF_CLAIMS


def claim_signed(proof: LogProof) -> str:
    checkpoint = open_checkpoint(proof.note, proof.policy)
    proof.checkpoints = [checkpoint]
    return "%s: 日志长度 / log size %d" % (checkpoint.origin, checkpoint.size)


def claim_logged(proof: LogProof) -> str:
    require(proof.checkpoints, "取决于检查点 / depends on 检查点")
    header, *lines = proof.head.split("\n")
    lines = lines[1:] if lines[0].startswith("extra ") else lines
    word, number = lines[0].split(" ")
    require(header == "c2sp.org/tlog-proof@v1" and word == "index", "格式有误 / wrong format")
    checkpoint, index, leaf = proof.checkpoints[0], parse_decimal(number), leaf_of(proof.salt, proof.event)[1]
    root = root_from_inclusion(index, checkpoint.size, leaf, unbase64_hashes(lines[1:]))
    require(root == checkpoint.root, "事件不在日志中 / the event is not in the log")
    delay = witness_delay(proof.event["t"], index, proof.checkpoints)
    return "序号 / index %d, %s" % (index, in_words(delay, checkpoint))


PROOF_CLAIMS: list[Examination] = [
    ("检查点", "经日志与见证方签名 / signed by log and witnesses", claim_signed),
    ("事件", "事件在日志中 / the event is in the log", claim_logged),
]


# ---- running and reporting ----------------------------------------------------------------------------------------


class Claim(NamedTuple):
    name: str
    meaning: str
    holds: bool
    detail: str


class Report(NamedTuple):
    claims: list[Claim]
    facts: list[str]  # to be compared with what other sources say

    @property
    def holds(self) -> bool:
        return all(claim.holds for claim in self.claims)

    @property
    def authentic(self) -> bool:
        """Is the bundle what the log says? A notice that was not held as it must be is proved by one, too."""
        passed = {claim.name for claim in self.claims if claim.holds}
        return passed.issuperset(AUTHENTIC)

    def lines(self) -> list[str]:
        marks = [("PASS" if claim.holds else "FAIL", claim) for claim in self.claims]
        claims = ["%s %s %s | %s" % (mark, claim.name, claim.meaning, claim.detail) for mark, claim in marks]
        return [*self.facts, *claims, "结论 RESULT: " + ("PASS" if self.holds else "FAIL")]


def examine(open_subject: Callable[[Policy], Any], policy_text: str) -> Report:
    facts = ["策略指纹 policy sha256: " + sha256(policy_text.encode())]
    try:
        subject = open_subject(Policy(policy_text))
    except Exception as error:  # noqa: BLE001 - see `verdict`
        return Report([Claim("读取", "可以读取 / can be read", False, reason(error))], facts)
    results = [verdict(name, meaning, partial(check, subject)) for name, meaning, check in subject.claims()]
    return Report(results, facts + subject.facts())


def verdict(name: str, meaning: str, check: Callable[[], str]) -> Claim:
    try:
        return Claim(name, meaning, True, check())
    except Exception as error:  # noqa: BLE001 - whatever a forged file causes, the claim does not hold
        return Claim(name, meaning, False, reason(error))


def reason(error: Exception) -> str:
    return str(error) if isinstance(error, ClaimError) else "无法读取 / unreadable: %r" % error


def verify_files(files: dict[str, bytes], policy_text: str, head: str = "", held: Held = NOTHING) -> Report:
    """Examine a bundle given as file name to content."""
    return examine(lambda policy: Bundle(files, policy, held._replace(head=head or held.head)), policy_text)


def verify_bundle(path: str, policy_text: str, head: str = "", held: Held = NOTHING) -> Report:
    """Examine the bundle in a ZIP file."""
    held = held._replace(head=head or held.head)
    return examine(lambda policy: Bundle(read_zip(path), policy, held), policy_text)


def verify_proof(data: bytes, policy_text: str) -> Report:
    """Examine a proof file, JSON {event, salt, proof}."""
    return examine(lambda policy: LogProof(data, policy), policy_text)


def read_zip(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        small = len(members) <= MAX_FILES and sum(member.file_size for member in members) <= MAX_BYTES
        require(small, "存证包过大 / the bundle is too large")
        require(
            len({member.filename for member in members}) == len(members),
            "文件名重复 / a file name occurs twice",
        )
        return {member.filename: archive.read(member) for member in members}


def main(arguments: list[str]) -> int:
    single = arguments[:1] == ["proof"]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", help="BUNDLE.zip, or PROOF.json after the word proof")
    parser.add_argument(
        "--policy", required=True, help="tlog-policy with the keys of the log and its witnesses"
    )
    parser.add_argument("--head", default="", help='chain head that the public page shows: "N COMMITMENT"')
    parser.add_argument(
        "--receipt", action="append", default=[], help="receipt of an objection, a signed note"
    )
    parser.add_argument("--note", action="append", default=[], help="observation that a watcher kept")
    chosen = parser.parse_args(arguments[1:] if single else arguments)
    try:
        policy_text = Path(chosen.policy).read_bytes().decode()
        data = Path(chosen.file).read_bytes() if single else b""
        receipts, notes = [
            [Path(name).read_bytes().decode() for name in names] for names in (chosen.receipt, chosen.note)
        ]
    except (OSError, ValueError) as error:
        parser.error(str(error))
    held = Held(chosen.head, receipts, notes)
    report = verify_proof(data, policy_text) if single else verify_bundle(chosen.file, policy_text, held=held)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese must not stop the answer
    print("\n".join(report.lines()))
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
