"""The trust policy (C2SP tlog-policy): whose signatures a reader of bundles and proofs asks for."""

from collections.abc import Mapping
from pathlib import Path

from marketplace.evidence.keys import LogKey
from marketplace.evidence.notes import VerifierKey


def policy_text(log: VerifierKey, witnesses: Mapping[str, VerifierKey] | None = None, quorum: int = 0) -> str:
    """Write a policy: the log, and that at least `quorum` of the named witnesses must have cosigned."""
    named = dict(witnesses or {})
    if not 0 <= quorum <= len(named):
        raise ValueError(f"{quorum} of {len(named)} witnesses cannot be asked for")
    lines = [f"log {log}", *(f"witness {name} {key}" for name, key in named.items())]
    if quorum:
        lines += [f"group witnesses {quorum} {' '.join(named)}", "quorum witnesses"]
    else:
        lines.append("quorum none")
    return "\n".join(lines) + "\n"


def policy_path(data_dir: Path) -> Path:
    """Where the operator keeps the site's policy once the log has witnesses."""
    return data_dir / "keys" / "policy.txt"


def site_policy(data_dir: Path, key: LogKey) -> str:
    """Return the operator's policy; without one, the log alone is named and no witness asked for."""
    path = policy_path(data_dir)
    return path.read_text(encoding="utf-8") if path.exists() else policy_text(key.verifier)
