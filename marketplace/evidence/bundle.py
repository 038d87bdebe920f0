"""The evidence bundle 公示存证包 of one subject: a ZIP that proves its history offline.

`manifest.json` SHA-256 of every other file · `events.jsonl` opened events with salts · `proofs.jsonl` each event's
audit path in the last checkpoint · `checkpoints.jsonl` signed notes, each with a consistency proof to the last ·
`timestamps/<size>.tsr` what an authority outside said about the checkpoint of that size (RFC 3161), where there is one ·
`files/<sha256>` what the events name by digest · `policy.txt` the site's policy, for information: the reader brings
their own · `zsverify.py` the verifier · for people, where the subject has them, `说明.pdf` and `公示文本.txt`. JSON is
canonical (RFC 8785), one value a line; equal input gives equal bytes.
"""

import hashlib
import json
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import BinaryIO

import rfc8785

from marketplace.core.db import JSONObject, JSONValue
from marketplace.evidence.checkpoints import tree_head_of
from marketplace.evidence.leaves import OpenedEvent
from marketplace.evidence.merkle import Tree
from marketplace.evidence.notes import encode

FORMAT = "zsb1"
MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP can carry: members have no date of their own


class BundleError(ValueError):
    """The bundle cannot be made from this."""


class UnsealedError(BundleError):
    """The last event has no checkpoint above it yet that carries the signatures asked for."""


def build_bundle(
    subject: str,
    events: Sequence[OpenedEvent],
    tree: Tree,
    notes: Sequence[str],
    files: Iterable[bytes],
    policy: str,
    stamps: Mapping[int, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the bundle's files, name to content, the manifest first.

    `events` is the whole chain of `subject` in order; `notes` are checkpoints of `tree`, smallest first, of which the
    last holds every event; `files` are contents whose digests the events name; `stamps` are answers of a time-stamping
    authority about some of the checkpoints, by size. Raises BundleError.
    """
    if not events:
        raise BundleError(f"there is no event about {subject}")
    sizes = [tree_head_of(note).size for note in notes]
    if not sizes or sizes[-1] <= events[-1].index:
        raise UnsealedError("the last event is not in a checkpoint yet that has the signatures asked for")
    members = {
        "checkpoints.jsonl": _lines(_checkpoint_lines(tree, notes, sizes)),
        "events.jsonl": _lines({"index": event.index, **event.opening} for event in events),
        "policy.txt": policy.encode(),
        "proofs.jsonl": _lines(_proof_lines(tree, events, sizes[-1])),
        "zsverify.py": verifier_source(),
    }
    members |= {f"files/{_digest(content)}": content for content in files}
    members |= {f"timestamps/{size}.tsr": answer for size, answer in (stamps or {}).items()}
    return _listed(subject, members)


def with_papers(members: Mapping[str, bytes], papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the bundle's files with papers for people among them, all in the manifest."""
    rest = {name: content for name, content in members.items() if name != MANIFEST}
    return _listed(subject_of(members), {**rest, **papers})


def subject_of(members: Mapping[str, bytes]) -> str:
    """Whose bundle it is."""
    return str(json.loads(members[MANIFEST])["subject"])


def write_bundle(members: Mapping[str, bytes], target: BinaryIO) -> None:
    """Write the files as a ZIP."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)


def relevant_sizes(sizes: Sequence[int], indices: Iterable[int]) -> list[int]:
    """Choose, of all checkpoints' sizes (ascending), those that date the events, and the last.

    An event is dated by the last checkpoint without it and the first one that holds it.
    """
    chosen = set(sizes[-1:])
    for index in indices:
        after = bisect_right(sizes, index)
        chosen.update(sizes[max(after - 1, 0) : after + 1])
    return sorted(chosen)


def named_digests(value: JSONValue) -> set[str]:
    """Return every SHA-256 in hex that stands in an event's data."""
    if isinstance(value, str):
        return {value} if len(value) == 64 and set(value) <= set("0123456789abcdef") else set()
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {digest for part in parts for digest in named_digests(part)}


def verifier_source() -> bytes:
    """Return the verifier as shipped in bundles and offered for download."""
    return program_source("verifier.py")


def program_source(name: str) -> bytes:
    """Return a program of this folder that others run by themselves: verifier.py, witness.py, watch.py."""
    return resources.files("marketplace.evidence").joinpath(name).read_bytes()


def _listed(subject: str, members: Mapping[str, bytes]) -> dict[str, bytes]:
    digests: JSONObject = {name: _digest(content) for name, content in members.items()}
    manifest: JSONObject = {"v": FORMAT, "subject": subject, "files": digests}
    return {MANIFEST: rfc8785.dumps(manifest), **dict(sorted(members.items()))}


def _checkpoint_lines(tree: Tree, notes: Sequence[str], sizes: Sequence[int]) -> list[JSONObject]:
    proofs = tree.consistencies(sizes, sizes[-1])
    return [{"note": note, "to_final": _texts(proofs[size])} for note, size in zip(notes, sizes, strict=True)]


def _proof_lines(tree: Tree, events: Sequence[OpenedEvent], size: int) -> list[JSONObject]:
    paths = tree.inclusions([event.index for event in events], size)
    return [{"index": event.index, "path": _texts(paths[event.index])} for event in events]


def _texts(hashes: Sequence[bytes]) -> list[JSONValue]:
    return [encode(item) for item in hashes]


def _lines(values: Iterable[JSONObject]) -> bytes:
    return b"".join(rfc8785.dumps(value) + b"\n" for value in values)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
