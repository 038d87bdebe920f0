#!/usr/bin/env python3
"""A witness of transparency logs (C2SP tlog-witness). It runs alone; besides Python 3.8 it needs PyNaCl.

    python witness.py --name witness.univ.example --key KEYFILE --state FILE --log VKEY... --listen HOST:PORT

It answers `POST /add-checkpoint` and signs a checkpoint only if it extends the last one that it signed: so a log cannot
take back or rewrite what it has shown, nor show two histories. Run it in another organisation than the log's, behind
TLS, and give your verifier key (the first line printed) to those who write policies.

The first start makes key and state. A witness that has lost its state must not sign again under the same key, so each
without the other stops the start. One process at a time may use a state.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Callable, NamedTuple

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

LOG_KEY, COSIGNATURE = 1, 4
MOST_BYTES = 100_000  # of a request
MOST_HASHES = 63  # of a proof
EMPTY_ROOT = hashlib.sha256(b"").digest()
DASH = "\u2014"


class Refused(Exception):
    """What is not signed: the HTTP status, and the body of the answer."""

    def __init__(self, status: int, body: str, media: str = "text/plain; charset=utf-8") -> None:
        super().__init__(body)
        self.status, self.body, self.media = status, body, media


class Key(NamedTuple):
    """A public key with the name under which it signs."""

    name: str
    algorithm: int
    public: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        encoded = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"


class Request(NamedTuple):
    """What a log asks for: a checkpoint that extends the tree of `old` leaves, by this proof."""

    old: int
    proof: list[bytes]
    text: str
    signatures: list[tuple[str, bytes]]
    origin: str
    size: int
    root: bytes


def unbase64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def hash_of(text: str) -> bytes:
    data = unbase64(text)
    if len(data) != 32:
        raise ValueError("a hash has 32 bytes")
    return data


def decimal(text: str) -> int:
    if not re.match(r"(0|[1-9][0-9]{0,18})\Z", text):
        raise ValueError(f"{text!r} is not a number")
    return int(text)


def parse_log_key(vkey: str) -> Key:
    """Read a log's vkey. Raises ValueError."""
    name, key_id, encoded = vkey.split("+", 2)
    data = unbase64(encoded)
    key = Key(name, data[0], data[1:])
    if key.algorithm != LOG_KEY or len(key.public) != 32 or key.id.hex() != key_id:
        raise ValueError(f"{vkey!r} is not the verifier key of a log")
    return key


def parse_request(body: str) -> Request:
    """Read the body of add-checkpoint. Raises ValueError."""
    head, found, note = body.partition("\n\n")
    first, *proof = head.split("\n")
    word, _, old = first.partition(" ")
    text, signed, block = note.rpartition("\n\n")
    lines = block.split("\n")
    if word != "old" or not (found and signed) or lines.pop() or len(proof) > MOST_HASHES or len(lines) > 100:
        raise ValueError("this is not a request to add a checkpoint")
    origin, size, root, *more = text.split("\n")
    if not origin or "" in more:
        raise ValueError("this is not a checkpoint")
    signatures = [parse_signature(line) for line in lines]
    hashes = [hash_of(line) for line in proof]
    return Request(decimal(old), hashes, text + "\n", signatures, origin, decimal(size), hash_of(root))


