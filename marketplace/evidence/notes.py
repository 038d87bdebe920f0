"""Signed notes, verifier keys, witness cosignatures and log proofs, as C2SP specifies them.

signed-note: a text, an empty line, and signature lines `— <name> base64(key id, signature)`.
tlog-cosignature (type 4): a witness signs `cosignature/v1`, its time in Unix seconds, and the note's text.
tlog-proof@v1: leaf index, audit path and checkpoint in one text.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

ED25519 = 1
COSIGNATURE_V1 = 4
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
MAX_SIGNATURES = 100

_DASH = "\u2014"
_SIGNATURE_LENGTHS = {ED25519: 64, COSIGNATURE_V1: 8 + 64}
_KEY_NAME = re.compile(r"[^\s+\x00-\x1f]+")


class NoteError(ValueError):
    """A note, key or proof that is malformed or not signed as it must be."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name that signatures carry. `str()` gives the C2SP vkey."""

    name: str
    algorithm: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise NoteError(f"{self.name!r} is not a key name: no spaces, no plus sign")
        if self.algorithm not in _SIGNATURE_LENGTHS or len(self.public) != 32:
            raise NoteError("only Ed25519 keys for notes and cosignatures are known")

    @property
    def id(self) -> bytes:
        """The four bytes that tell keys of one name apart."""
        encoded = bytes([self.algorithm]) + self.public
        return hashlib.sha256(self.name.encode() + b"\n" + encoded).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.algorithm]) + self.public)}"


@dataclass(frozen=True)
class OpenedNote:
    """A note of which at least one known key signed the text.

    `signatures` has the keys that did; the value is a witness's time in Unix seconds, None for a plain signature.
    """

    text: str
    signatures: Mapping[VerifierKey, int | None]


@dataclass(frozen=True)
class Proof:
    """A leaf's place in the log. `path` is the audit path in the tree of `checkpoint`, a signed note."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str


def encode(data: bytes) -> str:
    """Return standard base64."""
    return base64.b64encode(data).decode()


def decode(text: str) -> bytes:
    """Read standard base64 in its one canonical spelling. Raises NoteError."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("this is not base64") from error
    if encode(data) != text:
        raise NoteError("this is not canonical base64")
    return data


def is_key_name(text: str) -> bool:
    """Tell whether `text` may name a key: not empty, no spaces or control characters, no plus sign."""
    return _KEY_NAME.fullmatch(text) is not None


def parse_vkey(text: str) -> VerifierKey:
    """Read a vkey, `<name>+<key id>+<base64 of type and key>`. Raises NoteError."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NoteError(f"{text!r} is not a verifier key")
    name, key_id, encoded = parts
    data = decode(encoded)
    if not data:
        raise NoteError(f"{text!r} is not a verifier key")
    key = VerifierKey(name, data[0], data[1:])
    if key.id.hex() != key_id:
        raise NoteError(f"the key id of {name} does not fit its key")
    return key


def verifier_key(name: str, key: SigningKey, algorithm: int = ED25519) -> VerifierKey:
    """Return the public side of a signing key."""
    return VerifierKey(name, algorithm, bytes(key.verify_key))


def sign_line(name: str, key: SigningKey, text: str) -> str:
    """Return the signature line under a note of `text` (which ends with a newline)."""
    signature = key.sign(text.encode()).signature
    return f"{_DASH} {name} {encode(verifier_key(name, key).id + signature)}\n"


def cosign_line(name: str, key: SigningKey, text: str, seconds: int) -> str:
    """Return a witness's line under a checkpoint of `text`, seen at `seconds` of Unix time."""
    signature = key.sign(_cosigned(text, seconds)).signature
    key_id = verifier_key(name, key, COSIGNATURE_V1).id
    return f"{_DASH} {name} {encode(key_id + struct.pack('>Q', seconds) + signature)}\n"


