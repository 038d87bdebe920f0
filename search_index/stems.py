"""English stems; the only module that imports snowballstemmer."""

from functools import lru_cache
from threading import Lock
from unicodedata import category, normalize

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


def stem(word: str) -> str:
    """Stem of a lower-case word: ``batteries`` → ``batteri``. Accents are dropped, other scripts kept."""
    plain = word if word.isascii() else _without_accents(word)
    return _stemmed(plain) if plain.isascii() and plain.isalpha() else plain


@lru_cache(maxsize=50_000)
def _stemmed(word: str) -> str:
    with _one_at_a_time:
        return str(_stemmer.stemWord(word))


def _without_accents(word: str) -> str:
    return "".join(character for character in normalize("NFKD", word) if category(character) != "Mn")