def parse_signature(line: str) -> tuple[str, bytes]:
    dash, name, encoded = line.split(" ")
    if dash != DASH:
        raise ValueError("a signature line is malformed")
    return name, unbase64(encoded)


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def extends(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """Does the proof show that the tree of `old` leaves is a prefix of the new one (RFC 9162 section 2.1.4.2)?"""
    if old in (0, new):
        return not proof and (new_root == EMPTY_ROOT if new == 0 else old == 0 or old_root == new_root)
    if not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else proof
    position, last = old - 1, new - 1
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
    return as_old == old_root and as_new == new_root and last == 0


class State:
    """Size and root of the last checkpoint signed for each log, in a file that is replaced whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        stored = json.loads(path.read_text(encoding="ascii"))
        self.heads: dict[str, tuple[int, bytes]] = {
            origin: (int(size), bytes.fromhex(root)) for origin, (size, root) in stored.items()
        }

    def head(self, origin: str) -> tuple[int, bytes]:
        return self.heads.get(origin, (0, EMPTY_ROOT))

    def advance(self, origin: str, size: int, root: bytes) -> None:
        """Write the new head to the disk, then believe it."""
        heads = {**self.heads, origin: (size, root)}
        write_whole(self.path, json.dumps({name: [n, r.hex()] for name, (n, r) in heads.items()}))
        self.heads = heads


def write_whole(path: Path, text: str) -> None:
    """Put a file in place that is whole, for its owner only, and on the disk."""
    handle, draft = tempfile.mkstemp(dir=str(path.parent))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)  # noqa: PTH105 - Path.replace says less about what happens
    folder = os.open(str(path.parent), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Witness:
    """Signs what extends, and remembers it before it answers."""

    def __init__(
        self,
        name: str,
        signing: SigningKey,
        logs: list[Key],
        state: State,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.signing, self.state, self.clock = signing, state, clock
        self.key = Key(name, COSIGNATURE, bytes(signing.verify_key))
        self.logs: dict[str, list[Key]] = {}
        for log in logs:
            self.logs.setdefault(log.name, []).append(log)
        self.lock = threading.Lock()

    def add_checkpoint(self, body: bytes) -> str:
        """Return the cosignature line. Raises Refused."""
        try:
            request = parse_request(body.decode())
        except ValueError as error:
            raise Refused(400, f"{error}\n") from error
        self._check_signature(request)
        if request.old > request.size:
            raise Refused(400, "the old size is larger than the checkpoint\n")
        with self.lock:  # what is compared must not change before it is written
            size, root = self.state.head(request.origin)
            rewritten = request.old == request.size and request.root != root
            if request.old != size or rewritten:
                raise Refused(409, f"{size}\n", "text/x.tlog.size")
            if not extends(size, root, request.size, request.root, request.proof):
                raise Refused(422, "this does not extend the checkpoint signed before\n")
            self.state.advance(request.origin, request.size, request.root)
        return self._cosign(request.text)

    def _check_signature(self, request: Request) -> None:
        if request.origin not in self.logs:
            raise Refused(404, "this log is not known here\n")
        known = {(key.name, key.id): key for key in self.logs[request.origin]}
        signed = False
        for name, signature in request.signatures:
            key = known.get((name, signature[:4]))
            if key is not None:
                signed = True
                try:
                    VerifyKey(key.public).verify(request.text.encode(), signature[4:])
                except (BadSignatureError, ValueError) as error:
                    raise Refused(403, "the log's signature is wrong\n") from error
        if not signed:
            raise Refused(403, "the log has not signed this\n")

    def _cosign(self, text: str) -> str:
        seconds = int(self.clock())
        signature = self.signing.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode()).signature
        line = base64.b64encode(self.key.id + seconds.to_bytes(8, "big") + signature).decode()
        return f"{DASH} {self.key.name} {line}\n"


def handler_of(witness: Witness) -> type[BaseHTTPRequestHandler]:
    """Return the HTTP side of a witness."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not re.match(r"[0-9]{1,9}\Z", length) or int(length) > MOST_BYTES:
                self.close_connection = True
                self._answer(413 if length else 411, "say how long the request is, and be short\n")
                return
            body = self.rfile.read(int(length))
            if not self.path.endswith("/add-checkpoint"):
                self._answer(404, "POST /add-checkpoint\n")
                return
            try:
                self._answer(200, witness.add_checkpoint(body))
            except Refused as refused:
                self._answer(refused.status, refused.body, refused.media)

        def _answer(self, status: int, body: str, media: str = "text/plain; charset=utf-8") -> None:
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def load_key(path: Path, state: Path, name: str) -> tuple[str, SigningKey]:
    """Read name and key, or make key and state together. Raises ValueError in words for the operator."""
    if path.exists() != state.exists():
        missing = state if path.exists() else path
        raise ValueError(f"{missing} is missing: start anew with another key, name and state")
    if not path.exists():
        if not re.match(r"[^\s+]+\Z", name):
            raise ValueError("the first start needs --name: a domain of yours, without spaces and plus signs")
        write_whole(state, "{}")
        write_whole(path, f"{name} {base64.b64encode(bytes(SigningKey.generate())).decode()}\n")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ValueError(f"{path} can be read by others: chmod 600 {path}")
    kept, encoded = path.read_text(encoding="ascii").split()
    if name not in ("", kept):
        raise ValueError(f"{path} belongs to {kept}")
    return kept, SigningKey(unbase64(encoded))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="witness", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", default="", help="name under which it signs; needed at the first start")
    parser.add_argument("--key", required=True, type=Path, help="file of the key")
    parser.add_argument("--state", required=True, type=Path, help="file of what was signed last")
    parser.add_argument(
        "--log", required=True, action="append", help="verifier key of a log; may be repeated"
    )
    parser.add_argument("--listen", default="127.0.0.1:8010", help="HOST:PORT")
    chosen = parser.parse_args(arguments)
    try:
        logs = [parse_log_key(vkey) for vkey in chosen.log]
        witness = Witness(*load_key(chosen.key, chosen.state, chosen.name), logs, State(chosen.state))
        host, _, port = chosen.listen.rpartition(":")
        server = ThreadingHTTPServer((host, int(port)), handler_of(witness))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print(witness.key.vkey, flush=True)
    print(f"http://{host}:{server.server_address[1]}/add-checkpoint", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
