"""Merkle trees, inclusion proofs and consistency proofs of RFC 6962 (verification by RFC 9162, §2.1.3.2 and §2.1.4.2).

A tree of n leaves is stored as its perfect subtrees: node (level, index) is the hash over the leaves
[index << level, (index + 1) << level). Such a node never changes once written, so every earlier root and every proof
against an earlier size can be computed from the same nodes. Hashes are 32 bytes; indices count from 0.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Address = tuple[int, int]  # (level, index)
Span = tuple[int, int]  # leaves [low, high)

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; its prefix keeps leaves and inner nodes apart."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class NodeStore(Protocol):
    """Where nodes are kept. Nodes are only ever added."""

    def size(self) -> int:
        """Return the number of leaves (nodes of level 0)."""

    def get_many(self, addresses: Collection[Address]) -> Mapping[Address, bytes]:
        """Return the nodes found; one that is not there is left out."""

    def put_many(self, nodes: Mapping[Address, bytes]) -> None:
        """Add nodes."""


class MemoryNodes:
    """Nodes in a dictionary, for trees that are computed and thrown away."""

    def __init__(self) -> None:
        self._nodes: dict[Address, bytes] = {}
        self._size = 0

    def size(self) -> int:
        return self._size

    def get_many(self, addresses: Collection[Address]) -> Mapping[Address, bytes]:
        return {address: self._nodes[address] for address in addresses if address in self._nodes}

    def put_many(self, nodes: Mapping[Address, bytes]) -> None:
        self._nodes.update(nodes)
        self._size += sum(level == 0 for level, _ in nodes)


@dataclass(frozen=True)
class Tree:
    """A growing Merkle tree over a store. Each method reads the store once, however many proofs it makes."""

    nodes: NodeStore

    def size(self) -> int:
        return self.nodes.size()

    def append_many(self, leaves: Iterable[bytes]) -> int:
        """Append leaves in order and return the new size."""
        size = self.size()
        edge = {level: node for (level, _), node in self._fetch([(0, size)]).items()}
        added: dict[Address, bytes] = {}
        for leaf in leaves:
            level, index, node = 0, size, leaf_hash(leaf)
            added[level, index] = node
            while index & 1:  # a right child completes its parent
                level, index, node = level + 1, index >> 1, node_hash(edge[level], node)
                added[level, index] = node
            edge[level] = node
            size += 1
        self.nodes.put_many(added)
        return size

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` leaves. Raises LookupError when the tree is smaller."""
        return self._hash((0, size), self._fetch([(0, size)])) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the audit path of leaf `index` in the tree of `size` leaves, the leaf's sibling first."""
        return self.inclusions([index], size)[index]

    def inclusions(self, indices: Iterable[int], size: int) -> dict[int, list[bytes]]:
        """Return the audit paths of several leaves. Raises ValueError for an index outside, LookupError as `root`."""
        wanted = {index: inclusion_spans(index, size) for index in indices}
        leaves = [(index, index + 1) for index in wanted]
        nodes = self._fetch([*leaves, *(span for spans in wanted.values() for span in spans)])
        return {index: [self._hash(span, nodes) for span in spans] for index, spans in wanted.items()}

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the tree of `old` leaves is a prefix of the tree of `new` leaves."""
        return self.consistencies([old], new)[old]

    def consistencies(self, olds: Iterable[int], new: int) -> dict[int, list[bytes]]:
        """Return the proofs of several earlier sizes against one later size. Errors as `inclusions`."""
        wanted = {old: consistency_spans(old, new) for old in olds}
        nodes = self._fetch([span for spans in wanted.values() for span in spans])
        return {old: [self._hash(span, nodes) for span in spans] for old, spans in wanted.items()}

    def _fetch(self, spans: Iterable[Span]) -> Mapping[Address, bytes]:
        addresses = {address for span in spans for address in subtrees(span)}
        nodes = self.nodes.get_many(addresses)
        if len(nodes) != len(addresses):
            raise LookupError(f"the tree has no node {min(addresses - nodes.keys())}")
        return nodes

    def _hash(self, span: Span, nodes: Mapping[Address, bytes]) -> bytes:
        *lefts, result = (nodes[address] for address in subtrees(span))
        for left in reversed(lefts):
            result = node_hash(left, result)
        return result


def subtrees(span: Span) -> list[Address]:
    """Return the perfect subtrees that make up `span`, from left to right.

    `span` must be one that the recursive definition of RFC 6962 produces: its low end is then a multiple of the
    largest subtree in it.
    """
    low, high = span
    found: list[Address] = []
    while low < high:
        level = (high - low).bit_length() - 1
        found.append((level, low >> level))
        low += 1 << level
    return found


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the siblings on the way from leaf `index` to the root."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    low, high = 0, size
    spans: list[Span] = []
    while high - low > 1:
        middle = _middle(low, high)
        if index < middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the parts from which both roots can be computed; the whole old tree is left out when it is one part."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is not a prefix of a tree of {new} leaves")
    low, high = 0, new
    spans: list[Span] = []
    while old and old != high:
        middle = _middle(low, high)
        if old <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    if old and low:
        spans.append((low, high))
    return spans[::-1]


def _middle(low: int, high: int) -> int:
    """Where RFC 6962 splits: after the largest power of two smaller than the number of leaves."""
    return low + (1 << (high - low - 1).bit_length() - 1)


def root_from_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """Return the root that `path` leads to from the leaf hash `leaf`. Raises ValueError when the path does not fit."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    position, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return result


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether `path` proves that the tree with `old_root` is a prefix of the one with `new_root`."""
    if old == new:
        return old_root == new_root and not path
    if old == 0:
        return old_root == EMPTY_ROOT and not path
    if not 0 < old < new or not path:
        return False
    if old & (old - 1) == 0:  # a perfect old tree is its own first part
        path = [old_root, *path]
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    as_old = as_new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            as_old, as_new = node_hash(part, as_old), node_hash(part, as_new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            as_new = node_hash(as_new, part)
        position, last = position >> 1, last >> 1
    return as_old == old_root and as_new == new_root and last == 0
