"""The verifier's own arithmetic and formats against the libraries that the site uses."""

import ast
import random
import sys

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from marketplace.evidence import merkle, verifier
from marketplace.evidence.bundle import verifier_source
from tests.evidence.market import a_published_achievement

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_signatures_are_judged_as_libsodium_does() -> None:
    source = random.Random(3)
    for _ in range(12):
        key = SigningKey(source.randbytes(32))
        public, message = bytes(key.verify_key), source.randbytes(40)
        signature = key.sign(message).signature
        s = int.from_bytes(signature[32:], "little")
        assert verifier.signature_holds(public, message, signature)
        assert not verifier.signature_holds(public, message + b"x", signature)
        assert not verifier.signature_holds(
            public, message, signature[:32] + (s + verifier.ORDER).to_bytes(32, "little")
        )
        assert not verifier.signature_holds(public, message, signature[:-1])
        flipped = bytearray(signature)
        flipped[source.randrange(64)] ^= 1 << source.randrange(8)
        assert not verifier.signature_holds(public, message, bytes(flipped))


def test_the_first_vector_of_rfc_8032_holds() -> None:
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verifier.signature_holds(public, b"", signature)


def test_a_key_or_nonce_of_small_order_signs_nothing() -> None:
    neutral = (1).to_bytes(32, "little")
    order_four = bytes(32)
    for public in (neutral, order_four):
        assert not verifier.signature_holds(public, b"anything", neutral + bytes(32))
    for damaged in (b"\xff" * 32, (2).to_bytes(32, "little"), b""):
        assert not verifier.signature_holds(damaged, b"anything", bytes(64))


@given(JSON)
def test_canonical_json_is_that_of_rfc_8785(value: object) -> None:
    assert verifier.canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert verifier.parse_canonical(verifier.canonical(value)) == value


@pytest.mark.parametrize(
    "text",
    [b'{"a":1,"a":1}', b'{"b":1,"a":1}', b"[1, 2]", b"1.0", b"1e3", b"NaN", b'"\\u0041"', b"\xff", b""],
)
def test_json_in_any_other_spelling_is_refused(text: bytes) -> None:
    with pytest.raises((verifier.ClaimError, ValueError)):
        verifier.parse_canonical(text)


def test_inclusion_proofs_are_judged_as_the_site_does() -> None:
    tree = a_published_achievement().tree
    size = tree.size()
    for index, path in tree.inclusions(range(size), size).items():
        leaf = merkle.leaf_hash(b"%d" % index)
        for proof in (path, path[:-1], [*path, leaf]):
            try:
                expected = merkle.root_from_inclusion(index, size, leaf, proof)
            except ValueError:
                with pytest.raises(verifier.ClaimError):
                    verifier.root_from_inclusion(index, size, leaf, proof)
            else:
                assert verifier.root_from_inclusion(index, size, leaf, proof) == expected


def test_consistency_proofs_are_judged_as_the_site_does() -> None:
    tree = merkle.Tree(merkle.MemoryNodes())
    new = tree.append_many(b"%d" % index for index in range(37))

    def head(size: int, root: bytes) -> verifier.Checkpoint:
        return verifier.Checkpoint("log", size, root, 0)

    for old, path in tree.consistencies(range(1, new + 1), new).items():
        assert verifier.is_prefix(head(old, tree.root(old)), head(new, tree.root(new)), path)
        assert not verifier.is_prefix(head(old, tree.root(old - 1)), head(new, tree.root(new)), path)
        assert not verifier.is_prefix(head(old, tree.root(old)), head(new, bytes(32)), path)
        for forged in (path[:-1], [*path, bytes(32)]):
            if forged != path:
                assert not verifier.is_prefix(head(old, tree.root(old)), head(new, tree.root(new)), forged)


def test_the_verifier_is_python_3_8_and_needs_the_standard_library_only() -> None:
    parsed = ast.parse(verifier_source(), feature_version=(3, 8))
    imported: set[str] = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.module is not None
            imported.add(node.module)
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def policy(*lines: str) -> str:
    return "\n".join(lines) + "\n"


MARKET = a_published_achievement(witnesses=3)
LOG, W0, W1, W2, _, _ = MARKET.policy.splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "",
        policy(LOG),
        policy("quorum none"),
        policy(LOG, "quorum none", "quorum none"),
        policy(LOG, "quorum w0", W0),
        policy(LOG, W0, "group g 2 w0", "quorum g"),
        policy(LOG, W0, "group g 0 w0", "quorum g"),
        policy(LOG, W0, "group g 2 w0 w0", "quorum g"),
        policy(LOG, W0, "group w0 any w0", "quorum w0"),
        policy(LOG, "group g any none", "quorum g"),
        policy(LOG, "group g all", "quorum g"),
        policy(LOG, W0, W0, "quorum none"),
        policy(LOG, LOG, "quorum none"),
        policy(LOG, W0.replace("w0", "none"), "quorum none"),
        policy(LOG.replace("log", "witness w9"), "quorum none"),
        policy(LOG, W0.replace("witness w0", "log"), "quorum none"),
        policy(LOG, "trust everybody", "quorum none"),
    ],
)
def test_a_policy_that_says_nothing_clear_is_refused(text: str) -> None:
    report = verifier.verify_files(MARKET.bundle(), text)
    assert not report.holds
    assert [claim.name for claim in report.claims] == ["读取"]


@pytest.mark.parametrize(
    ("groups", "signers", "met"),
    [
        (["group g 2 w0 w1 w2", "quorum g"], {0, 2}, True),
        (["group g 2 w0 w1 w2", "quorum g"], {1}, False),
        (["group g all w0 w1 w2", "quorum g"], {0, 1}, False),
        (["group g any w1 w2", "quorum g"], {0}, False),
        (["group g any w1 w2", "group h all w0 g", "quorum h"], {0, 2}, True),
        (["group g any w1 w2", "group h all w0 g", "quorum h"], {1, 2}, False),
        (["quorum w1"], {1}, True),
        (["quorum w1"], {0, 2}, False),
        (["# no witness is needed", "quorum none"], set(), True),
    ],
)
def test_a_quorum_is_counted_as_its_groups_say(groups: list[str], signers: set[int], met: bool) -> None:
    parsed = verifier.Policy(policy(LOG, W0, W1, W2, *groups))
    signed = {parsed.witnesses[f"w{number}"]: 1 for number in signers}
    assert parsed.is_met(signed, parsed.quorum) is met
