"""The tree against published vectors, an independent implementation, and forged proofs."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from marketplace.evidence.merkle import (
    EMPTY_ROOT,
    MemoryNodes,
    Tree,
    check_consistency,
    leaf_hash,
    root_from_inclusion,
)

# The test tree of RFC 6962 implementations (Certificate Transparency): eight leaves, their roots and some proofs.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
B = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
C = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
RIGHT_HALF = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
PAIR_2 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSION = {
    (0, 8): [LEAF_1, A, RIGHT_HALF],
    (5, 8): [B, C, ROOTS[3]],
    (2, 3): [ROOTS[1]],
    (1, 5): [ROOTS[0], A, B],
}
CONSISTENCY = {(1, 8): [LEAF_1, A, RIGHT_HALF], (6, 8): [PAIR_2, C, ROOTS[3]], (2, 5): [A, B]}

LARGEST = 70


def leaf(index: int) -> bytes:
    return b"leaf %d" % index


def tree_of_size(size: int) -> Tree:
    tree = Tree(MemoryNodes())
    tree.append_many(leaf(index) for index in range(size))
    return tree


TREE = tree_of_size(LARGEST)
ROOT = [TREE.root(size) for size in range(LARGEST + 1)]


def leads_to(index: int, size: int, hashed: bytes, path: list[bytes], root: bytes) -> bool:
    try:
        return root_from_inclusion(index, size, hashed, path) == root
    except ValueError:
        return False


def mutants(path: list[bytes]) -> Iterator[list[bytes]]:
    """Proofs that differ from `path` in one respect."""
    yield [*path, bytes(32)]
    yield [*path, EMPTY_ROOT]
    for i, part in enumerate(path):
        yield path[:i] + path[i + 1 :]
        yield [*path[:i], bytes([part[0] ^ 1]) + part[1:], *path[i + 1 :]]
        yield [*path[: i + 1], *path[i:]]
        if i:
            yield [*path[: i - 1], part, path[i - 1], *path[i + 1 :]]


def test_roots_are_those_of_the_rfc_6962_test_tree() -> None:
    tree = Tree(MemoryNodes())
    assert tree.root(0) == EMPTY_ROOT
    for data, root in zip(LEAVES, ROOTS, strict=True):
        size = tree.append_many([bytes.fromhex(data)])
        assert tree.root(size).hex() == root


def test_proofs_are_those_of_the_rfc_6962_test_tree() -> None:
    tree = Tree(MemoryNodes())
    tree.append_many(bytes.fromhex(data) for data in LEAVES)
    for (index, size), expected in INCLUSION.items():
        assert [part.hex() for part in tree.inclusion(index, size)] == expected
    for (old, new), expected in CONSISTENCY.items():
        assert [part.hex() for part in tree.consistency(old, new)] == expected


def test_roots_agree_with_pymerkle() -> None:
    oracle = InmemoryTree(algorithm="sha256")
    tree = Tree(MemoryNodes())
    for index in range(130):
        oracle.append_entry(leaf(index))
        size = tree.append_many([leaf(index)])
        assert tree.root(size) == bytes(oracle.get_root())


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_the_size_of_batches_makes_no_difference(batches: list[int]) -> None:
    tree = Tree(MemoryNodes())
    for batch in batches:
        start = tree.size()
        tree.append_many(leaf(index) for index in range(start, start + batch))
    assert tree.root(tree.size()) == tree_of_size(sum(batches)).root(sum(batches))


def test_every_inclusion_proof_holds_and_no_mutant_does() -> None:
    refused = 0
    for size in range(1, LARGEST + 1):
        for index, path in TREE.inclusions(range(size), size).items():
            assert leads_to(index, size, leaf_hash(leaf(index)), path, ROOT[size])
            assert not leads_to(index, size, leaf_hash(leaf(index + 1)), path, ROOT[size])
            assert not leads_to(index, size, leaf_hash(leaf(index)), path, ROOT[size - 1])
            for mutant in mutants(path):
                assert not leads_to(index, size, leaf_hash(leaf(index)), mutant, ROOT[size])
                refused += 1
    assert refused > 30_000


def test_every_consistency_proof_holds_and_no_mutant_does() -> None:
    refused = 0
    for new in range(1, LARGEST + 1):
        for old, path in TREE.consistencies(range(1, new + 1), new).items():
            assert check_consistency(old, new, ROOT[old], ROOT[new], path)
            assert not check_consistency(old, new, ROOT[old - 1], ROOT[new], path)
            assert not check_consistency(old, new, ROOT[old], ROOT[new - 1], path)
            for mutant in mutants(path):
                assert not check_consistency(old, new, ROOT[old], ROOT[new], mutant)
                refused += 1
    assert refused > 30_000


@given(st.data())
def test_a_proof_holds_for_no_other_place(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, LARGEST).filter(lambda place: place != index))
    assert not leads_to(other, size, leaf_hash(leaf(index)), TREE.inclusion(index, size), ROOT[size])


@given(st.data())
def test_a_consistency_proof_with_any_bit_flipped_is_refused(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    path = TREE.consistency(old, new)
    part, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[part] = (int.from_bytes(path[part], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not check_consistency(old, new, ROOT[old], ROOT[new], path)


def test_the_empty_tree_is_a_prefix_of_every_tree() -> None:
    assert TREE.consistency(0, 9) == []
    assert check_consistency(0, 9, EMPTY_ROOT, ROOT[9], [])
    assert not check_consistency(0, 9, ROOT[1], ROOT[9], [])
    assert not check_consistency(0, 9, EMPTY_ROOT, ROOT[9], [ROOT[9]])


def test_nothing_is_proved_about_leaves_that_are_not_there() -> None:
    with pytest.raises(LookupError):
        TREE.root(LARGEST + 1)
    with pytest.raises(LookupError):
        TREE.inclusion(LARGEST, LARGEST + 1)
    with pytest.raises(ValueError, match="not in a tree"):
        TREE.inclusion(3, 3)
    with pytest.raises(ValueError, match="not a prefix"):
        TREE.consistency(4, 3)
