"""Readings of Chinese; the only module that imports pypinyin."""

from pypinyin import lazy_pinyin


def full(text: str) -> str:
    """``锂电池`` → ``lidianchi``; other characters stay."""
    return "".join(lazy_pinyin(text)).replace(" ", "")


def readings(text: str) -> tuple[str, str]:
    """The full pinyin and the initials: ``锂电池`` → (``lidianchi``, ``ldc``)."""
    syllables = [syllable for syllable in lazy_pinyin(text) if syllable.strip()]
    return "".join(syllables).replace(" ", ""), "".join(syllable[0] for syllable in syllables)
