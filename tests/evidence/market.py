"""A small market with a log, witnesses, other traffic, and one subject whose history is bundled."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta

import rfc8785
from nacl.signing import SigningKey

from marketplace.core.db import JSONObject
from marketplace.core.journal import commitment
from marketplace.evidence import verifier
from marketplace.evidence.bundle import build_bundle
from marketplace.evidence.checkpoints import make_checkpoint
from marketplace.evidence.keys import LogKey
from marketplace.evidence.leaves import OpenedEvent, leaf_data
from marketplace.evidence.merkle import MemoryNodes, Tree
from marketplace.evidence.notes import COSIGNATURE_V1, cosign_line, note_text, verifier_key
from marketplace.evidence.trust import policy_text

SUBJECT = "ach_00000000000000000001"
ORIGIN = "log.market.example/2026"
DESCRIPTION = "一种高温合金涂层及制备方法".encode()
ATTACHMENT = b"%PDF-1.7 test report"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Market:
    subject = SUBJECT
    person = "usr_00000000000000000007"
    pause = timedelta(hours=5)  # after each event

    def __init__(self, seed: int = 1, witnesses: int = 1) -> None:
        self.random = random.Random(seed)
        self.key = LogKey(ORIGIN, self.new_key())
        self.witnesses = {f"witness.univ-{i}.example": self.new_key() for i in range(witnesses)}
        self.tree = Tree(MemoryNodes())
        self.now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
        self.events: list[OpenedEvent] = []
        self.previous = ""
        self.notes: list[str] = []
        self.contents = [DESCRIPTION, ATTACHMENT]

    @property
    def policy(self) -> str:
        keys = {
            f"w{i}": verifier_key(n, k, COSIGNATURE_V1) for i, (n, k) in enumerate(self.witnesses.items())
        }
        return policy_text(self.key.verifier, keys, len(keys))

    @property
    def head(self) -> str:
        return f"{len(self.events)} {self.previous}"

    def new_key(self) -> SigningKey:
        return SigningKey(self.random.randbytes(32))

    def traffic(self, count: int) -> None:
        self.tree.append_many(leaf_data(self.random.randbytes(32).hex()) for _ in range(count))

    def happens(self, kind: str, data: JSONObject, *, claimed: datetime | None = None) -> None:
        event: JSONObject = {
            "type": kind,
            "subject": self.subject,
            "n": len(self.events) + 1,
            "prev": self.previous,
            "t": (claimed or self.now).isoformat(timespec="microseconds"),
            "by": self.person,
            "data": data,
        }
        opened = OpenedEvent(self.tree.size(), self.random.randbytes(16), event)
        self.previous = commitment(opened.salt, event)
        self.tree.append_many([leaf_data(self.previous)])
        self.events.append(opened)
        self.now += self.pause

    def checkpoint(self) -> None:
        note = make_checkpoint(self.tree, self.key)
        seconds = int(self.now.timestamp())
        cosigned = [cosign_line(name, key, note_text(note), seconds) for name, key in self.witnesses.items()]
        self.notes.append(note + "".join(cosigned))

    def bundle(self) -> dict[str, bytes]:
        return build_bundle(self.subject, self.events, self.tree, self.notes, self.contents, self.policy)


def a_published_achievement(seed: int = 1, witnesses: int = 1) -> Market:
    """Submitted, returned and published among other traffic, with three checkpoints."""
    market = Market(seed, witnesses)
    market.traffic(37)
    market.checkpoint()
    market.happens("achievement.submitted", {"content": digest(DESCRIPTION), "files": [digest(ATTACHMENT)]})
    market.traffic(11)
    market.happens(
        "achievement.returned", {"reason": "缺少权属证明 \U0001f4ce", "withheld": digest(b"a private letter")}
    )
    market.checkpoint()
    market.happens("achievement.submitted", {"content": digest(DESCRIPTION), "price_fen": 360000000})
    market.traffic(5)
    market.happens("achievement.published", {"state": "published", "content": digest(DESCRIPTION)})
    market.checkpoint()
    return market


def remanifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a forger does after each change: write a manifest that fits."""
    digests: JSONObject = {name: digest(data) for name, data in files.items() if name != "manifest.json"}
    manifest = {**json.loads(files["manifest.json"]), "files": digests}
    return {**files, "manifest.json": rfc8785.dumps(manifest)}


def lines_of(files: dict[str, bytes], name: str) -> list[bytes]:
    return files[name].splitlines(keepends=True)


def failed(
    files: dict[str, bytes], policy: str, head: str = "", held: verifier.Held = verifier.NOTHING
) -> list[str]:
    """The names of the claims that fail."""
    return [
        claim.name for claim in verifier.verify_files(files, policy, head, held).claims if not claim.holds
    ]
