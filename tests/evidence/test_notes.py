"""Signed notes against Go's published example, and against what a forger may send."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from marketplace.evidence.notes import (
    COSIGNATURE_V1,
    NoteError,
    Proof,
    VerifierKey,
    cosign_line,
    open_note,
    parse_proof,
    parse_vkey,
    proof_text,
    sign_line,
    sign_note,
    verifier_key,
)
from marketplace.evidence.verifier import ORDER

# Published with golang.org/x/mod/sumdb/note.
GO_SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

TEXT = "log.example/a\n7\nAAAA\n"
LOG = SigningKey(bytes(range(32)))
WITNESS = SigningKey(bytes(range(1, 33)))
LOG_KEY = verifier_key("log.example/a", LOG)
WITNESS_KEY = verifier_key("witness.example", WITNESS, COSIGNATURE_V1)
NOTE = sign_note("log.example/a", LOG, TEXT)
COSIGNED = NOTE + cosign_line("witness.example", WITNESS, TEXT, 1_772_400_000)


def test_the_published_go_note_is_made_and_opened() -> None:
    key = SigningKey(base64.b64decode(GO_SEED)[1:])
    assert str(verifier_key("PeterNeumann", key)) == GO_VKEY
    assert sign_line("PeterNeumann", key, GO_TEXT) == GO_LINE
    opened = open_note(f"{GO_TEXT}\n{GO_LINE}", [parse_vkey(GO_VKEY)])
    assert opened.text == GO_TEXT
    assert opened.signatures == {parse_vkey(GO_VKEY): None}


def test_a_witness_signs_the_text_and_its_time() -> None:
    opened = open_note(COSIGNED, [LOG_KEY, WITNESS_KEY])
    assert opened.signatures == {LOG_KEY: None, WITNESS_KEY: 1_772_400_000}


def test_signatures_of_unknown_keys_are_ignored() -> None:
    assert open_note(COSIGNED, [LOG_KEY]).signatures == {LOG_KEY: None}
    same_name = sign_line("log.example/a", WITNESS, TEXT)
    assert open_note(NOTE + same_name, [LOG_KEY]).signatures == {LOG_KEY: None}


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    with pytest.raises(NoteError, match="no known key"):
        open_note(NOTE, [WITNESS_KEY])


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    other = sign_line("log.example/a", LOG, "another text\n")
    with pytest.raises(NoteError, match="is wrong"):
        open_note(f"{TEXT}\n{other}" + COSIGNED.splitlines(keepends=True)[-1], [LOG_KEY, WITNESS_KEY])


def test_a_log_key_is_not_a_witness_key() -> None:
    as_witness = VerifierKey(LOG_KEY.name, COSIGNATURE_V1, LOG_KEY.public)
    with pytest.raises(NoteError, match="no known key"):
        open_note(NOTE, [as_witness])


def test_a_malleable_signature_is_refused() -> None:
    signature = LOG.sign(TEXT.encode()).signature
    s = int.from_bytes(signature[32:], "little") + ORDER
    forged = LOG_KEY.id + signature[:32] + s.to_bytes(32, "little")
    line = f"\u2014 log.example/a {base64.b64encode(forged).decode()}\n"
    with pytest.raises(NoteError, match="is wrong"):
        open_note(f"{TEXT}\n{line}", [LOG_KEY])


@given(st.integers(0, len(COSIGNED) - 1), st.characters(codec="utf-8"))
def test_a_note_with_one_character_changed_never_opens_with_both_signatures(
    place: int, character: str
) -> None:
    edited = COSIGNED[:place] + character + COSIGNED[place + 1 :]
    try:
        opened = open_note(edited, [LOG_KEY, WITNESS_KEY])
    except NoteError:
        return
    assert edited == COSIGNED or len(opened.signatures) < 2


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text without signatures\n",
        f"{TEXT}\n",
        NOTE.removesuffix("\n"),
        NOTE.replace("\u2014", "-"),
        NOTE.replace("7", "7\r"),
        NOTE + "\u2014 log.example/a AAAA\n",
        NOTE + "\u2014 log+example AAAAAAAA\n",
        NOTE + "\u2014 log.example/a AAAAAAA\n",
        NOTE + "not a signature\n",
        NOTE + sign_line("x", WITNESS, TEXT) * 100,
    ],
)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        open_note(note, [LOG_KEY])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name+00000000",
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("Peter", "Paul"),
        "n+00000000+",
        "n+00000000+AQ==",
    ],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_vkey(text)


def test_a_text_that_a_note_cannot_carry_is_not_signed() -> None:
    for text in ("no newline", "a tab\there\n"):
        with pytest.raises(NoteError):
            sign_note("log.example/a", LOG, text)


@given(st.integers(0, 10**18), st.lists(st.binary(min_size=32, max_size=32), max_size=5))
def test_a_proof_is_read_as_it_was_written(index: int, path: list[bytes]) -> None:
    proof = Proof(index, tuple(path), NOTE)
    assert parse_proof(proof_text(proof)) == proof


def test_the_extra_line_of_a_proof_is_skipped() -> None:
    text = proof_text(Proof(3, (bytes(32),), NOTE))
    header, rest = text.split("\n", 1)
    assert parse_proof(f"{header}\nextra AAAA\n{rest}") == parse_proof(text)


@pytest.mark.parametrize("index", ["03", "-1", "+3", "٣", "3 ", ""])
def test_an_index_has_one_spelling(index: str) -> None:
    text = proof_text(Proof(3, (), NOTE)).replace("index 3", f"index {index}")
    with pytest.raises(NoteError):
        parse_proof(text)