def sign_note(name: str, key: SigningKey, text: str) -> str:
    """Return a whole note. Raises NoteError for a text that a note cannot carry."""
    _check_characters(text)
    if not text.endswith("\n"):
        raise NoteError("the text of a note ends with a newline")
    return f"{text}\n{sign_line(name, key, text)}"


def open_note(note: str, keys: Iterable[VerifierKey]) -> OpenedNote:
    """Check a note against known keys.

    Signatures of unknown keys are ignored. Raises NoteError when a known key's signature is wrong, when no known key
    signed, or when the note is malformed.
    """
    text, lines = _split(note)
    known = {(key.name, key.id): key for key in keys}
    signatures: dict[VerifierKey, int | None] = {}
    for line in lines:
        name, signature = _parse_line(line)
        key = known.get((name, signature[:4]))
        if key is not None and key not in signatures:
            signatures[key] = _verify(key, text, signature[4:])
    if not signatures:
        raise NoteError("no known key signed this note")
    return OpenedNote(text, signatures)


def note_text(note: str) -> str:
    """Return the text of a note without checking any signature: for notes that this program wrote."""
    return _split(note)[0]


def signature_lines(note: str) -> dict[tuple[str, bytes], str]:
    """Return the signature lines by name and key id, without checking any; of several of a key, the first."""
    lines: dict[tuple[str, bytes], str] = {}
    for line in _split(note)[1]:
        name, signature = _parse_line(line)
        lines.setdefault((name, signature[:4]), f"{line}\n")
    return lines


def proof_text(proof: Proof) -> str:
    """Write a proof as tlog-proof@v1."""
    path = "".join(f"{encode(part)}\n" for part in proof.path)
    return f"{PROOF_HEADER}\nindex {proof.index}\n{path}\n{proof.checkpoint}"


def parse_proof(text: str) -> Proof:
    """Read tlog-proof@v1, skipping its optional `extra` line. Raises NoteError."""
    head, separator, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        lines = lines[1:]
    if header != PROOF_HEADER or not separator or not lines:
        raise NoteError("this is not a tlog-proof@v1")
    word, _, index = lines[0].partition(" ")
    if word != "index":
        raise NoteError("the proof names no index")
    return Proof(parse_decimal(index), parse_hashes(lines[1:]), checkpoint)


def parse_decimal(text: str) -> int:
    """Read a non-negative ASCII decimal without leading zeroes. Raises NoteError."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise NoteError(f"{text!r} is not a number")
    return int(text)


def parse_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Read SHA-256 hashes in base64. Raises NoteError."""
    hashes = tuple(decode(line) for line in lines)
    if any(len(item) != 32 for item in hashes):
        raise NoteError("a hash does not have 32 bytes")
    return hashes


def _split(note: str) -> tuple[str, list[str]]:
    _check_characters(note)
    text, separator, block = note.rpartition("\n\n")
    lines = block.split("\n")
    if not separator or lines.pop() or not lines:
        raise NoteError("this is not a signed note")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError("the note has too many signatures")
    return text + "\n", lines


def _check_characters(note: str) -> None:
    if any(character < " " and character != "\n" for character in note):
        raise NoteError("a note has no control characters")


def _parse_line(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != _DASH or not is_key_name(parts[1]):
        raise NoteError("a signature line is malformed")
    signature = decode(parts[2])
    if len(signature) <= 4:
        raise NoteError("a signature is too short")
    return parts[1], signature


def _verify(key: VerifierKey, text: str, signature: bytes) -> int | None:
    if len(signature) != _SIGNATURE_LENGTHS[key.algorithm]:
        raise NoteError(f"the signature of {key.name} has the wrong length")
    seconds: int | None = None
    message = text.encode()
    if key.algorithm == COSIGNATURE_V1:
        seconds = int.from_bytes(signature[:8], "big")
        message, signature = _cosigned(text, seconds), signature[8:]
    try:
        VerifyKey(key.public).verify(message, signature)
    except BadSignatureError as error:
        raise NoteError(f"the signature of {key.name} is wrong") from error
    return seconds


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
