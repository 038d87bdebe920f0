"""Passwords: at least ten characters, none of the well-known ones, kept as argon2id.

Length and a list of known passwords instead of rules about their composition, after NIST SP 800-63B-4 §3.1.1.2.
Hashing takes a tenth of a second: do it before opening a unit of work, never inside one.
"""

import string
import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.accounts.checks import Checks
from marketplace.core.i18n import lazy_gettext as _l

LEAST, MOST = 10, 200
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_DECORATION = string.digits + string.punctuation + " "
# OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check_password(checks: Checks, field: str, password: str, *personal: str) -> None:
    """Complain about a password that is too short, too long, widely known, or made of the person's own data."""
    if len(password) > MOST:
        checks.complain(field, "length", _l("密码最多 %(most)s 个字符", most=MOST))
        return
    plain = _normal(password)
    if len(plain) < LEAST:
        checks.complain(
            field, "short", _l("密码至少 %(least)s 个字符，可以用几个不相关的词组成", least=LEAST)
        )
    elif "\x00" in plain:
        checks.complain(field, "characters", _l("含有无法显示的字符，请重新输入"))
    elif _guessable(plain.lower(), [word for part in personal for word in _words(part)]):
        checks.complain(field, "common", _l("这个密码太容易被猜到，请换一个，可以用几个不相关的词组成"))


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one kept. Works as long for None, an account that does not exist, as for any other."""
    typed = _normal(password[:MOST])
    try:
        return _hasher.verify(kept or _nobody(), typed) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """Full-width and half-width spellings are the same password; so are composed and decomposed ones."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _guessable(password: str, personal: list[str]) -> bool:
    return (
        password in _common()
        or _repetitive(password)
        or _decorated(password)
        or any(_mostly(password, word) for word in personal)
    )


def _decorated(password: str) -> bool:
    """A common word with a year or a few signs around it."""
    word = password.strip(_DECORATION)
    return len(password) - len(word) <= 6 and word in _common()


def _repetitive(password: str) -> bool:
    """`ababababab`, or a run along the alphabet, the digits or the keyboard in either direction."""
    if any(password == (password[:size] * len(password))[: len(password)] for size in (1, 2, 3)):
        return True
    return any(password in line or password[::-1] in line for line in _SEQUENCES)


def _mostly(password: str, word: str) -> bool:
    """Whether all but a few characters are the person's own name or address."""
    return word in password and len(password) - len(word) <= 4


def _words(personal: str) -> list[str]:
    """What others know of the person: the whole text and, of an address, the part before the @."""
    text = _normal(personal).lower()
    return [word for word in (text, text.partition("@")[0]) if len(word) >= 4]


@cache
def _common() -> frozenset[str]:
    listed = (
        files("marketplace.accounts").joinpath("data", "common_passwords.txt").read_text(encoding="utf-8")
    )
    return frozenset(line for line in listed.split("\n") if line and not line.startswith("#"))


@cache
def _nobody() -> str:
    """A hash that no password is kept under, to verify against when there is no account."""
    return _hasher.hash("nobody")
