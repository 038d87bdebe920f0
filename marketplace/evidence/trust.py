"""The trust policy (C2SP tlog-policy): whose signatures a reader of bundles and proofs asks for.

What a tlog-policy has no word for stands in its comment lines: `# watcher <vkey>`, `# watchers 2 gap 8`,
`# receipt <vkey>`, `# floor <kind> <amount> <unit>`. The verifier reads them; to every other program they are comments.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from marketplace.core.runtime import runtime
from marketplace.evidence.keys import LogKey, load_log_key
from marketplace.evidence.notes import VerifierKey
from marketplace.evidence.receipts import load_receipt_key


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


def remarks(
    receipt: VerifierKey | None = None,
    watchers: Iterable[VerifierKey] = (),
    enough: tuple[int, int] | None = None,
) -> str:
    """Write comment lines: the key of receipts, the watchers, and (number, most hours between two looks) of `enough`."""
    lines = [f"# watcher {key}" for key in watchers]
    lines += [f"# watchers {enough[0]} gap {enough[1]}"] if enough else []
    lines += [f"# receipt {receipt}"] if receipt else []
    return "".join(f"{line}\n" for line in lines)


def policy_path(data_dir: Path) -> Path:
    """Where the operator keeps the site's policy once the log has witnesses."""
    return data_dir / "keys" / "policy.txt"


def site_policy(data_dir: Path, key: LogKey) -> str:
    """Return the operator's policy as it is; without one, the log and the key of its receipts, and no witness."""
    path = policy_path(data_dir)
    if path.exists():
        return path.read_text(encoding="utf-8")
    return policy_text(key.verifier) + remarks(load_receipt_key(data_dir, key.origin).verifier)


def published_policy() -> str:
    """The policy as this site publishes it, for whoever reads it here."""
    settings = runtime().settings
    return site_policy(settings.data, load_log_key(settings.data, settings.log_origin))
