#!/usr/bin/env python3
"""Offline verifier of evidence bundles 公示存证包 and log proofs. Python 3.8 or newer, standard library, no network.

    python zsverify.py BUNDLE.zip --policy FILE [--head "N COMMITMENT"]
    python zsverify.py proof PROOF.json --policy FILE

FILE is a C2SP tlog-policy: the public keys of the log and its witnesses. Get it on paper or from another site, never
from the bundle, and compare the fingerprint printed first. `--head` is the chain head that the public page of the
subject shows; with it, a bundle that leaves out the last events is refused too.

One line is printed for each claim. Exit status: 0 every claim holds, 1 some claim fails, 2 wrong usage. What PASS
does not say: that the content is true, or that anybody saw the page.

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
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Callable, NamedTuple, Tuple

MAX_FILES = 5000
MAX_BYTES = 500_000_000
TOLERANCE = 600  # seconds that the clocks of log and witnesses may differ
PARTS = ("checkpoints.jsonl", "events.jsonl", "policy.txt", "proofs.jsonl", "zsverify.py")


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


def sum_of_multiples(s: int, p: Point, t: int, q: Point) -> Point:
    """Return s*p + t*q, reading the bits of both factors together."""
    both, result = add(p, q), ZERO
    for bit in range(max(s.bit_length(), t.bit_length()) - 1, -1, -1):
        result = double(result)
        in_s, in_t = s >> bit & 1, t >> bit & 1
        if in_s or in_t:
            result = add(result, both if in_s and in_t else p if in_s else q)
    return result


BASE_Y = 4 * pow(5, FIELD - 2, FIELD) % FIELD
BASE = decode_point(BASE_Y.to_bytes(32, "little"))


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is a signature of `message`; one with a malleable S or of small order is not."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= ORDER:
        return False
    try:
        a = decode_point(public)
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    minus_a = (FIELD - a[0], a[1], 1, FIELD - a[3])
    r = sum_of_multiples(s, BASE, k, minus_a)
    small = any(encode_point(double(double(double(p)))) == encode_point(ZERO) for p in (a, r))
    return not small and encode_point(r) == signature[:32]


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
    """Whom the reader trusts: logs, witnesses, and how many of the witnesses must have signed a checkpoint."""

    def __init__(self, text: str) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        for line in text.splitlines():
            words = line.split()
            if words and not words[0].startswith("#"):
                self._read(words[0], words[1:])
        require(self.logs and self.quorum, "缺少 log 或 quorum 行 / the log or quorum line is missing")
        publics = [key.public for key in [*self.logs, *self.witnesses.values()]]
        require(len(set(publics)) == len(publics), "公钥重复 / a key is listed twice")

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


class Bundle:
    """What is examined, and what the claims before have established."""

    def __init__(self, files: dict[str, bytes], policy: Policy, expected_head: str) -> None:
        self.files, self.policy, self.expected_head = files, policy, expected_head
        self.subject = self.head = ""
        self.checkpoints: list[Checkpoint] = []
        self.events: list[Any] = []

    def facts(self) -> list[str]:
        return ["对象 subject: %s" % self.subject, "链首 chain head: %s" % self.head]


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
        require(name in PARTS or name.startswith("files/"), "多余文件 / unexpected file: " + name)
    require(set(PARTS) <= set(digests), "缺少文件 / a file is missing")
    return "%d 个文件 / files" % len(digests)


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
    bundle.head = "%d %s" % (len(events), previous)
    require(
        bundle.expected_head in ("", bundle.head),
        "链首与页面所示不符 / the public page shows another chain head",
    )
    bundle.events = [line["event"] for line in events]
    return "%d 个事件 / events, %s" % (len(events), in_words(delay, final))


def witness_delay(time: str, index: int, checkpoints: list[Checkpoint]) -> int:
    """Return the seconds from an event's time to its witness, 0 without one.

    The event must lie between the last witnessed checkpoint without it and the first one that holds it. A bundle may
    leave out checkpoints, and with them the earlier bound: a long delay then asks for an explanation.
    """
    claimed = datetime.fromisoformat(time).timestamp()
    after = bisect.bisect_right([checkpoint.size for checkpoint in checkpoints], index)
    sealed = checkpoints[after].witnessed
    require(not sealed or claimed <= sealed + TOLERANCE, "时间晚于见证 / later than its witness: " + time)
    before = max([checkpoint.witnessed for checkpoint in checkpoints[:after]], default=0)
    require(claimed >= before - TOLERANCE, "时间倒填 / back-dated: " + time)
    return max(0, int(sealed - claimed))


def in_words(delay: int, checkpoint: Checkpoint) -> str:
    if not checkpoint.witnessed:
        return "无见证时间 / no witness vouches for times"
    return "最迟 %d 秒后获见证 / witnessed at most %d s later" % (delay, delay)


def claim_contents(bundle: Bundle) -> str:
    require(bundle.events, "取决于事件链 / depends on 事件链")
    named = {digest for event in bundle.events for digest in digests_in(event["data"])}
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
CLAIMS: list[tuple[str, str, Callable[[Bundle], str]]] = [
    ("清单", "文件与清单一致 / the files are those of the manifest", claim_manifest),
    ("检查点", "经日志与见证方签名, 只增不改 / signed by log and witnesses, append-only", claim_checkpoints),
    ("事件链", "事件均在日志中, 依次相连 / every event is in the log, in order, none missing", claim_events),
    ("内容", "附件即事件所指明者 / the files are those whose digests the events name", claim_contents),
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


PROOF_CLAIMS: list[tuple[str, str, Callable[[LogProof], str]]] = [
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

    def lines(self) -> list[str]:
        marks = [("PASS" if claim.holds else "FAIL", claim) for claim in self.claims]
        claims = ["%s %s %s | %s" % (mark, claim.name, claim.meaning, claim.detail) for mark, claim in marks]
        return [*self.facts, *claims, "结论 RESULT: " + ("PASS" if self.holds else "FAIL")]


def examine(open_subject: Callable[[Policy], Any], claims: list[Any], policy_text: str) -> Report:
    facts = ["策略指纹 policy sha256: " + sha256(policy_text.encode())]
    try:
        subject = open_subject(Policy(policy_text))
    except Exception as error:  # noqa: BLE001 - see `verdict`
        return Report([Claim("读取", "可以读取 / can be read", False, reason(error))], facts)
    results = [verdict(name, meaning, partial(check, subject)) for name, meaning, check in claims]
    return Report(results, facts + subject.facts())


def verdict(name: str, meaning: str, check: Callable[[], str]) -> Claim:
    try:
        return Claim(name, meaning, True, check())
    except Exception as error:  # noqa: BLE001 - whatever a forged file causes, the claim does not hold
        return Claim(name, meaning, False, reason(error))


def reason(error: Exception) -> str:
    return str(error) if isinstance(error, ClaimError) else "无法读取 / unreadable: %r" % error


def verify_files(files: dict[str, bytes], policy_text: str, head: str = "") -> Report:
    """Examine a bundle given as file name to content."""
    return examine(lambda policy: Bundle(files, policy, head), CLAIMS, policy_text)


def verify_bundle(path: str, policy_text: str, head: str = "") -> Report:
    """Examine the bundle in a ZIP file."""
    return examine(lambda policy: Bundle(read_zip(path), policy, head), CLAIMS, policy_text)


def verify_proof(data: bytes, policy_text: str) -> Report:
    """Examine a proof file, JSON {event, salt, proof}."""
    return examine(lambda policy: LogProof(data, policy), PROOF_CLAIMS, policy_text)


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
    chosen = parser.parse_args(arguments[1:] if single else arguments)
    try:
        policy_text = Path(chosen.policy).read_bytes().decode()
        data = Path(chosen.file).read_bytes() if single else b""
    except (OSError, ValueError) as error:
        parser.error(str(error))
    report = (
        verify_proof(data, policy_text) if single else verify_bundle(chosen.file, policy_text, chosen.head)
    )
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese must not stop the answer
    print("\n".join(report.lines()))
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
