"""Every option of the program, declared once: name, type, default and meaning.

Options come from environment variables `MARKETPLACE_<NAME>`. An unknown name or a bad value stops the start
with a sentence that names it. `docs/settings.md` is generated from this file.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "MARKETPLACE_"


class SettingsError(Exception):
    """A sentence for the operator: which setting is wrong and what it should be."""


def _option(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """The options in force. Field names are the variable names in lower case."""

    data: Path = _option(
        Path("var"), "Folder of everything the program writes: database, index, files, keys."
    )
    database_url: str = _option(
        "",
        "SQLAlchemy address of the database. Empty: SQLite in the data folder. PostgreSQL: postgresql+psycopg://…",
    )
    search_url: str = _option(
        "whoosh:",
        "Engine of the search index: whoosh: or tantivy:, with a local folder (whoosh:/srv/index) if not in the data folder.",
    )
    secret_key: str = _option(
        "", "Key that signs sessions and links. Empty: made once and kept in the data folder."
    )
    site_name: str = _option("科技成果转移转化平台", "Name of the site in Chinese.")
    site_name_en: str = _option("Technology Transfer Marketplace", "Name of the site in English.")
    public_url: str = _option(
        "http://127.0.0.1:8000", "Address under which the public reaches the site, for links in mail."
    )
    log_origin: str = _option(
        "log.marketplace.example", "Name of the evidence log in its signed checkpoints."
    )
    witnesses: tuple[str, ...] = _option(
        (),
        "Addresses of witnesses that sign the log's checkpoints, with spaces between. Their keys stand in `keys/policy.txt`.",
    )
    timestamps: tuple[str, ...] = _option(
        (),
        "Addresses of time-stamping authorities (RFC 3161), with spaces between: the first one that answers stamps a "
        "checkpoint a day. The certificates of their roots stand in `keys/timestamps.pem`; needs the program openssl.",
    )
    mail_server: str = _option(
        "", "SMTP host and port, as host:port. Empty: messages are written to the data folder."
    )
    mail_sender: str = _option("no-reply@marketplace.example", "Sender of mail.")
    secure_cookies: bool = _option(
        False, "Send cookies over HTTPS only. Switch on wherever the site has TLS."
    )
    trusted_proxies: int = _option(0, "Number of reverse proxies in front whose X-Forwarded-* headers count.")
    demo: bool = _option(False, "Mark every page as a demonstration and offer its log-ins.")
    clock_start: str = _option(
        "", "ISO time at which an accelerated demonstration clock starts. Empty: the real clock."
    )
    clock_rate: int = _option(1, "Seconds that pass on the demonstration clock for each real second.")
    upload_max_bytes: int = _option(20_000_000, "Largest file accepted, in bytes.")
    import_max_bytes: int = _option(100_000_000, "Largest spreadsheet accepted for an import, in bytes.")

    objector_years: int = _option(
        20,
        "Years after an objection is closed until `marketplace erase-objectors` erases who objected and what they handed in; not below 3.",
    )

    @property
    def database(self) -> str:
        """The address to connect to: the one set, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{(self.data / 'marketplace.db').resolve()}"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read the options from `environ`. Raises SettingsError naming the offending variable."""
    known = {f"{PREFIX}{option.name.upper()}": option for option in fields(Settings)}
    given: dict[str, Any] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            raise SettingsError(f"{name} is not a setting. Known settings: {', '.join(sorted(known))}.")
        given[known[name].name] = _parse(name, known[name].type, text)
    return _with_secret(Settings(**given))


def _parse(name: str, kind: Any, text: str) -> Any:
    try:
        return _PARSERS[kind](text.strip())
    except (KeyError, ValueError) as error:
        needed = "list of addresses (http:// or https://)" if kind == tuple[str, ...] else kind.__name__
        raise SettingsError(f"{name} has the value {text!r}, which is not a {needed}.") from error


def _parse_bool(text: str) -> bool:
    return {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }[text.lower()]


def _parse_addresses(text: str) -> tuple[str, ...]:
    addresses = tuple(text.split())
    if not all(address.startswith(("http://", "https://")) for address in addresses):
        raise ValueError("an address begins with http:// or https://")
    return addresses


_PARSERS: dict[Any, Any] = {
    str: str,
    int: int,
    Path: Path,
    bool: _parse_bool,
    tuple[str, ...]: _parse_addresses,
}


def _with_secret(settings: Settings) -> Settings:
    """Give a site without a configured key one of its own, kept beside its data with mode 0600."""
    if settings.secret_key:
        return settings
    path = settings.data / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return Settings(**{**settings.__dict__, "secret_key": path.read_text().strip()})
