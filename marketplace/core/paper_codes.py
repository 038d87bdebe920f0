"""Codes on papers: what a reader types to see whether a paper is genuine."""

import secrets

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are taken for one another
CODE_LENGTH, GROUP = 16, 4


def new_code() -> str:
    """Sixteen letters and figures: 79 bits, so none is found by trying."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """In groups of four, as people type it."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def typed_code(text: str) -> str | None:
    """The code that was typed, in whatever groups; None for what can be none."""
    typed = "".join(letter for letter in text.upper() if letter in _LETTERS)
    return typed if len(typed) == CODE_LENGTH else None
